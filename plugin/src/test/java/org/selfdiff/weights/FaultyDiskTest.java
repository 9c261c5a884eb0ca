package org.selfdiff.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfdiff.run.AtomicFile;
import org.selfdiff.run.RunFailed;
import org.selfdiff.weights.SafeTensorsWriter.Slot;

/** Model files on disks that are full or fail. */
class FaultyDiskTest {
    @TempDir
    Path folder;

    private Path file;

    private final List<String> order = new ArrayList<>();

    @BeforeEach
    void old() throws IOException {
        file = Files.writeString(folder.resolve("model.safetensors"), "old");
    }

    /** A disk that takes {@code room} bytes and then says what Linux says, or fails at the end. */
    private AtomicFile.Opener disk(final long room, final String message, final boolean failsAtSync) {
        return path -> {
            final AtomicFile.Output out = AtomicFile.openFile(path);
            return new AtomicFile.Output() {
                private long left = room;

                @Override
                public void write(final ByteBuffer bytes) throws IOException {
                    if (bytes.remaining() > left) {
                        out.write(bytes.limit(bytes.position() + (int) left));
                        throw new IOException(message);
                    }
                    left -= bytes.remaining();
                    out.write(bytes);
                    order.add("write");
                }

                @Override
                public void overwrite(final ByteBuffer bytes, final long position) throws IOException {
                    out.overwrite(bytes, position);
                    order.add("overwrite");
                }

                @Override
                public void sync() throws IOException {
                    if (failsAtSync) {
                        throw new IOException(message);
                    }
                    out.sync();
                    order.add("sync");
                }

                @Override
                public void close() throws IOException {
                    out.close();
                    order.add("close");
                }
            };
        };
    }

    private void write(final AtomicFile.Opener opener) throws RunFailed {
        SafeTensorsWriter.write(
                file, Map.of(), List.of(new Slot("a", StoredType.F32, 1_000_000)), i -> new float[1_000_000], opener);
    }

    private void onlyTheOldOneIsThere() throws IOException {
        assertEquals("old", Files.readString(file));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(file), files.toList());
        }
    }

    @Test
    void aFullDiskLeavesTheOldFileAndNothingElse() throws IOException {
        for (final long room : new long[] {0, 5, 8, 100, 1000, 2_000_000}) {
            final RunFailed e =
                    assertThrows(RunFailed.class, () -> write(disk(room, "No space left on device", false)));
            assertTrue(e.what().startsWith("The disk is full: the file needs 4000"), e.what());
            assertEquals(file.toString(), e.where());
            assertTrue(e.remedy().contains("Free at least 5 MB"), e.remedy());
            onlyTheOldOneIsThere();
        }
    }

    @Test
    void aDiskThatFailsAtTheEndIsNoBetter() throws IOException {
        assertThrows(RunFailed.class, () -> write(disk(1 << 30, "Disk quota exceeded", true)));
        onlyTheOldOneIsThere();
        final RunFailed e = assertThrows(RunFailed.class, () -> write(disk(1 << 30, "Input/output error", true)));
        assertEquals("The file cannot be written: Input/output error", e.what());
        onlyTheOldOneIsThere();
    }

    @Test
    void aSourceThatFailsLeavesNothing() throws IOException {
        assertThrows(
                IllegalStateException.class,
                () -> SafeTensorsWriter.write(file, Map.of(), List.of(new Slot("a", StoredType.F32, 1)), i -> {
                    throw new IllegalStateException("the scope is closed");
                }));
        onlyTheOldOneIsThere();
    }

    @Test
    void theFileIsOnTheDiskBeforeItGetsItsName() throws RunFailed, IOException {
        write(disk(1 << 30, "", false));
        assertEquals(List.of("write", "write", "write", "overwrite", "overwrite", "sync", "close"), order);
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(file), files.toList());
        }
        SafeTensors.openSealed(file).close();
    }

    @Test
    void aMissingFolderIsNamed() {
        final Path nowhere = folder.resolve("no").resolve("model");
        final RunFailed e = assertThrows(
                RunFailed.class, () -> SafeTensorsWriter.write(nowhere, Map.of(), List.of(), i -> new float[0]));
        assertTrue(e.what().contains("no folder " + nowhere.getParent()), e.what());
    }
}
