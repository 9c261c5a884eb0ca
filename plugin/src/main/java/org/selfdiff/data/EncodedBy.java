package org.selfdiff.data;

import java.util.Objects;

/**
 * Which encoder made a set of embeddings. Two sets may be compared, or used with one model, only if their fingerprints
 * are equal.
 *
 * @param encoder name of the encoder, for people
 * @param fingerprint hash of everything that decides what the encoder gives for a picture
 * @param width how many numbers an embedding has, at least 1
 */
public record EncodedBy(String encoder, String fingerprint, int width) {

    /** Checks that nothing is missing. */
    public EncodedBy {
        Objects.requireNonNull(encoder);
        Objects.requireNonNull(fingerprint);
        if (width < 1) {
            throw new IllegalArgumentException("embeddings of " + width + " numbers");
        }
    }

    /** Whether both are of the same encoder; names do not count. */
    public boolean same(final EncodedBy other) {
        return fingerprint.equals(other.fingerprint) && width == other.width;
    }

    /** For messages: the name, the width and the beginning of the fingerprint. */
    public String shown() {
        return "\"" + encoder + "\" (" + width + " numbers, "
                + fingerprint.substring(0, Math.min(8, fingerprint.length())) + ")";
    }
}
