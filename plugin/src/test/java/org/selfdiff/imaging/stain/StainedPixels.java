package org.selfdiff.imaging.stain;

import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.SeededRandom;

/** Pictures mixed from known stains. */
final class StainedPixels {
    static final double[] HEMATOXYLIN = Vectors.unit(new double[] {0.65, 0.704, 0.286});

    static final double[] EOSIN = Vectors.unit(new double[] {0.092, 0.954, 0.283});

    private StainedPixels() {}

    /** The amounts of hematoxylin and eosin in a pixel. */
    interface Amounts {
        void draw(double[] amounts);
    }

    static Picture picture(final int width, final int height, final double[][] stains, final Amounts amounts) {
        final byte[] rgb = new byte[3 * width * height];
        final double[] a = new double[2];
        for (int i = 0; i < width * height; i++) {
            amounts.draw(a);
            for (int c = 0; c < 3; c++) {
                final double v = 240 * Math.exp(-a[0] * stains[0][c] - a[1] * stains[1][c]) - 1;
                rgb[3 * i + c] = (byte) Math.max(0, Math.min(255, (int) Math.floor(v + 0.5)));
            }
        }
        return new Picture(width, height, rgb);
    }

    /**
     * 3,000 pixels from the numbers of a linear congruential generator, so that the same picture can be made elsewhere:
     * {@code s = (1103515245 s + 12345) mod 2^31} from 12345; hematoxylin {@code 2 u^2}, eosin {@code 1.2 u}.
     */
    static Picture reference() {
        final long[] state = {12345};
        return picture(60, 50, new double[][] {HEMATOXYLIN, EOSIN}, a -> {
            final double u = next(state);
            a[0] = 2 * u * u;
            a[1] = 1.2 * next(state);
        });
    }

    private static double next(final long[] state) {
        state[0] = state[0] * 1103515245L + 12345 & 0x7fffffffL;
        return state[0] / (double) 0x7fffffff;
    }

    /** Nuclei that are mostly hematoxylin, stroma that is mostly eosin, and some of both. */
    static Picture tissue(final long seed, final double[] hematoxylin, final double[] eosin, final double strength) {
        final SeededRandom random = new SeededRandom(seed);
        return picture(120, 100, new double[][] {hematoxylin, eosin}, a -> {
            final double kind = random.nextDouble();
            final double one = strength * random.between(0.3, 1.8);
            final double two = strength * random.between(0.3, 1.2);
            a[0] = kind < 0.45 ? one : kind < 0.9 ? 0 : one;
            a[1] = kind < 0.45 ? 0 : two;
        });
    }

    static StainSample sample(final Picture picture) {
        final StainSampler sampler = new StainSampler("slide.svs", GlassColour.usual(), StainSampler.STANDARD_SIZE);
        sampler.add(picture, 0, 0);
        return sampler.sample();
    }

    static double degrees(final double[] a, final double[] b) {
        return Math.toDegrees(Math.atan2(Vectors.length(Vectors.cross(a, b)), Vectors.dot(a, b)));
    }
}
