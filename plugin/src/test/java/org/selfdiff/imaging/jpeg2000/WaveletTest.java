package org.selfdiff.imaging.jpeg2000;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The inverse wavelets give back what the forward ones of {@link ForwardWavelet} took apart. */
class WaveletTest {
    private static final int[][] SIZES = {
        {1, 1}, {1, 2}, {2, 1}, {1, 5}, {5, 1}, {2, 2}, {3, 2}, {2, 3}, {4, 5}, {7, 7}, {8, 8}, {33, 18}, {40, 3}
    };

    @Test
    void theReversibleOneIsExact() {
        final ReversibleWavelet wavelet = new ReversibleWavelet();
        for (final int[] size : SIZES) {
            for (int start = 0; start < 4; start++) {
                final Area area = area(size, start);
                final double[] picture = noise(area.size());
                final double[][] bands = ForwardWavelet.bands(picture, area, true);
                final int[][] wholes = new int[4][];
                for (int b = 0; b < 4; b++) {
                    wholes[b] = wholes(bands[b]);
                }
                final int[] out = new int[area.size()];
                wavelet.synthesise(wholes, area, out);
                assertArrayEquals(wholes(picture), out, area.toString());
            }
        }
    }

    @Test
    void theIrreversibleOneIsExactButForRounding() {
        final IrreversibleWavelet wavelet = new IrreversibleWavelet();
        for (final int[] size : SIZES) {
            for (int start = 0; start < 4; start++) {
                final Area area = area(size, start);
                final double[] picture = noise(area.size());
                final double[][] bands = ForwardWavelet.bands(picture, area, false);
                final List<Resolution> resolutions = List.of(
                        new Resolution(area.halved(1), List.of(), List.of()),
                        new Resolution(area, List.of(), List.of()));
                final float[][] reals = new float[4][];
                for (int b = 0; b < 4; b++) {
                    final Subband band = new Subband(b & 1, b >> 1, area.band(1, b & 1, b >> 1), 8, 1);
                    final double scale = BandScale.of(resolutions, b == 0 ? 0 : 1, band);
                    reals[b] = new float[bands[b].length];
                    for (int i = 0; i < reals[b].length; i++) {
                        reals[b][i] = (float) (bands[b][i] * scale);
                    }
                }
                final float[] out = new float[area.size()];
                wavelet.synthesise(reals, area, out);
                for (int i = 0; i < out.length; i++) {
                    assertEquals(picture[i], out[i], 0.002, area + " at " + i);
                }
            }
        }
    }

    /** Leaving out the finest resolution leaves the low-pass band of the picture. */
    @Test
    void aReducedPictureIsTheLowPassBand() throws IOException {
        final Area area = new Area(0, 0, 37, 26);
        final double[] shifted = new double[area.size()];
        for (int i = 0; i < shifted.length; i++) {
            shifted[i] = Streams.pattern(0, i % 37, i / 37, 8, false) - 128;
        }
        final double[] low = ForwardWavelet.bands(shifted, area, true)[0];
        final Jpeg2000Planes planes = Streams.planes(Streams.PLAIN, 1);
        assertEquals(19, planes.width());
        assertEquals(13, planes.height());
        for (int i = 0; i < low.length; i++) {
            assertEquals(
                    Math.min(255, Math.max(0, (int) low[i] + 128)),
                    planes.planes()[0].samples()[i],
                    "sample " + i);
        }
    }

    private static Area area(final int[] size, final int start) {
        return new Area(start & 1, start >> 1, (start & 1) + size[0], (start >> 1) + size[1]);
    }

    private static double[] noise(final int count) {
        return new Random(count).ints(count, -300, 300).asDoubleStream().toArray();
    }

    private static int[] wholes(final double[] values) {
        final int[] wholes = new int[values.length];
        for (int i = 0; i < wholes.length; i++) {
            wholes[i] = (int) values[i];
        }
        return wholes;
    }
}
