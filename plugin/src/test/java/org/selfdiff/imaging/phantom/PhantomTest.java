package org.selfdiff.imaging.phantom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;

class PhantomTest {
    private static final int SIDE = 128;

    /** CRC-32 of the first picture of 64 x 48 of seed 1. */
    private static final long GOLDEN = 1_757_422_110L;

    private static List<Phantom> set(final int count) throws Exception {
        final List<Phantom> set = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            set.add(Phantom.draw(SIDE, SIDE, 0.5, 11, i, RunControl.silent()));
        }
        return set;
    }

    private static int red(final Phantom phantom, final int pixel) {
        return phantom.picture().rgb()[3 * pixel] & 0xff;
    }

    @Test
    void mapsAgreeWithEachOtherAndWithTheCounts() throws Exception {
        for (final Phantom phantom : set(8)) {
            final Map<Integer, Integer> typeOf = new TreeMap<>();
            for (int i = 0; i < SIDE * SIDE; i++) {
                final int nucleus = phantom.nuclei().labels()[i];
                final int type = phantom.types().labels()[i];
                assertEquals(nucleus == 0, type == 0);
                if (nucleus > 0) {
                    assertEquals(typeOf.computeIfAbsent(nucleus, k -> type), type, "one kind for each nucleus");
                }
            }
            for (final NucleusType type : NucleusType.values()) {
                final long seen =
                        typeOf.values().stream().filter(t -> t == type.label()).count();
                assertEquals(phantom.counts().get(type).longValue(), seen);
            }
            assertEquals(typeOf.size(), phantom.nuclei().max(), "numbers without gaps");
        }
    }

    @Test
    void nucleiAreDarkerThanTheirSurroundings() throws Exception {
        for (final Phantom phantom : set(8)) {
            double in = 0;
            double out = 0;
            int nIn = 0;
            int nOut = 0;
            for (int i = 0; i < SIDE * SIDE; i++) {
                if (phantom.nuclei().labels()[i] > 0) {
                    in += red(phantom, i);
                    nIn++;
                } else {
                    out += red(phantom, i);
                    nOut++;
                }
            }
            assertTrue(in / nIn < out / nOut - 25, in / nIn + " and " + out / nOut);
        }
    }

    @Test
    void noThresholdOnColourFindsTheMaskButItIsNoNoiseEither() throws Exception {
        final List<Phantom> set = set(24);
        double best = 0;
        for (int threshold = 40; threshold < 240; threshold += 4) {
            long found = 0;
            long wrong = 0;
            long missed = 0;
            for (final Phantom phantom : set) {
                for (int i = 0; i < SIDE * SIDE; i++) {
                    final boolean dark = red(phantom, i) < threshold;
                    final boolean nucleus = phantom.nuclei().labels()[i] > 0;
                    found += dark && nucleus ? 1 : 0;
                    wrong += dark && !nucleus ? 1 : 0;
                    missed += !dark && nucleus ? 1 : 0;
                }
            }
            best = Math.max(best, 2.0 * found / (2 * found + wrong + missed));
        }
        assertTrue(best > 0.5 && best < 0.85, "Dice " + best);
    }

    @Test
    void theSetShowsAllScenesAndKindsAndStains() throws Exception {
        final Set<String> scenes = new HashSet<>();
        final int[] kinds = new int[3];
        double weakest = 9;
        double strongest = 0;
        for (final Phantom phantom : set(24)) {
            scenes.add(phantom.scene());
            phantom.counts().forEach((type, count) -> kinds[type.ordinal()] += count);
            weakest = Math.min(weakest, phantom.staining().eosin()[1]);
            strongest = Math.max(strongest, phantom.staining().eosin()[1]);
        }
        assertEquals(Set.of("glands", "stroma", "inflamed", "sheet"), scenes);
        for (final int kind : kinds) {
            assertTrue(kind > 50, "" + kind);
        }
        assertTrue(strongest / weakest > 1.4);
    }

    @Test
    void resolutionScalesTheNuclei() throws Exception {
        assertEquals(4, meanLymphocyte(0.25) / meanLymphocyte(0.5), 0.6);
        assertEquals(115, meanLymphocyte(0.5), 20, "5.3 to 6.9 pixels long, 0.85 to 1 as wide, some cut by the border");
    }

    private static double meanLymphocyte(final double mpp) throws Exception {
        double pixels = 0;
        int nuclei = 0;
        final int side = (int) (96 / mpp);
        for (int i = 0; i < 6; i++) {
            final Phantom phantom = Phantom.draw(side, side, mpp, 5, i, RunControl.silent());
            for (final int type : phantom.types().labels()) {
                pixels += type == NucleusType.LYMPHOCYTE.label() ? 1 : 0;
            }
            nuclei += phantom.counts().get(NucleusType.LYMPHOCYTE);
        }
        return pixels / nuclei;
    }

    @Test
    void thePictureIsTheSameOnEveryMachineAndInEveryVersion() throws Exception {
        final CRC32 crc = new CRC32();
        final Phantom phantom = Phantom.draw(64, 48, 0.5, 1, 0, RunControl.silent());
        crc.update(phantom.picture().rgb());
        assertEquals(GOLDEN, crc.getValue(), "a change of the phantom changes every example: say so in the change log");
        assertNotEquals(
                phantom.picture(),
                Phantom.draw(64, 48, 0.5, 1, 1, RunControl.silent()).picture());
        assertNotEquals(
                phantom.picture(),
                Phantom.draw(64, 48, 0.5, 2, 0, RunControl.silent()).picture());
    }

    @Test
    void sizesAreChecked() {
        assertThrows(IllegalArgumentException.class, () -> Phantom.draw(8, 64, 0.5, 1, 0, RunControl.silent()));
        assertThrows(IllegalArgumentException.class, () -> Phantom.draw(64, 64, 5, 1, 0, RunControl.silent()));
    }

    /** Every plane of the picture asks in every row, so that the time between two questions is that of a row. */
    @Test
    void drawingIsStoppedWhereverItIs() throws Exception {
        final int[] asked = {0};
        final int[] most = {Integer.MAX_VALUE};
        final RunControl control = new RunControl() {
            @Override
            public boolean isCancelled() {
                return ++asked[0] > most[0];
            }

            @Override
            public void progress(final double fraction, final String message) {
                throw new AssertionError(message);
            }

            @Override
            public void warn(final String message) {
                throw new AssertionError(message);
            }
        };
        assertEquals(
                Phantom.draw(SIDE, SIDE, 0.5, 11, 0, RunControl.silent()).picture(),
                Phantom.draw(SIDE, SIDE, 0.5, 11, 0, control).picture());
        final int all = asked[0];
        assertTrue(all > 30 * SIDE, "asked " + all + " times");
        for (int share = 0; share < 8; share++) {
            asked[0] = 0;
            most[0] = all * share / 8;
            assertThrows(RunCancelled.class, () -> Phantom.draw(SIDE, SIDE, 0.5, 11, 0, control));
            assertEquals(most[0] + 1, asked[0]);
        }
    }
}
