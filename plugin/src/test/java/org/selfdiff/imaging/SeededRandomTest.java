package org.selfdiff.imaging;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SeededRandomTest {

    @Test
    void theSequenceIsSplitMix64FromTheMixedKey() {
        // independent: the JDK's SplittableRandom(seed) adds the same golden gamma and uses the same finisher, except
        // that its default finisher is Stafford's variant 13, which is this one
        final long start = SeededRandom.mix(42, 7);
        final java.util.SplittableRandom reference = new java.util.SplittableRandom(start);
        final SeededRandom random = new SeededRandom(42, 7);
        for (int i = 0; i < 100; i++) {
            assertEquals(reference.nextLong(), random.nextLong());
        }
    }

    @Test
    void keysAreTellingInEveryPartAndInTheirOrder() {
        assertNotEquals(SeededRandom.mix(1, 2), SeededRandom.mix(2, 1));
        assertNotEquals(SeededRandom.mix(0), SeededRandom.mix(0, 0));
        assertNotEquals(SeededRandom.mix("ab"), SeededRandom.mix("ba"));
    }

    @Test
    void gaussiansHaveTheMomentsOfTheNormalDistribution() {
        final SeededRandom random = new SeededRandom(3);
        final int n = 200_000;
        final double[] moments = new double[4];
        for (int i = 0; i < n; i++) {
            final double g = random.gaussian();
            for (int k = 0; k < 4; k++) {
                moments[k] += Math.pow(g, k + 1) / n;
            }
        }
        assertEquals(0, moments[0], 4 / Math.sqrt(n));
        assertEquals(1, moments[1], 4 * Math.sqrt(2.0 / n));
        assertEquals(0, moments[2], 4 * Math.sqrt(15.0 / n));
        assertEquals(3, moments[3], 4 * Math.sqrt(96.0 / n));
    }

    @Test
    void allOrdersOfThreeAreAlikeAndEachHoldsAll() {
        final int[] seen = new int[27];
        for (int key = 0; key < 6000; key++) {
            final int[] order = new SeededRandom(key).permutation(3);
            seen[9 * order[0] + 3 * order[1] + order[2]]++;
            Arrays.sort(order);
            assertArrayEquals(new int[] {0, 1, 2}, order);
        }
        for (final int code : new int[] {5, 7, 11, 15, 19, 21}) {
            assertEquals(1000, seen[code], 4 * Math.sqrt(1000 * 5 / 6.0));
        }
    }

    @Test
    void boundedNumbersReachAllValuesAlike() {
        final SeededRandom random = new SeededRandom(5);
        final int[] seen = new int[7];
        for (int i = 0; i < 70_000; i++) {
            seen[random.nextInt(7)]++;
        }
        for (final int count : seen) {
            assertEquals(10_000, count, 4 * Math.sqrt(10_000 * 6 / 7.0));
        }
    }
}
