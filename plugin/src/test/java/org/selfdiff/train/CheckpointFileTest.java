package org.selfdiff.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.selfdiff.run.RunFailed;
import org.selfdiff.weights.SafeTensorsWriter;
import org.selfdiff.weights.StoredType;

class CheckpointFileTest {
    @TempDir
    private Path folder;

    private static final LearningRate RATE = new LearningRate(0.1, 2, 10, 0.5);

    private static Checkpoint checkpoint() {
        final LossLog log = new LossLog();
        log.add(1, 0.5f, RATE.at(0), 1.25f, 30);
        log.add(2, 0.1f, RATE.at(1), 1.5f, 31);
        log.add(new LossLog.Check(2, 0.3f, true));
        return Checkpoint.of(Quadratic.weights(Float.MIN_VALUE, -0f), 2, Duration.ofMillis(1234), log);
    }

    @Test
    void givesBackWhatItWasGiven() throws RunFailed {
        final CheckpointFile file = CheckpointFile.in(folder.resolve("new"), "test", Map.of("seed", "1"));
        assertEquals(Optional.empty(), file.read());
        file.write(checkpoint());
        final Checkpoint back = file.read().orElseThrow();
        assertEquals(checkpoint().state(), back.state());
        assertEquals(2, back.step());
        assertEquals(Duration.ofMillis(1234), back.spent());
        assertArrayEquals(checkpoint().entries(), back.entries());
        final LossLog log = back.log(RATE);
        assertEquals(checkpoint().log(RATE).entries(), log.entries());
        assertEquals(new LossLog.Check(2, 0.3f, true), log.checks().get(0));
    }

    @Test
    void eachRequestHasAFileOfItsOwn() {
        final CheckpointFile one = CheckpointFile.in(folder, "test", Map.of("seed", "1", "lr", "0.1"));
        assertEquals(one, CheckpointFile.in(folder, "test", Map.of("lr", "0.1", "seed", "1")));
        assertNotEquals(
                one.file(),
                CheckpointFile.in(folder, "test", Map.of("seed", "2", "lr", "0.1"))
                        .file());
    }

    @Test
    void refusesTheCheckpointOfAnotherRequestAndSaysWhatDiffers() throws RunFailed {
        final Path file = folder.resolve("x.safetensors");
        new CheckpointFile(file, Map.of("seed", "1", "lr", "0.1", "data", "A")).write(checkpoint());
        final RunFailed failure = assertThrows(
                RunFailed.class, () -> new CheckpointFile(file, Map.of("seed", "2", "lr", "0.1", "ema", "0.9")).read());
        assertTrue(failure.what().contains("seed is 1 there and 2 here"), failure.what());
        assertTrue(failure.what().contains("data is A there and absent here"), failure.what());
        assertTrue(failure.what().contains("ema is absent there and 0.9 here"), failure.what());
        assertTrue(!failure.what().contains("lr"), failure.what());
    }

    @Test
    void refusesAnAlteredFile() throws Exception {
        final CheckpointFile file = CheckpointFile.in(folder, "test", Map.of("seed", "1"));
        file.write(checkpoint());
        final byte[] bytes = Files.readAllBytes(file.file());
        bytes[bytes.length - 1] ^= 1;
        Files.write(file.file(), bytes);
        assertThrows(RunFailed.class, file::read);
    }

    @Test
    void saysSoWhenTheFolderCannotBeMade() throws Exception {
        final Path occupied = Files.writeString(folder.resolve("occupied"), "");
        final CheckpointFile file = CheckpointFile.in(occupied, "test", Map.of());
        final RunFailed failure = assertThrows(RunFailed.class, () -> file.write(checkpoint()));
        assertTrue(failure.getMessage().contains("occupied"), failure.getMessage());
    }

    /** Anyone can seal a file, so that a right check sum does not make its texts right. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "null | 2 | PT1S | 4",
                "[7] | 2 | PT1S | 4",
                "{'seed':null} | 2 | PT1S | 4",
                "{'seed':'1'} | two | PT1S | 4",
                "{'seed':'1'} | -1 | PT1S | 4",
                "{'seed':'1'} | 2 | 1 second | 4",
                "{'seed':'1'} | 2 | PT-1S | 4",
                "{'seed':'1'} | 2 | PT1S | 3"
            })
    void refusesASealedFileOfWrongTexts(final String request, final String step, final String spent, final long columns)
            throws RunFailed {
        final Path file = folder.resolve("sealed.safetensors");
        final Map<String, String> texts =
                Map.of("selfdiff.request", request.replace('\'', '"'), "selfdiff.step", step, "selfdiff.spent", spent);
        final List<SafeTensorsWriter.Slot> slots = List.of(
                new SafeTensorsWriter.Slot("log.entries", StoredType.F32, 0, columns),
                new SafeTensorsWriter.Slot("log.checks", StoredType.F32, 0, 3));
        SafeTensorsWriter.write(file, texts, slots, i -> new float[0]);
        final CheckpointFile checkpoint = new CheckpointFile(file, Map.of("seed", "1"));
        assertEquals(
                "The checkpoint cannot be read",
                assertThrows(RunFailed.class, checkpoint::read).what());
    }
}
