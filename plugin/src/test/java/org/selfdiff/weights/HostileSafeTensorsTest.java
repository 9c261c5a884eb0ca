package org.selfdiff.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.selfdiff.run.RunFailed;

/** Files that lie. Each must be refused with {@link RunFailed}, whatever else is in it, and cost next to nothing. */
class HostileSafeTensorsTest {
    private static final String A = "\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}";

    @TempDir
    Path folder;

    private Path file(final String header, final int data) throws IOException {
        final byte[] json = header.getBytes(StandardCharsets.UTF_8);
        return file(json.length, json, data);
    }

    private Path file(final long claimed, final byte[] json, final int data) throws IOException {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(0, claimed)
                .array());
        out.writeBytes(json);
        out.writeBytes(new byte[data]);
        return Files.write(folder.resolve("x.safetensors"), out.toByteArray());
    }

    private static RunFailed refused(final Path file) {
        final RunFailed e =
                assertThrows(RunFailed.class, () -> SafeTensors.open(file).close());
        assertEquals(file.toString(), e.where());
        assertTrue(e.what().startsWith("The file is not sound: "), e.what());
        return e;
    }

    @Test
    void theExampleThatTheOthersAreVariationsOfIsSound() throws IOException, RunFailed {
        try (SafeTensors in = SafeTensors.open(file("{" + A + "}  ", 8))) {
            assertArrayEquals(new float[2], in.floats("a"));
        }
        try (SafeTensors in = SafeTensors.open(file("{}", 0))) {
            assertTrue(in.tensors().isEmpty());
        }
    }

    /** The format lets tensors start anywhere. */
    @Test
    void tensorsNeedNotBeAligned() throws IOException, RunFailed {
        final byte[] json = ("{\"u\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]},"
                        + "\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[1,9]}}")
                .getBytes(StandardCharsets.US_ASCII);
        final Path file = file(json.length, json, 9);
        final byte[] bytes = Files.readAllBytes(file);
        ByteBuffer.wrap(bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(9 + json.length, 1.5f)
                .putFloat(13 + json.length, -3);
        Files.write(file, bytes);
        try (SafeTensors in = SafeTensors.open(file)) {
            assertArrayEquals(new float[] {1.5f, -3}, in.floats("a"));
        }
    }

    /** Single quotes stand for double ones; the number is the length of the data. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "overlaps|16|{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},"
                        + "'b':{'dtype':'F32','shape':[3],'data_offsets':[4,16]}}",
                "overlaps|8|{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},"
                        + "'b':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}",
                "hole|24|{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},"
                        + "'b':{'dtype':'F32','shape':[2],'data_offsets':[16,24]}}",
                "hole|16|{'a':{'dtype':'F32','shape':[2],'data_offsets':[8,16]}}",
                "two tensors|8|{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},"
                        + "'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}",
                "two dtype|8|{'a':{'dtype':'F32','dtype':'F32','shape':[2],'data_offsets':[0,8]}}",
                "two shape|8|{'a':{'dtype':'F32','shape':[2],'shape':[2],'data_offsets':[0,8]}}",
                "two data_offsets|8|{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8],'data_offsets':[0,8]}}",
                "two entries|0|{'__metadata__':{},'__metadata__':{}}",
                "two __metadata__ entries|0|{'__metadata__':{'k':'1','k':'2'}}",
                "is not a text|0|{'__metadata__':{'k':1}}",
                "is not a text|0|{'__metadata__':{'k':{'a':{}}}}",
                "not the JSON|0|{'__metadata__':[]}",
                "has 8 bytes|8|{'a':{'dtype':'F32','shape':[3],'data_offsets':[0,8]}}",
                "cut off|0|{'a':{'dtype':'F32','shape':[1000000000],'data_offsets':[0,4000000000]}}",
                "too large|0|{'a':{'dtype':'F32','shape':[999999999999,999999999999],'data_offsets':[0,0]}}",
                "too large|0|{'a':{'dtype':'F32','shape':[4294967296,4294967296],'data_offsets':[0,0]}}",
                "too large|0|{'a':{'dtype':'F32','shape':[4611686018427,4611686,0],'data_offsets':[0,0]}}",
                "in shape or data_offsets|0|{'a':{'dtype':'F32','shape':[99999999999999999999],'data_offsets':[0,0]}}",
                "in shape or data_offsets|8|{'a':{'dtype':'F32','shape':[-2],'data_offsets':[0,8]}}",
                "in shape or data_offsets|8|{'a':{'dtype':'F32','shape':[2],'data_offsets':[-8,0]}}",
                "in shape or data_offsets|8|{'a':{'dtype':'F32','shape':[2.0],'data_offsets':[0,8]}}",
                "in shape or data_offsets|8|{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8e0]}}",
                "hold no number|8|{'a':{'dtype':'F32','shape':['2'],'data_offsets':[0,8]}}",
                "hold no number|8|{'a':{'dtype':'F32','shape':[[2]],'data_offsets':[0,8]}}",
                "data_offsets of|8|{'a':{'dtype':'F32','shape':[2],'data_offsets':[8,0]}}",
                "data_offsets of|8|{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,4,8]}}",
                "data_offsets of|8|{'a':{'dtype':'F32','shape':[2],'data_offsets':[]}}",
                "missing|8|{'a':{'dtype':'F32','shape':[2]}}",
                "missing|8|{'a':{}}",
                "unknown key|8|{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8],'x':[[[[[[]]]]]]}}",
                "not supported|8|{'a':{'dtype':'F33','shape':[2],'data_offsets':[0,8]}}",
                "not supported|8|{'a':{'dtype':'f32','shape':[2],'data_offsets':[0,8]}}",
                "not a text|8|{'a':{'dtype':32,'shape':[2],'data_offsets':[0,8]}}",
                "8 bytes behind|16|{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}",
                "1 bytes behind|1|{}",
                "not the JSON|0|{'a':[]}",
                "not the JSON|0|{'a':null}",
                "not the JSON|0|{a:{}}",
                "not the JSON|0|{} {}",
                "not the JSON|0|{}//",
                "not the JSON|0|{'a'",
                "does not start|0|[]",
                "does not start|0|x{}",
                "dimensions|4|{'a':{'dtype':'F32','shape':[1,1,1,1,1,1,1,1,1],'data_offsets':[0,4]}}"
            })
    void liesAreToldApart(final String reason, final int data, final String header) throws IOException {
        final RunFailed e = refused(file(header.replace('\'', '"'), data));
        assertTrue(e.what().contains(reason), e.what());
    }

    @Test
    void theLengthOfTheHeaderLies() throws IOException {
        final byte[] json = ("{" + A + "}").getBytes(StandardCharsets.US_ASCII);
        for (final long claimed : new long[] {
            -1,
            Long.MIN_VALUE,
            Long.MAX_VALUE,
            0,
            1,
            1L << 32,
            json.length - 1,
            json.length + 1,
            json.length + 9,
            100_000_000,
            SafeTensorsHeader.MAX_BYTES
        }) {
            refused(file(claimed, json, 8));
        }
    }

    /** 70 bytes that make a reader allocate 16 EB, or as much as it can. */
    @Test
    void smallFilesDoNotFillTheHeap() throws IOException {
        final String bomb = "{\"a\":{\"dtype\":\"U8\",\"shape\":[%s],\"data_offsets\":[0,%s]}}";
        for (final String n : List.of("2147483647", "9223372036854775807", "999999999999999999", "4294967296")) {
            refused(file(String.format(bomb, n, n), 0));
        }
        refused(file(1L << 40, new byte[60], 0));
    }

    @Test
    void depthIsNoDanger() throws IOException {
        refused(file("{\"a\":" + "[".repeat(1_000_000), 0));
        refused(file("{\"a\":".repeat(1_000_000), 0));
        refused(file("{\"a\":{\"shape\":" + "[".repeat(1_000_000), 0));
        refused(file("{\"__metadata__\":{\"k\":" + "[".repeat(1_000_000), 0));
    }

    @Test
    void countsAreLimited() throws IOException {
        final StringBuilder tensors = new StringBuilder("{");
        final StringBuilder texts = new StringBuilder("{\"__metadata__\":{");
        for (int i = 0; i <= 1 << 16; i++) {
            tensors.append(i == 0 ? "" : ",")
                    .append('"')
                    .append(i)
                    .append("\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}");
            texts.append(i == 0 ? "" : ",").append('"').append(i).append("\":\"\"");
        }
        assertTrue(refused(file(tensors + "}", 0)).what().contains("tensors"));
        assertTrue(refused(file(texts + "}}", 0)).what().contains("entries in __metadata__"));
        final String name = "n".repeat(5000);
        assertTrue(refused(file("{\"" + name + A.substring(2) + "}", 8)).what().contains("a name of 5000"));
    }

    @Test
    void notUtf8() throws IOException {
        final byte[] json = ("{" + A + "}").getBytes(StandardCharsets.US_ASCII);
        json[2] = (byte) 0xC0;
        assertTrue(refused(file(json.length, json, 8)).what().contains("UTF-8"));
    }

    @Test
    void controlCharactersOfNamesDoNotReachTheMessage() throws IOException {
        final RunFailed e = refused(file("{\"\\u001b[2J\":{\"dtype\":\"X\"}}", 0));
        assertTrue(e.what().contains("?[2J") && !e.what().contains("\u001b"), e.what());
    }

    private byte[] sound() throws RunFailed, IOException {
        final Object[] values = {new float[] {1, 2, 3, 4, 5, 6}, new long[] {7}, new byte[] {1, 0, -1}, new float[0]};
        final Path file = folder.resolve("sound");
        SafeTensorsWriter.write(
                file,
                Map.of("k", "v \" \u00e4"),
                List.of(
                        new SafeTensorsWriter.Slot("w", StoredType.F32, 2, 3),
                        new SafeTensorsWriter.Slot("step", StoredType.I64),
                        new SafeTensorsWriter.Slot("mask", StoredType.U8, 3),
                        new SafeTensorsWriter.Slot("none", StoredType.F32, 0)),
                i -> values[i]);
        return Files.readAllBytes(file);
    }

    @Test
    void cutAtEveryByteIsRefused() throws RunFailed, IOException {
        final byte[] whole = sound();
        for (int n = 0; n < whole.length; n++) {
            refused(Files.write(folder.resolve("cut"), Arrays.copyOf(whole, n)));
        }
        refused(Files.write(folder.resolve("long"), Arrays.copyOf(whole, whole.length + 1)));
    }

    @Test
    void everyChangedBitIsFoundInASealedFile() throws RunFailed, IOException {
        final byte[] whole = sound();
        for (int bit = 0; bit < 8 * whole.length; bit++) {
            final byte[] changed = whole.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            final Path file = Files.write(folder.resolve("changed"), changed);
            final int position = bit / 8;
            assertThrows(
                    RunFailed.class,
                    () -> {
                        try (SafeTensors in = SafeTensors.openSealed(file)) {
                            in.checkTensors();
                        }
                    },
                    () -> "byte " + position);
        }
    }

    /** Random damage: nothing but {@link RunFailed} comes out, and what is accepted is read without harm. */
    @Test
    void randomDamage() throws RunFailed, IOException {
        final byte[] whole = sound();
        final String tokens = "{}[]\",:0123456789-eFINUB8 \\u";
        final Random random = new Random(42);
        int accepted = 0;
        for (int round = 0; round < 4000; round++) {
            byte[] bytes = whole.clone();
            for (int k = random.nextInt(4); k >= 0; k--) {
                final int at = random.nextInt(bytes.length);
                switch (random.nextInt(5)) {
                    case 0 -> bytes[at] = (byte) random.nextInt();
                    case 1 -> bytes[at] = (byte) tokens.charAt(random.nextInt(tokens.length()));
                    case 2 -> bytes = Arrays.copyOf(bytes, at + 1);
                    case 3 -> {
                        final int from = random.nextInt(bytes.length);
                        final int n = Math.min(random.nextInt(20), bytes.length - Math.max(at, from));
                        System.arraycopy(whole, Math.min(from, whole.length - n), bytes, at, n);
                    }
                    default -> bytes[random.nextInt(Math.min(8, bytes.length))] = (byte) random.nextInt();
                }
            }
            accepted += read(Files.write(folder.resolve("damaged"), bytes)) ? 1 : 0;
        }
        assertTrue(accepted > 0 && accepted < 4000, "accepted " + accepted); // changed numbers are no lie
    }

    private static boolean read(final Path file) {
        try (SafeTensors in = SafeTensors.open(file)) {
            for (final StoredTensor t : in.tensors().values()) {
                switch (t.type()) {
                    case F32, F64, F16, BF16 -> assertEquals(t.elements(), in.floats(t.name()).length);
                    default -> assertEquals(t.elements(), in.longs(t.name()).length);
                }
            }
            return true;
        } catch (RunFailed e) {
            return false;
        }
    }
}
