package org.selfdiff.imaging;

/** How a camera was held, as EXIF notes it (CIPA DC-008, tag 0x0112): 1 is upright, 2 to 8 are turned or mirrored. */
final class ExifOrientation {
    static final int UPRIGHT = 1;

    private static final int TAG = 0x0112;

    private static final int ENTRY = 12;

    private static final int MIRRORED_TO_UPRIGHT = 8;

    private ExifOrientation() {}

    /**
     * Reads it.
     *
     * @param exif begins as TIFF does
     * @param from first byte of it
     * @return 1 to 8; 1 if it is not noted, or nonsense
     */
    static int of(final byte[] exif, final int from) {
        if (from + 8 > exif.length) {
            return UPRIGHT;
        }
        final boolean little = exif[from] == 'I';
        final long directory = from + u32(exif, from + 4, little);
        if (directory + 2 > exif.length) {
            return UPRIGHT;
        }
        final int entries = u16(exif, (int) directory, little);
        for (int e = 0; e < entries; e++) {
            final long at = directory + 2 + (long) ENTRY * e;
            if (at + ENTRY > exif.length) {
                return UPRIGHT;
            }
            if (u16(exif, (int) at, little) == TAG) {
                final int value = u16(exif, (int) at + 8, little);
                return value >= UPRIGHT && value <= MIRRORED_TO_UPRIGHT ? value : UPRIGHT;
            }
        }
        return UPRIGHT;
    }

    private static int u16(final byte[] in, final int at, final boolean little) {
        final int a = in[at] & 0xff;
        final int b = in[at + 1] & 0xff;
        return little ? b << 8 | a : a << 8 | b;
    }

    private static long u32(final byte[] in, final int at, final boolean little) {
        final long a = u16(in, at, little);
        final long b = u16(in, at + 2, little);
        return little ? b << 16 | a : a << 16 | b;
    }
}
