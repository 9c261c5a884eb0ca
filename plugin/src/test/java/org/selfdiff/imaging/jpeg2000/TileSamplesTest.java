package org.selfdiff.imaging.jpeg2000;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class TileSamplesTest {

    private static TileSamples samples(final int bits, final float... values) {
        final int width = values.length;
        final ImageSize.Component sampling = new ImageSize.Component(bits, false, 1, 1);
        final ImageSize size = new ImageSize(0, 0, width, 1, 0, 0, width, 1, List.of(sampling));
        final Area area = new Area(0, 0, width, 1);
        final TileComponent.Place place = new TileComponent.Place(0, area, area, sampling, null, null, 0);
        final TileSamples samples = new TileSamples(size, List.of(new TileComponent(place, List.of())), 0);
        samples.reals[0] = values;
        return samples;
    }

    /** Damaged blocks give values of any size; at the middle, 0, a sample of eight bits is 128. */
    @Test
    void realSamplesAreRoundedAndClipped() {
        final float[] values = {
            -128.6f, -128, -0.6f, 0, 0.4f, 0.6f, 127, 127.6f, 1e6f, -1e6f, 2e7f, -2e7f, 1e9f, -1e9f, 3e38f, -3e38f
        };
        final int[] expected = {0, 0, 127, 128, 128, 129, 255, 255, 255, 0, 255, 0, 255, 0, 255, 0};
        final int[] row = new int[values.length];
        samples(8, values).row(0, 0, row);
        assertArrayEquals(expected, row);
        final byte[] bytes = new byte[values.length];
        samples(8, values).row(0, 0, bytes, 0, 1);
        final int[] unsigned = new int[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            unsigned[i] = bytes[i] & 0xff;
        }
        assertArrayEquals(expected, unsigned);
        final int[] deep = new int[4];
        samples(16, -40_000, 0.4f, 40_000, -2e7f).row(0, 0, deep);
        assertArrayEquals(new int[] {0, 32_768, 65_535, 0}, deep);
    }
}
