package org.selfdiff.imaging.tissue;

import java.util.Arrays;
import java.util.List;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;

/**
 * Follows the strokes of a pen over tissue. Where a stroke lies on glass its ink is known for sure; over tissue it is
 * looked for by {@link InkOdds}, and found where likely pixels hang together with a stroke and are no wider than it (a
 * hysteresis after Canny 1986). Without a sure stroke there is nothing to follow, so that a slide without pens keeps all
 * of its tissue.
 */
final class InkTrail {
    /** Odds from which on a pixel can be ink: a little better than even, as unknown colours are judged even. */
    private static final double LIKELY = 0.1;

    /** Over tissue a stroke may be so many times as wide as on glass: strokes cross and run beside each other. */
    private static final double WIDER = 2.2;

    /** Ink that is so many times half of a stroke's width from tissue lies on glass. */
    private static final double SURE = 1.6;

    /** As many pixels of ink on glass are needed to know it. */
    private static final int ENOUGH = 60;

    /** The tissue is learnt anew without what was found. */
    private static final int ROUNDS = 3;

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
        final InkOdds ink = new InkOdds(ink(marks, edge.dilate(others), half));
        byte[] trail = new byte[marks.length];
        for (int round = 0; round < ROUNDS; round++) {
            control.checkCancelled();
            final byte[] known = edge.dilate(union(others, trail));
            final float[] odds = ink.within(count(seen, known, 0));
            control.checkCancelled();
            trail = strokes(likely(odds), wide, half, least);
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

    /** Colours of the ink on glass: so far from tissue that the middle of a stroke over it would be nearer. */
    private int[] ink(final byte[] marks, final byte[] wide, final double half) {
        final byte[] tissue = seen.clone();
        for (int i = 0; i < tissue.length; i++) {
            tissue[i] = wide[i] != 0 ? 0 : tissue[i];
        }
        final byte[] near = new Disk(width, height, SURE * half + margin).dilate(tissue);
        final int[] bare = count(marks, near, 0);
        return Arrays.stream(bare).sum() >= ENOUGH ? bare : beyond(tissue, count(marks, marks, 1));
    }

    /** Colours of ink where all of it lies on tissue: what it has more than tissue has on the average. */
    private int[] beyond(final byte[] tissue, final int[] inked) {
        final int usual = DensityBins.mean(count(tissue, tissue, 1));
        final int[] out = new int[inked.length];
        for (int i = 0; i < out.length; i++) {
            out[DensityBins.difference(i, usual)] += inked[i];
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

    private byte[] strokes(final byte[] likely, final byte[] wide, final double half, final int least) {
        final byte[] all = union(likely, wide);
        final byte[] blobs = new Disk(width, height, WIDER * half + margin).open(all);
        for (int i = 0; i < all.length; i++) {
            all[i] = wide[i] != 0 || blobs[i] == 0 ? all[i] : 0;
        }
        final Components parts = Components.of(all, 1, width, height, true);
        final int[] sure = parts.count(wide);
        final byte[] trail = new byte[all.length];
        parts.paint(p -> sure[p] > 0 && parts.area(p) - sure[p] >= least, trail, 1);
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
