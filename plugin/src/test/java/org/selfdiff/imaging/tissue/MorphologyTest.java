package org.selfdiff.imaging.tissue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.selfdiff.imaging.SeededRandom;

/** Against the definitions, pixel by pixel. */
class MorphologyTest {
    private static final int W = 37;

    private static final int H = 23;

    private static byte[] random(final long seed, final double share) {
        final SeededRandom random = new SeededRandom(seed);
        final byte[] mask = new byte[W * H];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = (byte) (random.chance(share) ? 1 : 0);
        }
        return mask;
    }

    private static byte[] slowly(final byte[] mask, final double radius, final int value) {
        final byte[] out = new byte[mask.length];
        for (int i = 0; i < mask.length; i++) {
            boolean near = false;
            for (int j = 0; j < mask.length; j++) {
                final double d2 = Math.pow(i % W - j % W, 2) + Math.pow(i / W - j / W, 2);
                near |= mask[j] == value && d2 <= radius * radius;
            }
            out[i] = (byte) (near ? value : 1 - value);
        }
        return out;
    }

    @Test
    void dilationAndErosionAreExact() {
        for (final double radius : new double[] {0, 0.9, 1, 1.5, 2, 3.7, 5, 11, 1e9}) {
            final double reach = Math.min(radius, 100);
            final Disk disk = new Disk(W, H, radius);
            for (final double share : new double[] {0, 0.02, 0.5, 0.97, 1}) {
                final byte[] mask = random(3, share);
                assertArrayEquals(slowly(mask, reach, 1), disk.dilate(mask), radius + " dilates " + share);
                assertArrayEquals(slowly(mask, reach, 0), disk.erode(mask), radius + " erodes " + share);
            }
        }
    }

    @Test
    void closingAddsOpeningRemovesAndBothAreIdempotent() {
        final Disk disk = new Disk(W, H, 2.3);
        final byte[] mask = random(5, 0.6);
        final byte[] closed = disk.close(mask);
        final byte[] opened = disk.open(mask);
        for (int i = 0; i < mask.length; i++) {
            assertTrue(closed[i] >= mask[i] && mask[i] >= opened[i]);
        }
        assertFalse(Arrays.equals(closed, opened));
        assertArrayEquals(closed, disk.close(closed));
        assertArrayEquals(opened, disk.open(opened));
    }

    @Test
    void partsAreThoseOfAFloodFill() {
        for (final boolean diagonal : new boolean[] {true, false}) {
            for (final double share : new double[] {0, 0.3, 0.45, 0.6, 1}) {
                final byte[] mask = random(11, share);
                final int[] flood = flood(mask, diagonal);
                final Components parts = Components.of(mask, 1, W, H, diagonal);
                assertEquals(Arrays.stream(flood).max().orElse(0), parts.count());
                for (int p = 0; p < parts.count(); p++) {
                    final int part = p;
                    final byte[] painted = new byte[mask.length];
                    parts.paint(q -> q == part, painted, 1);
                    final byte[] expected = new byte[mask.length];
                    int area = 0;
                    for (int i = 0; i < mask.length; i++) {
                        expected[i] = (byte) (flood[i] == p + 1 ? 1 : 0);
                        area += expected[i];
                    }
                    assertArrayEquals(expected, painted);
                    assertEquals(area, parts.area(p));
                }
            }
        }
    }

    /** Numbers from 1 in the order of their first pixels. */
    private static int[] flood(final byte[] mask, final boolean diagonal) {
        final int[] label = new int[mask.length];
        int count = 0;
        for (int start = 0; start < mask.length; start++) {
            if (mask[start] == 0 || label[start] != 0) {
                continue;
            }
            final Deque<Integer> open = new ArrayDeque<>();
            open.add(start);
            label[start] = ++count;
            while (!open.isEmpty()) {
                final int i = open.pop();
                for (int k = 0; k < 9; k++) {
                    final int dx = k % 3 - 1;
                    final int dy = k / 3 - 1;
                    final int x = i % W + dx;
                    final int y = i / W + dy;
                    final boolean inside = x >= 0 && y >= 0 && x < W && y < H && (diagonal || dx * dy == 0);
                    if (inside && mask[y * W + x] != 0 && label[y * W + x] == 0) {
                        label[y * W + x] = count;
                        open.push(y * W + x);
                    }
                }
            }
        }
        return label;
    }

    @Test
    void boxesAndBorders() {
        final byte[] mask = new byte[W * H];
        Arrays.fill(mask, 3 * W + 4, 3 * W + 9, (byte) 1);
        mask[4 * W + 9] = 1;
        mask[H * W - 1] = 1;
        final Components parts = Components.of(mask, 1, W, H, true);
        assertEquals(2, parts.count());
        assertEquals(6, parts.boxWidth(0));
        assertEquals(2, parts.boxHeight(0));
        assertFalse(parts.touchesBorder(0));
        assertTrue(parts.touchesBorder(1));
    }

    @Test
    void theFilteredMaskIsTheThresholdedMedian() {
        final SeededRandom random = new SeededRandom(9);
        final byte[] values = new byte[W * H];
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) random.nextInt(256);
        }
        final int[] medians = new int[values.length];
        final long[] histogram = new long[256];
        for (int i = 0; i < values.length; i++) {
            medians[i] = median(values, i % W, i / W);
            histogram[medians[i]]++;
        }
        assertArrayEquals(histogram, MedianFilter.histogram(values, W, H, 1));
        for (final int threshold : new int[] {0, 90, 128, 140, 255}) {
            final byte[] mask = new byte[values.length];
            final byte[] expected = new byte[values.length];
            for (int i = 0; i < values.length; i++) {
                mask[i] = (byte) ((values[i] & 0xff) >= threshold ? 1 : 0);
                expected[i] = (byte) (medians[i] >= threshold ? 1 : 0);
            }
            assertArrayEquals(expected, MedianFilter.of(mask, W, H));
        }
    }

    private static int median(final byte[] values, final int x, final int y) {
        final int[] window = IntStream.range(0, 49)
                .filter(k -> x + k % 7 - 3 >= 0 && x + k % 7 - 3 < W && y + k / 7 - 3 >= 0 && y + k / 7 - 3 < H)
                .map(k -> values[(y + k / 7 - 3) * W + x + k % 7 - 3] & 0xff)
                .sorted()
                .toArray();
        return window[(window.length - 1) / 2];
    }

    @Test
    void otsuSeparatesTwoHeaps() {
        final long[] histogram = new long[256];
        histogram[10] = 5;
        histogram[11] = 5;
        histogram[50] = 3;
        histogram[60] = 3;
        assertEquals(12, Otsu.threshold(histogram), "the first threshold above the lower heap");
        assertEquals(0, Otsu.threshold(new long[256]));
    }
}
