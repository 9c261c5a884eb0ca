package org.selfdiff.imaging.tiff;

import org.selfdiff.imaging.Inks;
import org.selfdiff.run.RunFailed;

/**
 * Turns samples into 8-bit RGB as PhotometricInterpretation says (TIFF 6.0, sections 4 to 6). Samples are scaled by their
 * full range, so that 65535 becomes 255. Alpha is composited over white, other extra samples are left out.
 */
final class Colouring {
    private final int samples;

    private final int max;

    private final int photometric;

    /** Index of the alpha sample, or -1. */
    private final int alpha;

    /** Whether colours are multiplied by alpha already (ExtraSamples 1). */
    private final boolean associated;

    /** 8-bit colours of a palette: all reds, all greens, all blues. */
    private final byte[] palette;

    private Colouring(
            final SampleLayout layout,
            final int photometric,
            final int alpha,
            final boolean associated,
            final byte[] palette) {
        this.samples = layout.samples();
        this.max = (1 << layout.bits()) - 1;
        this.photometric = photometric;
        this.alpha = alpha;
        this.associated = associated;
        this.palette = palette;
    }

    static Colouring of(final TiffDirectory directory, final SampleLayout layout) throws RunFailed {
        final long photometric = directory.number(TiffTag.PHOTOMETRIC, SampleLayout.BLACK_IS_ZERO);
        final boolean inks = photometric == SampleLayout.CMYK;
        final int colours = inks ? 4 : photometric == SampleLayout.RGB ? 3 : 1;
        if (photometric < 0 || photometric > SampleLayout.PALETTE && !inks) {
            throw directory.unread(
                    TiffTag.PHOTOMETRIC, "Colours of kind " + photometric + " are not read in this compression");
        }
        if (layout.samples() < colours) {
            throw directory.broken(TiffTag.SAMPLES_PER_PIXEL, "A pixel has too few samples for its colours", null);
        }
        if (layout.bits() > 16) {
            throw directory.unread(TiffTag.BITS_PER_SAMPLE, "Pictures of 32 bits a sample are not read");
        }
        final byte[] palette = photometric == SampleLayout.PALETTE ? palette(directory, layout.bits()) : new byte[0];
        int alpha = -1;
        boolean associated = false;
        if (layout.samples() > colours && directory.has(TiffTag.EXTRA_SAMPLES)) {
            final long[] extra = directory.numbers(TiffTag.EXTRA_SAMPLES);
            for (int i = 0; i < extra.length && colours + i < layout.samples() && alpha < 0; i++) {
                alpha = extra[i] == 1 || extra[i] == 2 ? colours + i : -1;
                associated = extra[i] == 1;
            }
        }
        return new Colouring(layout, (int) photometric, alpha, associated, palette);
    }

    /**
     * ColorMap holds 16-bit numbers. Some writers make them of 8 bits by 257, some by 256; the high byte is right for both.
     * Those that write the 8 bits themselves are understood too, as by libtiff.
     */
    static byte[] palette(final TiffDirectory directory, final int bits) throws RunFailed {
        final long[] map = directory.numbers(TiffTag.COLOR_MAP, 3 << bits);
        long top = 0;
        for (final long value : map) {
            top = Math.max(top, value);
        }
        final byte[] palette = new byte[map.length];
        for (int i = 0; i < map.length; i++) {
            palette[i] = (byte) (top < 256 ? map[i] : map[i] >> 8);
        }
        return palette;
    }

    /** Whether three 8-bit samples are the colours already. */
    boolean isPlain() {
        return photometric == SampleLayout.RGB && alpha < 0;
    }

    /** Paints a row of samples. */
    void paint(final int[] row, final int width, final byte[] rgb, final int at) {
        for (int x = 0; x < width; x++) {
            final int from = samples * x;
            final int to = at + 3 * x;
            switch (photometric) {
                case SampleLayout.RGB -> {
                    rgb[to] = (byte) scale(row[from], max);
                    rgb[to + 1] = (byte) scale(row[from + 1], max);
                    rgb[to + 2] = (byte) scale(row[from + 2], max);
                }
                case SampleLayout.CMYK -> {
                    final int black = scale(row[from + 3], max);
                    for (int c = 0; c < 3; c++) {
                        rgb[to + c] = (byte) Inks.through(scale(row[from + c], max), black);
                    }
                }
                case SampleLayout.PALETTE -> {
                    rgb[to] = palette[row[from]];
                    rgb[to + 1] = palette[row[from] + max + 1];
                    rgb[to + 2] = palette[row[from] + 2 * (max + 1)];
                }
                default -> {
                    final int grey = scale(row[from], max);
                    final byte value = (byte) (photometric == SampleLayout.WHITE_IS_ZERO ? 255 - grey : grey);
                    rgb[to] = value;
                    rgb[to + 1] = value;
                    rgb[to + 2] = value;
                }
            }
            if (alpha >= 0) {
                overWhite(rgb, to, scale(row[from + alpha], max));
            }
        }
    }

    private static int scale(final int value, final int max) {
        return max == 255 ? value : (value * 255 + max / 2) / max;
    }

    private void overWhite(final byte[] rgb, final int to, final int opacity) {
        for (int c = to; c < to + 3; c++) {
            final int colour = rgb[c] & 0xff;
            final int white = 255 - opacity;
            rgb[c] = (byte) (associated ? Math.min(255, colour + white) : (colour * opacity + 255 * white + 127) / 255);
        }
    }
}
