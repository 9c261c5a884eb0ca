package org.selfdiff.imaging.tissue;

import java.util.Arrays;
import java.util.List;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;

/**
 * Follows the strokes of a pen over tissue. Where a stroke lies on glass its ink is known for sure; over tissue it is
 * looked for by {@link InkOdds}, and found where likely pixels hang together with a stroke and are no wider than it (a
 * hysteresis after Canny 1986), or where they make a stroke that is far more likely ink than tissue, as those of a dry pen
 * do that touch no other. Without a sure stroke there is nothing to follow, so that a slide without pens keeps all
 * of its tissue.
 */
final class InkTrail {
    /** Odds from which on a pixel can be ink: a little better than even, as unknown colours are judged even. */
    private static final double LIKELY = 0.1;

    /** Over tissue a stroke may be so many times as wide as on glass: strokes cross and run beside each other. */
    private static final double WIDER = 2.2;

    /** Ink that is so many times half of a stroke's width from tissue lies on glass. */
    private static final double SURE = 1.6;

    /** Tissue that is so many times half of a stroke's width from all sure ink is taken as free of it at first. */
    private static final double AWAY = 3;

    /** Mean odds of what is ink though it does not hang together with a mark. */
    private static final double ALONE = 1;

    /** As many pixels of ink on glass are needed to know it. */
    private static final int ENOUGH = 60;

    /** The tissue is learnt anew without what was found. */
    private static final int ROUNDS = 3;

    /** Less than this, in tenths of the densities of all channels together, is no film of ink. */
    private static final int FILM = 8;

    private final int width;

    private final int height;

    /** Pixels that the pale edge of a stroke is wide. */
    private final double margin;

    private final short[] bins;

    private final byte[] seen;

    InkTrail(final int width, final int height, final double margin, final short[] bins, final byte[] seen) {
        this.width = width;
        this.height = height;
        this.margin = margin;
        this.bins = bins;
        this.seen = seen;
    }

    /**
     * Follows strokes, each kind of ink for itself.
     *
     * @param marks 1 where ink is sure, a mask for each kind
     * @param least pixels of the smallest part that counts
     * @return 1 where there is ink: the marks, and what was found beyond them
     */
    byte[] follow(final List<byte[]> marks, final int least, final RunControl control) throws RunCancelled {
        byte[] all = new byte[seen.length];
        for (final byte[] kind : marks) {
            all = union(all, kind);
        }
        for (final byte[] kind : marks) {
            all = union(all, follow(kind, all, least, control));
        }
        return all;
    }

    private byte[] follow(final byte[] marks, final byte[] others, final int least, final RunControl control)
            throws RunCancelled {
        final double half = StrokeWidth.of(marks, width, height).half();
        final Disk edge = new Disk(width, height, margin);
        final byte[] wide = edge.dilate(marks);
        control.checkCancelled();
        final int[] clean = count(seen, new Disk(width, height, AWAY * half + margin).dilate(others), 0);
        control.checkCancelled();
        final InkOdds ink = new InkOdds(ink(marks, wide, edge.dilate(others), clean, half));
        byte[] trail = new byte[marks.length];
        for (int round = 0; round < ROUNDS; round++) {
            control.checkCancelled();
            final byte[] known = edge.dilate(union(others, trail));
            final float[] odds = ink.within(count(seen, known, 0), clean);
            control.checkCancelled();
            trail = strokes(odds, wide, half, least);
        }
        return trail;
    }

    /** How often each colour occurs where a mask is 1 and another has a value. */
    private int[] count(final byte[] mask, final byte[] other, final int value) {
        final int[] out = new int[DensityBins.COUNT];
        for (int i = 0; i < mask.length; i++) {
            if (mask[i] != 0 && other[i] == value) {
                out[bins[i]]++;
            }
        }
        return out;
    }

    /** What is no wider than a stroke, and all that is sure. */
    private byte[] narrow(final byte[] likely, final byte[] wide, final double half) {
        final byte[] all = union(likely, wide);
        final byte[] blobs = new Disk(width, height, WIDER * half + margin).open(all);
        for (int i = 0; i < all.length; i++) {
            all[i] = wide[i] != 0 || blobs[i] == 0 ? all[i] : 0;
        }
        return all;
    }

    /**
     * Colours of the ink on glass: so far from tissue that the middle of a stroke over it would be nearer.
     *
     * @param wide the marks with their edges
     * @param known all marks with their edges
     * @param clean colours of the tissue away from ink
     */
    private int[] ink(final byte[] marks, final byte[] wide, final byte[] known, final int[] clean, final double half) {
        final byte[] tissue = seen.clone();
        for (int i = 0; i < tissue.length; i++) {
            tissue[i] = known[i] != 0 ? 0 : tissue[i];
        }
        final byte[] near = new Disk(width, height, SURE * half + margin).dilate(tissue);
        final int[] bare = told(count(marks, near, 0));
        return Arrays.stream(bare).sum() >= ENOUGH ? bare : beyond(clean, told(count(wide, wide, 1)));
    }

    /** Without the colours that are too dark to be told. */
    private static int[] told(final int[] counts) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] = DensityBins.isFull(i) ? 0 : counts[i];
        }
        return counts;
    }

    /** Colours of ink where all of it lies on tissue: what it has more than tissue has on the average. */
    private static int[] beyond(final int[] tissue, final int[] inked) {
        final int usual = DensityBins.mean(tissue);
        final int[] out = new int[inked.length];
        for (int i = 0; i < out.length; i++) {
            final int more = DensityBins.difference(i, usual);
            out[more] += DensityBins.total(more) >= FILM ? inked[i] : 0;
        }
        return out;
    }

    private byte[] likely(final float[] odds) {
        final byte[] mask = new byte[seen.length];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = (byte) (seen[i] != 0 && odds[bins[i]] > LIKELY ? 1 : 0);
        }
        return MedianFilter.of(mask, width, height);
    }

    /** Likely pixels that hang together with marks, or alone are far more likely ink than not. */
    private byte[] strokes(final float[] odds, final byte[] wide, final double half, final int least) {
        final byte[] likely = likely(odds);
        final Components parts = Components.of(narrow(likely, wide, half), 1, width, height, true);
        final int[] sure = parts.count(wide);
        final int[] hundredths = new int[likely.length];
        for (int i = 0; i < hundredths.length; i++) {
            hundredths[i] = likely[i] != 0 ? Math.round(100 * odds[bins[i]]) : 0;
        }
        final long[] sums = parts.sum(hundredths);
        final byte[] trail = new byte[likely.length];
        parts.paint(
                p -> parts.area(p) - sure[p] >= least && (sure[p] > 0 || sums[p] >= 100 * ALONE * parts.area(p)),
                trail,
                1);
        for (int i = 0; i < trail.length; i++) {
            trail[i] &= likely[i];
        }
        return trail;
    }

    private static byte[] union(final byte[] a, final byte[] b) {
        final byte[] out = a.clone();
        for (int i = 0; i < out.length; i++) {
            out[i] |= b[i];
        }
        return out;
    }
}
