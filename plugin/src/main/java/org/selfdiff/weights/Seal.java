package org.selfdiff.weights;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.selfdiff.weights.SafeTensorsHeader.Malformed;

/**
 * SHA-256 sums in a file's {@code __metadata__}: one over the tensors' bytes, and one over the header with the digits
 * of this sum itself as zeros. Together they cover every byte. They find damage and mix-ups; they are no signature.
 */
final class Seal {
    /** Key of the sum over the tensors. */
    static final String TENSORS = "selfdiff.tensors.sha256";

    /** Key of the sum over the header. */
    static final String HEADER = "selfdiff.header.sha256";

    static final String ZEROS = "0".repeat(64);

    private Seal() {}

    /** A sum being built. */
    static final class Sum {
        private final MessageDigest digest;

        Sum() {
            try {
                digest = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java has SHA-256", e);
            }
        }

        Sum add(final ByteBuffer bytes) {
            digest.update(bytes);
            return this;
        }

        /** The sum as 64 hexadecimal digits; ends it. */
        String hex() {
            return HexFormat.of().formatHex(digest.digest());
        }
    }

    /** Position of the first digit of a sum in a header. */
    static int position(final byte[] json, final String key) throws Malformed {
        // quotes inside JSON texts are escaped, so this cannot be part of one
        final byte[] before = ('"' + key + "\":\"").getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i + before.length + ZEROS.length() < json.length; i++) {
            if (java.util.Arrays.equals(json, i, i + before.length, before, 0, before.length)) {
                return i + before.length;
            }
        }
        throw new Malformed("it carries no check sum");
    }

    /** The sum over a header. */
    static String ofHeader(final byte[] json) throws Malformed {
        final byte[] copy = json.clone();
        final int at = position(json, HEADER);
        java.util.Arrays.fill(copy, at, at + ZEROS.length(), (byte) '0');
        return new Sum().add(ByteBuffer.wrap(copy)).hex();
    }

    static void checkHeader(final byte[] json, final Map<String, String> metadata) throws Malformed {
        if (!metadata.containsKey(TENSORS) || !metadata.containsKey(HEADER)) {
            throw new Malformed("it carries no check sum");
        }
        if (!ofHeader(json).equals(metadata.get(HEADER))) {
            throw new Malformed("its header is not what was written: the check sum differs");
        }
    }
}
