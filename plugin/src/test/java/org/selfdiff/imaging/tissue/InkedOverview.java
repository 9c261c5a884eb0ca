package org.selfdiff.imaging.tissue;

import java.util.ArrayList;
import java.util.List;
import org.selfdiff.imaging.LabelMap;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.SeededRandom;
import org.selfdiff.imaging.phantom.PenColour;
import org.selfdiff.imaging.phantom.PenMark;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;

/**
 * An overview with pen marks over it, and what is truly under them: tissue is what is found on the clean overview.
 *
 * @param marked with ink
 * @param mpp micrometres a pixel
 * @param tissue found on the clean overview
 * @param ink 1 where a stroke covers the middle of a pixel
 */
record InkedOverview(Picture marked, double mpp, TissueMask tissue, byte[] ink) {
    /** Side of the tiles that are counted, in micrometres: 256 pixels at 0.5. */
    private static final double TILE_UM = 128;

    /** How far round ink tissue may be lost with it. */
    private static final double MARGIN_UM = 150;

    /**
     * Shares.
     *
     * @param inked tissue under ink, in pixels
     * @param found the part of it that does not count as tissue
     * @param clean tissue without ink and beyond its margin, in pixels
     * @param lost the part of it that does not count as tissue any more
     * @param tiles tiles of tissue of which ink covers more than a tenth
     * @param kept those that are still kept at half tissue
     */
    record Score(long inked, long found, long clean, long lost, int tiles, int kept) {
        static final Score NONE = new Score(0, 0, 0, 0, 0, 0);

        Score plus(final Score o) {
            return new Score(
                    inked + o.inked, found + o.found, clean + o.clean, lost + o.lost, tiles + o.tiles, kept + o.kept);
        }

        double foundShare() {
            return found / (double) inked;
        }

        double lostShare() {
            return lost / (double) clean;
        }
    }

    /** Marks of one colour over a picture: circles and arcs about its middle, drawn from a seed. */
    static InkedOverview of(
            final Picture clean, final double mpp, final int marks, final PenColour colour, final long seed) {
        final SeededRandom random = new SeededRandom(seed, colour.ordinal());
        final double shorter = Math.min(clean.width(), clean.height());
        final List<PenMark> pens = new ArrayList<>();
        for (int k = 0; k < marks; k++) {
            pens.add(PenMark.arc(
                    random,
                    colour,
                    clean.width() * random.between(0.2, 0.8),
                    clean.height() * random.between(0.2, 0.8),
                    shorter * random.between(0.2, 0.4),
                    random.between(3, 6.6),
                    random.between(150, 400) / mpp,
                    Math.max(2, 40 / mpp)));
        }
        return of(clean, mpp, pens);
    }

    static InkedOverview of(final Picture clean, final double mpp, final List<PenMark> pens) {
        Picture marked = clean;
        final byte[] ink = new byte[clean.width() * clean.height()];
        for (final PenMark pen : pens) {
            marked = pen.over(marked);
            final LabelMap mask = pen.mask(0, 0, clean.width(), clean.height(), 1);
            for (int i = 0; i < ink.length; i++) {
                ink[i] |= (byte) mask.labels()[i];
            }
        }
        return new InkedOverview(marked, mpp, find(clean, mpp), ink);
    }

    static TissueMask find(final Picture picture, final double mpp) {
        try {
            return TissueFinder.find(picture, mpp, TissueSettings.standard(), RunControl.silent());
        } catch (final RunCancelled e) {
            throw new AssertionError(e);
        }
    }

    TissueMask found() {
        return find(marked, mpp);
    }

    Score score(final TissueMask now) {
        final int w = marked.width();
        final byte[] near = new Disk(w, marked.height(), MARGIN_UM / mpp).dilate(ink);
        long inked = 0;
        long found = 0;
        long clean = 0;
        long lost = 0;
        for (int i = 0; i < ink.length; i++) {
            if (TissueClass.of(tissue.classes()[i]).counts()) {
                final boolean gone = !TissueClass.of(now.classes()[i]).counts();
                inked += ink[i];
                found += gone ? ink[i] : 0;
                clean += 1 - near[i];
                lost += gone ? 1 - near[i] : 0;
            }
        }
        final Score tiles = tiles(now);
        return new Score(inked, found, clean, lost, tiles.tiles, tiles.kept);
    }

    private Score tiles(final TissueMask now) {
        final int side = (int) Math.max(1, Math.round(TILE_UM / mpp));
        int tiles = 0;
        int kept = 0;
        for (int y = 0; y + side <= marked.height(); y += side) {
            for (int x = 0; x + side <= marked.width(); x += side) {
                int covered = 0;
                for (int k = 0; k < side * side; k++) {
                    covered += ink[(y + k / side) * marked.width() + x + k % side];
                }
                if (10 * covered > side * side && tissue.fraction(x, y, side, side) >= 0.5) {
                    tiles++;
                    kept += now.fraction(x, y, side, side) >= 0.5 ? 1 : 0;
                }
            }
        }
        return new Score(0, 0, 0, 0, tiles, kept);
    }
}
