package org.selfdiff.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfdiff.run.RunFailed;
import org.selfdiff.weights.SafeTensorsWriter.Slot;

class SafeTensorsTest {
    @TempDir
    Path folder;

    private Path foreign(final String type, final int elements, final ByteBuffer data) throws IOException {
        final byte[] json = ("{\"x\":{\"dtype\":\"" + type + "\",\"shape\":[" + elements + "],\"data_offsets\":[0,"
                        + data.capacity() + "]}}")
                .getBytes(StandardCharsets.US_ASCII);
        final ByteBuffer all =
                ByteBuffer.allocate(8 + json.length + data.capacity()).order(ByteOrder.LITTLE_ENDIAN);
        all.putLong(json.length).put(json).put(data.rewind());
        return Files.write(folder.resolve("foreign"), all.array());
    }

    private static ByteBuffer buffer(final int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Test
    void everyTypeIsRead() throws IOException, RunFailed {
        assertArrayEquals(
                new float[] {1.5f, -0f},
                floats("F32", 2, buffer(8).putFloat(1.5f).putFloat(-0f)));
        assertArrayEquals(
                new float[] {0.1f, Float.POSITIVE_INFINITY},
                floats("F64", 2, buffer(16).putDouble(0.1).putDouble(1e300)));
        assertArrayEquals(
                new float[] {65504, -2},
                floats("F16", 2, buffer(4).putShort((short) 0x7BFF).putShort((short) 0xC000)));
        assertArrayEquals(
                new float[] {1, -2},
                floats("BF16", 2, buffer(4).putShort((short) 0x3F80).putShort((short) 0xC000)));
        assertArrayEquals(
                new long[] {Long.MIN_VALUE, 5},
                longs("I64", 2, buffer(16).putLong(Long.MIN_VALUE).putLong(5)));
        assertArrayEquals(new long[] {-7}, longs("I32", 1, buffer(4).putInt(-7)));
        assertArrayEquals(new long[] {-7}, longs("I16", 1, buffer(2).putShort((short) -7)));
        assertArrayEquals(
                new long[] {-1, 127}, longs("I8", 2, buffer(2).put((byte) -1).put((byte) 127)));
        assertArrayEquals(
                new long[] {255, 127}, longs("U8", 2, buffer(2).put((byte) -1).put((byte) 127)));
        assertArrayEquals(
                new long[] {1, 0}, longs("BOOL", 2, buffer(2).put((byte) 1).put((byte) 0)));
        try (SafeTensors in =
                SafeTensors.open(foreign("U8", 2, buffer(2).put((byte) -1).put((byte) 3)))) {
            assertArrayEquals(new byte[] {-1, 3}, in.bytes("x"));
        }
    }

    private float[] floats(final String type, final int n, final ByteBuffer data) throws IOException, RunFailed {
        try (SafeTensors in = SafeTensors.open(foreign(type, n, data))) {
            return in.floats("x");
        }
    }

    private long[] longs(final String type, final int n, final ByteBuffer data) throws IOException, RunFailed {
        try (SafeTensors in = SafeTensors.open(foreign(type, n, data))) {
            return in.longs("x");
        }
    }

    @Test
    void wrongNamesAndTypesAreToldApart() throws IOException, RunFailed {
        try (SafeTensors in = SafeTensors.open(foreign("F32", 1, buffer(4)))) {
            assertTrue(
                    assertThrows(RunFailed.class, () -> in.floats("y")).what().contains("no tensor y"));
            assertTrue(assertThrows(RunFailed.class, () -> in.longs("x")).what().contains("is of type F32"));
            assertThrows(RunFailed.class, () -> in.bytes("x"));
            assertTrue(assertThrows(RunFailed.class, in::fingerprint).what().contains("no check sum"));
        }
        final RunFailed e = assertThrows(RunFailed.class, () -> SafeTensors.openSealed(folder.resolve("foreign"))
                .close());
        assertTrue(e.what().contains("no check sum"), e.what());
        final RunFailed gone = assertThrows(
                RunFailed.class, () -> SafeTensors.open(folder.resolve("gone")).close());
        assertEquals(folder.resolve("gone").toString(), gone.where());
    }

    /** Larger than the buffer of 4 MB and no multiple of it. */
    @Test
    void longTensorsGoThereAndBack() throws RunFailed {
        final float[] f = new float[(1 << 20) * 2 + 12345];
        final long[] l = new long[700_001];
        final byte[] b = new byte[5_000_003];
        for (int i = 0; i < b.length; i++) {
            b[i] = (byte) (i * 31 >> 3);
            if (i < f.length) {
                f[i] = Float.intBitsToFloat(i * 0x9E3779B9 & 0xBFFFFFFF);
            }
            if (i < l.length) {
                l[i] = i * 0x9E3779B97F4A7C15L;
            }
        }
        final Path file = folder.resolve("long");
        final List<Integer> asked = new ArrayList<>();
        final String sum = SafeTensorsWriter.write(
                file,
                Map.of("step", "12"),
                List.of(
                        new Slot("b", StoredType.U8, b.length), new Slot("f", StoredType.F32, 1, f.length),
                        new Slot("l", StoredType.I64, l.length), new Slot("scalar", StoredType.F32)),
                i -> {
                    asked.add(i);
                    return new Object[] {b, f, l, new float[] {3}}[i];
                });
        assertEquals(List.of(2, 1, 3, 0), asked, "large elements first, each once");
        try (SafeTensors in = SafeTensors.openSealed(file)) {
            in.checkTensors();
            assertEquals(sum, in.fingerprint());
            assertEquals("12", in.metadata().get("step"));
            assertArrayEquals(f, in.floats("f"));
            assertArrayEquals(l, in.longs("l"));
            assertArrayEquals(b, in.bytes("b"));
            assertArrayEquals(new float[] {3}, in.floats("scalar"));
            assertArrayEquals(new long[] {1, f.length}, in.tensors().get("f").shape());
            assertArrayEquals(new long[0], in.tensors().get("scalar").shape());
            assertEquals(f.length, in.tensors().get("f").elements());
        }
    }

    /** The layout byte for byte, so that other programs can read it: sizes, offsets, padding, little endian. */
    @Test
    void theLayoutIsTheStandards() throws Exception {
        final Path file = folder.resolve("layout");
        final String sum = SafeTensorsWriter.write(
                file, Map.of(), List.of(new Slot("a", StoredType.F32, 1, 2)), i -> new float[] {1, -2});
        final ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        final int n = (int) bytes.getLong(0);
        assertEquals(0, n % 8);
        assertEquals(8 + n + 8, bytes.capacity());
        final String json = new String(bytes.array(), 8, n, StandardCharsets.UTF_8);
        assertTrue(
                json.stripTrailing().endsWith("\"a\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]}}"),
                json);
        assertEquals(0x3F800000, bytes.getInt(8 + n));
        assertEquals(0xC0000000, bytes.getInt(12 + n));
        final byte[] digest = java.security.MessageDigest.getInstance("SHA-256")
                .digest(new byte[] {0, 0, (byte) 0x80, 0x3F, 0, 0, 0, (byte) 0xC0});
        assertEquals(java.util.HexFormat.of().formatHex(digest), sum);
    }

    @Test
    void equalContentGivesEqualBytes() throws Exception {
        for (final String name : List.of("one", "two")) {
            SafeTensorsWriter.write(
                    folder.resolve(name),
                    new java.util.TreeMap<>(Map.of("x", "1", "y", "2")),
                    List.of(new Slot("a", StoredType.F32, 3)),
                    i -> new float[] {1, 2, 3});
        }
        assertEquals(-1, Files.mismatch(folder.resolve("one"), folder.resolve("two")));
    }

    @Test
    void mistakesOfTheCallerAreRefusedAndLeaveNothing() throws IOException {
        final Path file = folder.resolve("never");
        final Slot a = new Slot("a", StoredType.F32, 2);
        final Map<String, String> none = Map.of();
        assertThrows(IllegalArgumentException.class, () -> new Slot("a", StoredType.BF16, 1));
        assertThrows(
                IllegalArgumentException.class,
                () -> SafeTensorsWriter.write(file, none, List.of(a, a), i -> new float[2]));
        assertThrows(
                IllegalArgumentException.class,
                () -> SafeTensorsWriter.write(file, none, List.of(a), i -> new float[3]));
        assertThrows(
                IllegalArgumentException.class,
                () -> SafeTensorsWriter.write(file, none, List.of(a), i -> new long[2]));
        assertThrows(
                IllegalArgumentException.class,
                () -> SafeTensorsWriter.write(file, Map.of(Seal.HEADER, "x"), List.of(a), i -> new float[2]));
        try (var files = Files.list(folder)) {
            assertEquals(List.of(), files.toList());
        }
    }
}
