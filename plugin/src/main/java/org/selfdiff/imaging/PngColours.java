package org.selfdiff.imaging;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Turns PNG samples of any kind into 8-bit RGB, row by row: grey and palette expanded, 16 bits scaled by their full
 * range (65535 becomes 255, never stretched to the content), alpha composited over white. Of grey pictures of 16 bits, which
 * detectors of 10 to 16 bits write, the range is that of the bits in use: 4095 becomes 255 where no sample is brighter.
 */
final class PngColours implements PngDecoder.Rows {
    private final PngDecoder.Layout layout;

    private final RowSink sink;

    private final byte[] rgb;

    private final int max;

    private PngColours(final PngDecoder.Layout layout, final int max, final RowSink sink) {
        this.layout = layout;
        this.max = max;
        this.sink = sink;
        rgb = new byte[Math.multiplyExact(3, layout.width())];
    }

    /** Decodes a file and hands on its rows. */
    static void decode(final Path file, final RowSink sink) throws IOException {
        try (InputStream in = open(file)) {
            final PngDecoder decoder = new PngDecoder(in);
            final PngDecoder.Layout layout = decoder.layout();
            decoder.decode(new PngColours(layout, isDeepGrey(layout) ? white(file) : (1 << layout.depth()) - 1, sink));
        }
    }

    private static InputStream open(final Path file) throws IOException {
        return new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    }

    private static boolean isDeepGrey(final PngDecoder.Layout layout) {
        return layout.colourType() == 0 && layout.depth() == 16 && layout.transparency().length == 0;
    }

    /** The largest number of as many bits as the brightest sample has, at least 8: what is white to the detector. */
    private static int white(final Path file) throws IOException {
        try (InputStream in = open(file)) {
            final int[] brightest = {255};
            new PngDecoder(in).decode((y, x0, step, count, samples) -> {
                for (int i = 0; i < count; i++) {
                    brightest[0] = Math.max(brightest[0], samples[i]);
                }
            });
            return 2 * Integer.highestOneBit(brightest[0]) - 1;
        }
    }

    /** Opaque samples of 8 bits are what is wanted already. */
    @Override
    public boolean packed(final int y, final int x0, final int step, final int count, final byte[] row)
            throws IOException {
        if (layout.depth() != 8 || layout.transparency().length > 0) {
            return false;
        }
        if (layout.colourType() == 2) {
            sink.row(y, x0, step, count, row);
            return true;
        }
        if (layout.colourType() == 0) {
            for (int i = 0; i < count; i++) {
                rgb[3 * i] = row[i];
                rgb[3 * i + 1] = row[i];
                rgb[3 * i + 2] = row[i];
            }
            sink.row(y, x0, step, count, rgb);
            return true;
        }
        return false;
    }

    @Override
    public void row(final int y, final int x0, final int step, final int count, final int[] samples)
            throws IOException {
        final int channels = layout.channels();
        for (int i = 0; i < count; i++) {
            final int at = 3 * i;
            final int s = i * channels;
            switch (layout.colourType()) {
                case 3 -> palette(at, samples[s]);
                case 0, 4 -> {
                    final int alpha = channels == 2 ? samples[s + 1] : layout.key(samples, s) ? 0 : max;
                    put(at, samples[s], samples[s], samples[s], alpha);
                }
                default -> {
                    final int r = samples[s];
                    final int g = samples[s + 1];
                    final int b = samples[s + 2];
                    put(at, r, g, b, channels == 4 ? samples[s + 3] : layout.key(samples, s) ? 0 : max);
                }
            }
        }
        sink.row(y, x0, step, count, rgb);
    }

    private void palette(final int at, final int index) throws IOException {
        final int[] palette = layout.palette();
        if (index >= palette.length) {
            throw new IOException("a pixel of colour " + index + " in a palette of " + palette.length);
        }
        final int colour = palette[index];
        final int alpha = index < layout.transparency().length ? layout.transparency()[index] & 0xff : 255;
        rgb[at] = over(colour >> 16, alpha, 255);
        rgb[at + 1] = over(colour >> 8 & 0xff, alpha, 255);
        rgb[at + 2] = over(colour & 0xff, alpha, 255);
    }

    private void put(final int at, final int r, final int g, final int b, final int alpha) {
        rgb[at] = over(r, alpha, max);
        rgb[at + 1] = over(g, alpha, max);
        rgb[at + 2] = over(b, alpha, max);
    }

    /** A sample of 0 to max over white, as 0 to 255 rounded to nearest. */
    static byte over(final int sample, final int alpha, final int max) {
        if (alpha == max) {
            return (byte) ((sample * 255 + max / 2) / max);
        }
        final long mixed = (long) sample * alpha + (long) max * (max - alpha);
        final long full = (long) max * max;
        return (byte) ((mixed * 255 + full / 2) / full);
    }
}
