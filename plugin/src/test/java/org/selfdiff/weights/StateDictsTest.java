package org.selfdiff.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfdiff.Fixtures;
import org.selfdiff.run.RunFailed;

class StateDictsTest {
    @TempDir
    Path folder;

    private Path write(final byte[] bytes) throws IOException {
        return Files.write(folder.resolve("weights.pth"), bytes);
    }

    @Test
    void theContentTellsTheKind() throws Exception {
        final Path own = folder.resolve("named.bin");
        SafeTensorsWriter.write(
                own, Map.of(), List.of(new SafeTensorsWriter.Slot("a", StoredType.F32, 2)), i -> new float[] {1, 2});
        try (StateDict in = StateDicts.open(own)) {
            assertInstanceOf(SafeTensors.class, in);
            final FloatBuffer into = FloatBuffer.allocate(3);
            into.put(7);
            in.read("a", into);
            assertArrayEquals(new float[] {7, 1, 2}, into.array());
        }
        try (StateDict in = StateDicts.open(TorchFileTest.resource("alone.pt"))) {
            assertInstanceOf(TorchFile.class, in);
        }
    }

    @Test
    void otherFilesAreRefusedWithWhatToDo() throws Exception {
        final RunFailed old = refused(TorchFileTest.resource("old.pth"));
        assertTrue(old.what().contains("before version 1.6"), old.what());
        assertTrue(old.remedy().contains("torch.save(torch.load("), old.remedy());
        final byte[] tar = new byte[1024];
        System.arraycopy("ustar".getBytes(StandardCharsets.US_ASCII), 0, tar, 257, 5);
        assertTrue(refused(write(tar)).what().contains("before version 1.6"));
        for (final String text : List.of("", "x", "<!DOCTYPE html>", "version https://git-lfs.github.com/spec/v1\n")) {
            final RunFailed e = refused(write(text.getBytes(StandardCharsets.US_ASCII)));
            assertTrue(e.what().contains("neither safetensors nor"), e.what());
        }
        assertTrue(refused(folder.resolve("gone")).what().contains("cannot be read"));
        assertTrue(refused(folder).what().contains("cannot be read"));
    }

    private static RunFailed refused(final Path file) {
        final RunFailed e =
                assertThrows(RunFailed.class, () -> StateDicts.open(file).close());
        assertEquals(file.toString(), e.where());
        return e;
    }

    /** Every number of every file, those at odd places in it too, against a look at its bytes. */
    @Test
    void everyFixtureIsRead() throws Exception {
        final Path all = Fixtures.path("README.md").resolveSibling("");
        final List<Path> files;
        try (Stream<Path> found = Files.walk(all)) {
            files = found.filter(f -> f.toString().endsWith(".safetensors")).toList();
        }
        int unaligned = 0;
        for (final Path file : files) {
            unaligned += compare(file) ? 1 : 0;
        }
        assertEquals(138, files.size());
        assertEquals(4, unaligned);
    }

    private static boolean compare(final Path file) throws Exception {
        final ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        final int header = (int) bytes.getLong(0);
        final JsonObject json = JsonParser.parseString(new String(bytes.array(), 8, header, StandardCharsets.UTF_8))
                .getAsJsonObject();
        json.remove("__metadata__");
        boolean unaligned = false;
        try (StateDict in = StateDicts.open(file)) {
            assertEquals(List.copyOf(json.keySet()), List.copyOf(in.tensors().keySet()));
            for (final String name : json.keySet()) {
                final JsonArray offsets = json.getAsJsonObject(name).getAsJsonArray("data_offsets");
                final int begin = offsets.get(0).getAsInt();
                final int size = in.require(name).type().bytes();
                unaligned |= begin % size != 0;
                final int n = (offsets.get(1).getAsInt() - begin) / size;
                compare(in, name, bytes, 8 + header + begin, n);
            }
        }
        return unaligned;
    }

    private static void compare(
            final StateDict in, final String name, final ByteBuffer bytes, final int at, final int n) throws RunFailed {
        switch (in.require(name).type()) {
            case F32 -> {
                final float[] read = in.floats(name);
                assertEquals(n, read.length);
                for (int i = 0; i < n; i++) {
                    assertEquals(bytes.getFloat(at + 4 * i), read[i], name);
                }
            }
            case F64 -> {
                final double[] read = in.doubles(name);
                final float[] narrow = in.floats(name);
                assertEquals(n, read.length);
                for (int i = 0; i < n; i++) {
                    assertEquals(bytes.getDouble(at + 8 * i), read[i], name);
                    assertEquals((float) read[i], narrow[i], name);
                }
            }
            case I64 -> {
                final long[] read = in.longs(name);
                assertEquals(n, read.length);
                for (int i = 0; i < n; i++) {
                    assertEquals(bytes.getLong(at + 8 * i), read[i], name);
                }
            }
            case F16 -> assertEquals(n, in.floats(name).length);
            default -> assertEquals(n, in.longs(name).length);
        }
    }

    /** 1 GB in 64 tensors (a file with holes, so that it costs no disk): ready at once, and one tensor costs one tensor. */
    @Test
    void aLargeFileIsReadyAtOnceAndReadInParts() throws Exception {
        final int count = 64;
        final long size = 16L << 20;
        final StringBuilder json = new StringBuilder("{");
        for (int i = 0; i < count; i++) {
            json.append(i == 0 ? "" : ",")
                    .append("\"t" + i + "\":{\"dtype\":\"F32\",\"shape\":[" + size / 4 + "],\"data_offsets\":["
                            + i * size + "," + (i + 1) * size + "]}");
        }
        final byte[] header = json.append('}').toString().getBytes(StandardCharsets.US_ASCII);
        final Path file = folder.resolve("large");
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.write(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(0, header.length)
                    .array());
            out.write(header);
            out.setLength(8 + header.length + count * size);
            out.seek(8 + header.length + count * size - 4);
            out.write(new byte[] {0, 0, (byte) 0x80, 0x3F});
        }
        final com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        Assertions.assertTimeout(Duration.ofSeconds(2), () -> {
            final long before =
                    threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            try (StateDict in = StateDicts.open(file)) {
                assertEquals(count, in.tensors().size());
                final float[] last = in.floats("t63");
                assertEquals(1, last[last.length - 1]);
            }
            final long allocated =
                    threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
            assertTrue(allocated < size + (4 << 20), "allocated " + allocated);
        });
    }
}
