package org.selfdiff.imaging;

import org.selfdiff.run.RunFailed;

/**
 * What a file may cost before it is decoded. A few bytes of a header can declare a picture that would fill the memory,
 * so that the declared size is compared with these limits first.
 *
 * @param maxPixels largest width times height, 1 to 700,000,000 (three bytes of each must fit one Java array)
 */
public record DecodeLimits(long maxPixels) {
    private static final long STANDARD_PIXELS = 100_000_000L;

    private static final long ARRAY_PIXELS = 700_000_000L;

    /** Checks the range. */
    public DecodeLimits {
        if (maxPixels < 1 || maxPixels > ARRAY_PIXELS) {
            throw new IllegalArgumentException("maxPixels must be 1 to " + ARRAY_PIXELS + ", not " + maxPixels);
        }
    }

    /** 100 million pixels. */
    public static DecodeLimits standard() {
        return new DecodeLimits(STANDARD_PIXELS);
    }

    /**
     * Refuses a declared size that is empty or too large.
     *
     * @param where the file or cell, for the message
     * @param width declared width in pixels
     * @param height declared height in pixels
     * @throws RunFailed naming file, size and limit
     */
    public void check(final String where, final long width, final long height) throws RunFailed {
        if (width < 1 || height < 1) {
            throw new RunFailed(
                    "The picture declares a size of " + width + " x " + height + " pixels",
                    where,
                    "The file is damaged; save it again from its source.");
        }
        if (width > maxPixels / height) {
            throw new RunFailed(
                    "The picture declares " + width + " x " + height + " pixels, more than the limit of " + maxPixels,
                    where,
                    "Cut it into smaller pictures, or raise the limit of pixels per picture if the size is real.");
        }
    }
}
