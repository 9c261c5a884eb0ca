package org.selfdiff.stages.bags;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfdiff.engine.NeedsTorch;

/** Bags that together are larger than Java's memory: 16 slides of 6,000 tiles of 512 numbers are 197 MB, Java has 96. */
@NeedsTorch.Engine
@Tag("slow")
class LargeBagsTest {
    @TempDir
    Path folder;

    @Test
    void trainInLittleMemory() throws Exception {
        LargeBags.write(folder, 16, 6000, 512);
        final List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path")));
        System.getProperties().forEach((name, value) -> {
            if (name.toString().startsWith("selfdiff.")) {
                command.add("-D" + name + "=" + value);
            }
        });
        command.addAll(List.of(LargeBags.class.getName(), folder.toString(), "GATED_ABMIL", "256", "60", "3"));
        final Path log = folder.resolve("log.txt");
        final Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        final int end = process.waitFor();
        final String said = Files.readString(log, StandardCharsets.UTF_8);
        assertEquals(0, end, said);
        final int right = Integer.parseInt(said.replaceAll("(?s).*right: (\\d+) of 16.*", "$1"));
        assertTrue(right >= 14, said);
    }
}
