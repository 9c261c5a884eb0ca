package org.selfdiff.imaging.phantom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.selfdiff.run.RunControl;

class ChestPhantomTest {
    private static final int SIDE = 128;

    private static ChestPhantom draw(final ChestFinding finding, final int patient, final int picture)
            throws Exception {
        return ChestPhantom.draw(SIDE, finding, 1, 3, patient, picture, RunControl.silent());
    }

    /** The same picture without its finding differs where the mask says and nowhere else. */
    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void theFindingIsWhereTheMaskSays(final ChestFinding finding) throws Exception {
        for (int patient = 0; patient < 6; patient++) {
            final ChestPhantom with = draw(finding, patient, 0);
            final ChestPhantom without = draw(ChestFinding.NONE, patient, 0);
            int opacity = 0;
            int brighter = 0;
            for (int i = 0; i < SIDE * SIDE; i++) {
                final int label = with.mask().labels()[i];
                final int more = with.levels()[i] - without.levels()[i];
                assertEquals(label == 0 ? 0 : 1, without.mask().labels()[i], "lungs are the same");
                if (label < 2) {
                    assertEquals(0, more, "nothing else changes");
                } else {
                    opacity++;
                    brighter += more > 0 ? 1 : 0;
                }
            }
            assertTrue(opacity > 0 && brighter > 0.7 * opacity, finding + ": " + brighter + " of " + opacity);
        }
    }

    @Test
    void lungsAreDarkerThanWhatIsBesideThem() throws Exception {
        for (int patient = 0; patient < 10; patient++) {
            final ChestPhantom clear = draw(ChestFinding.NONE, patient, 0);
            double lung = 0;
            double middle = 0;
            int lungs = 0;
            int others = 0;
            for (int y = SIDE / 4; y < 3 * SIDE / 4; y++) {
                for (int x = SIDE / 4; x < 3 * SIDE / 4; x++) {
                    final int i = y * SIDE + x;
                    if (clear.mask().labels()[i] == 1) {
                        lung += clear.levels()[i];
                        lungs++;
                    } else {
                        middle += clear.levels()[i];
                        others++;
                    }
                }
            }
            final double share = (double) clear.mask().foreground().labels().length;
            assertTrue(lung / lungs < 0.6 * middle / others, lung / lungs + " " + middle / others);
            final long pixels =
                    Arrays.stream(clear.mask().labels()).filter(l -> l > 0).count();
            assertTrue(pixels > 0.2 * share && pixels < 0.5 * share, "lungs fill " + pixels / share);
        }
    }

    @Test
    void aPictureIsAFunctionOfSeedPatientAndNumber() throws Exception {
        final ChestPhantom one = ChestPhantom.draw(64, 0.5, 7, 2, 1, RunControl.silent());
        final ChestPhantom again = ChestPhantom.draw(64, 0.5, 7, 2, 1, RunControl.silent());
        assertArrayEquals(one.levels(), again.levels());
        assertEquals(one.mask(), again.mask());
        for (final ChestPhantom other : new ChestPhantom[] {
            ChestPhantom.draw(64, 0.5, 8, 2, 1, RunControl.silent()),
            ChestPhantom.draw(64, 0.5, 7, 3, 1, RunControl.silent()),
            ChestPhantom.draw(64, 0.5, 7, 2, 2, RunControl.silent())
        }) {
            assertFalse(Arrays.equals(one.levels(), other.levels()));
        }
        assertEquals(
                one.finding(),
                ChestPhantom.draw(64, 0.5, 7, 2, 9, RunControl.silent()).finding());
        assertNotEquals(
                one.mask(),
                ChestPhantom.draw(64, 0.5, 7, 2, 9, RunControl.silent()).mask());
    }

    @Test
    void findingsAreAsFrequentAsAskedFor() {
        final int patients = 6000;
        for (final double prevalence : new double[] {0, 0.3, 1}) {
            final Map<ChestFinding, Integer> counts = new EnumMap<>(ChestFinding.class);
            for (int patient = 0; patient < patients; patient++) {
                counts.merge(ChestFindings.usual(prevalence).of(5, patient), 1, Integer::sum);
            }
            // four standard deviations of a binomial share
            for (final ChestFinding finding : ChestFinding.values()) {
                final double p = finding == ChestFinding.NONE ? 1 - prevalence : prevalence / 3;
                assertEquals(
                        p, counts.getOrDefault(finding, 0) / (double) patients, 4 * Math.sqrt(p * (1 - p) / patients));
            }
        }
    }

    @Test
    void eightBitsAreTheLevelsRounded() throws Exception {
        final ChestPhantom phantom = draw(ChestFinding.NODULE, 1, 1);
        final byte[] bytes = phantom.bytes();
        int black = 0;
        for (int i = 0; i < bytes.length; i++) {
            assertTrue(phantom.levels()[i] >= 0 && phantom.levels()[i] <= ChestPhantom.WHITE);
            assertEquals(Math.round(phantom.levels()[i] * 255.0 / 4095), bytes[i] & 0xff);
            black += bytes[i] == 0 ? 1 : 0;
        }
        assertTrue(black < bytes.length / 2);
    }

    /** A stronger finding is no other finding: the same mask, and whiter where it is, also where its kind is chosen. */
    @Test
    void strengthMakesFindingsPlainer() throws Exception {
        final ChestPhantom usual = draw(ChestFinding.EFFUSION, 4, 0);
        final ChestPhantom strong = ChestPhantom.draw(SIDE, ChestFinding.EFFUSION, 2, 3, 4, 0, RunControl.silent());
        assertEquals(usual.mask(), strong.mask());
        long within = 0;
        for (int i = 0; i < usual.levels().length; i++) {
            final int more = strong.levels()[i] - usual.levels()[i];
            if (usual.mask().labels()[i] < 2) {
                assertEquals(0, more);
            } else {
                within += more;
            }
        }
        assertTrue(within > 0, "whiter by " + within);
        final ChestFindings effusions = new ChestFindings(List.of(ChestFinding.EFFUSION), 1, 1);
        assertEquals(ChestFinding.EFFUSION, effusions.of(1, 7));
    }
}
