package org.selfdiff.imaging.stain;

import java.util.Arrays;
import org.selfdiff.imaging.Picture;

/**
 * Draws a sample of the tissue of a slide while its tiles come by. Every pixel gets a random number that is a function
 * of its place, and the smallest ones are kept: a uniform sample without replacement that does not depend on the order
 * of the tiles, on how they are cut, or on which thread saw them. Memory is that of twice the sample. Not safe for
 * several threads; give each its own and {@link #merge} them.
 */
public final class StainSampler {
    /** Enough for the angles to settle within a tenth of a degree. */
    public static final int STANDARD_SIZE = 100_000;

    /**
     * Least mean density of the channels that counts as tissue, the paper's threshold. The reference code asks it of
     * every channel, which leaves out pure eosin, because it hardly absorbs red; so it is asked of their mean here.
     */
    static final double BETA = 0.15;

    private static final long COLOUR = 0xffffff;

    private final String name;

    private final GlassColour glass;

    private final int size;

    private final OpticalDensity density;

    /** Random number in the upper 39 bits, colour in the lower 24. */
    private final long[] kept;

    private int count;

    private long bound = Long.MAX_VALUE;

    /**
     * An empty sample.
     *
     * @param name what messages call the slide: the path of its file
     * @param glass colour of its empty glass
     * @param size most pixels to keep, 1 to 10,000,000
     */
    public StainSampler(final String name, final GlassColour glass, final int size) {
        if (size < 1 || size > 10_000_000) {
            throw new IllegalArgumentException("a sample of 1 to 10,000,000 pixels, not " + size);
        }
        this.name = name;
        this.glass = glass;
        this.size = size;
        density = new OpticalDensity(new double[] {glass.red(), glass.green(), glass.blue()});
        kept = new long[2 * size];
    }

    /** A sample of one picture, of the standard size, with the glass that the picture shows. */
    public static StainSample of(final Picture picture, final String name) {
        final StainSampler sampler = new StainSampler(name, GlassColour.in(picture), STANDARD_SIZE);
        sampler.add(picture, 0, 0);
        return sampler.sample();
    }

    /**
     * Adds the pixels of a tile, all at the same level. A pixel that was added before is not added again.
     *
     * @param x0 column of its left edge on the slide
     * @param y0 row of its upper edge on the slide
     */
    public void add(final Picture tile, final long x0, final long y0) {
        final byte[] rgb = tile.rgb();
        for (int y = 0; y < tile.height(); y++) {
            for (int x = 0; x < tile.width(); x++) {
                final long random = random(x0 + x, y0 + y) >>> 1 & ~COLOUR;
                if (random < bound) {
                    final int i = 3 * (y * tile.width() + x);
                    add(random, rgb[i] & 0xff, rgb[i + 1] & 0xff, rgb[i + 2] & 0xff);
                }
            }
        }
    }

    private void add(final long random, final int r, final int g, final int b) {
        if (density.of(0, r) + density.of(1, g) + density.of(2, b) >= 3 * BETA) {
            keep(random | r << 16 | g << 8 | b);
        }
    }

    private void keep(final long pixel) {
        kept[count++] = pixel;
        if (count == kept.length) {
            trim();
        }
    }

    /** Adds what another sampler of the same slide has seen. */
    public void merge(final StainSampler other) {
        other.trim();
        for (int i = 0; i < other.count; i++) {
            keep(other.kept[i]);
        }
    }

    /** Sorts, drops what is there twice, and keeps the smallest. */
    private void trim() {
        Arrays.sort(kept, 0, count);
        int unique = 0;
        for (int i = 0; i < count && unique < size; i++) {
            if (unique == 0 || kept[i] != kept[unique - 1]) {
                kept[unique++] = kept[i];
            }
        }
        count = unique;
        if (count == size) {
            bound = kept[size - 1] + 1;
        }
    }

    /** The sample so far; it may be empty. */
    public StainSample sample() {
        trim();
        final int[] colours = new int[count];
        for (int i = 0; i < count; i++) {
            colours[i] = (int) (kept[i] & COLOUR);
        }
        return new StainSample(name, glass, colours);
    }

    /** Two rounds of SplitMix64's finish over the place. */
    private static long random(final long x, final long y) {
        return finish(finish(x * 0x9e3779b97f4a7c15L) + y * 0xd1342543de82ef95L);
    }

    private static long finish(final long value) {
        long z = value;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}
