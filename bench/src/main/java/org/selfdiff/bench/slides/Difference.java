package org.selfdiff.bench.slides;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How far two readers' samples are apart.
 *
 * @param mean mean absolute difference in grey levels
 * @param max largest difference in grey levels
 */
record Difference(double mean, int max) {
    /** Nothing was compared. */
    static final Difference NONE = new Difference(Double.NaN, -1);

    /**
     * Compares two files of samples.
     *
     * @throws IOException if they are not equally long
     */
    static Difference of(final Path file, final Path reference) throws IOException {
        return of(Files.readAllBytes(file), Files.readAllBytes(reference));
    }

    /** Compares samples. */
    static Difference of(final byte[] samples, final byte[] reference) throws IOException {
        if (samples.length != reference.length || samples.length == 0) {
            throw new IOException(samples.length + " samples instead of " + reference.length);
        }
        long sum = 0;
        int max = 0;
        for (int i = 0; i < samples.length; i++) {
            final int difference = Math.abs((samples[i] & 0xff) - (reference[i] & 0xff));
            sum += difference;
            max = Math.max(max, difference);
        }
        return new Difference(sum / (double) samples.length, max);
    }
}
