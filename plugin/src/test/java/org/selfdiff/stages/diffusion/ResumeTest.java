package org.selfdiff.stages.diffusion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.selfdiff.engine.NeedsTorch;
import org.selfdiff.stages.compute.DiscTiles;
import org.selfdiff.weights.SafeTensors;

/** A training in a JVM of its own is killed, and ends, when started again, with the same bytes as one that was not. */
@Tag("slow")
@NeedsTorch.Engine
class ResumeTest {
    private static final int TILES = 5;

    private static final long MOST_MINUTES = 5;

    @TempDir
    private Path folder;

    private Process start(final String checkpoints, final String model, final boolean told) throws IOException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("-Dselfdiff") || argument.startsWith("-DSELFDIFF"))
                .forEach(command::add);
        command.addAll(List.of(
                "-cp",
                classPath(),
                TrainingChild.class.getName(),
                folder.toString(),
                Integer.toString(TILES),
                folder.resolve(checkpoints).toString(),
                folder.resolve(model).toString(),
                Boolean.toString(told)));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("child.log").toFile())
                .start();
    }

    /** Surefire starts tests from a jar that only names the class path. */
    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    private void finish(final Process process) throws Exception {
        assertTrue(process.waitFor(MOST_MINUTES, TimeUnit.MINUTES));
        assertEquals(0, process.exitValue(), Files.readString(folder.resolve("child.log")));
    }

    private List<Path> checkpoints() throws IOException {
        if (!Files.exists(folder.resolve("killed"))) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder.resolve("killed"))) {
            return files.filter(f -> f.toString().endsWith(".checkpoint.safetensors"))
                    .toList();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void killedTrainingEndsWithTheSameBytes(final boolean told) throws Exception {
        DiscTiles.write(folder, TILES, 16);
        finish(start("whole", "whole.safetensors", told));
        final Process killed = start("killed", "resumed.safetensors", told);
        while (killed.isAlive() && checkpoints().isEmpty()) {
            Thread.sleep(5);
        }
        killed.destroyForcibly().waitFor();
        assertFalse(Files.exists(folder.resolve("resumed.safetensors")), "it was killed before its end");
        try (SafeTensors checkpoint = SafeTensors.openSealed(checkpoints().get(0))) {
            final int step = Integer.parseInt(checkpoint.metadata().get("selfdiff.step"));
            assertTrue(step >= 1 && step < 40, "step " + step);
        }
        finish(start("killed", "resumed.safetensors", told));
        assertArrayEquals(
                Files.readAllBytes(folder.resolve("whole.safetensors")),
                Files.readAllBytes(folder.resolve("resumed.safetensors")));
        assertEquals(List.of(), checkpoints(), "the checkpoint is removed at the end");
    }
}
