package org.selfdiff.fuzz.seed;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Safetensors files around a header that may be anything, sealed as {@code SafeTensorsWriter} does: anyone can. */
public final class Sealed {
    /** Length of the tensors behind every header. */
    public static final int TENSORS = 64;

    private static final String TENSORS_KEY = "\"selfdiff.tensors.sha256\":\"";

    private static final String HEADER_KEY = "\"selfdiff.header.sha256\":\"";

    private static final int DIGITS = 64;

    private Sealed() {}

    /** The two entries of {@code __metadata__} that {@link #file} fills in, with a comma at the end. */
    public static String entries() {
        return TENSORS_KEY + "0".repeat(DIGITS) + "\"," + HEADER_KEY + "0".repeat(DIGITS) + "\",";
    }

    /** The header with its right length before it, 64 zero bytes behind it, and its sums where it has places for them. */
    public static byte[] file(final byte[] header) {
        final byte[] json = header.clone();
        put(json, TENSORS_KEY, sum(new byte[TENSORS]));
        put(json, HEADER_KEY, "0".repeat(DIGITS));
        put(json, HEADER_KEY, sum(json));
        return ByteBuffer.allocate(Long.BYTES + json.length + TENSORS)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json)
                .array();
    }

    private static void put(final byte[] json, final String key, final String digits) {
        final int at = new String(json, StandardCharsets.ISO_8859_1).indexOf(key);
        if (at >= 0 && at + key.length() + DIGITS <= json.length) {
            System.arraycopy(digits.getBytes(StandardCharsets.US_ASCII), 0, json, at + key.length(), DIGITS);
        }
    }

    private static String sum(final byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
