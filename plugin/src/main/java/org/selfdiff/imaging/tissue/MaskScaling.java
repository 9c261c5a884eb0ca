package org.selfdiff.imaging.tissue;

import org.selfdiff.imaging.LabelMap;

/** Brings a given mask to the size of an overview. */
final class MaskScaling {

    private MaskScaling() {}

    /** Codes of {@link TissueClass}; see {@link TissueMask#of(LabelMap, String, int, int, double)}. */
    static byte[] to(final LabelMap mask, final int width, final int height) {
        final int[] columns = targets(mask.width(), width);
        final int[] rows = targets(mask.height(), height);
        final int[] balance = new int[width * height];
        final boolean[] met = new boolean[width * height];
        for (int y = 0; y < mask.height(); y++) {
            for (int x = 0; x < mask.width(); x++) {
                final int to = rows[y] * width + columns[x];
                balance[to] += mask.label(x, y) != 0 ? 1 : -1;
                met[to] = true;
            }
        }
        final int[] sourceColumns = targets(width, mask.width());
        final int[] sourceRows = targets(height, mask.height());
        final byte[] out = new byte[width * height];
        for (int i = 0; i < out.length; i++) {
            final boolean tissue =
                    met[i] ? balance[i] >= 0 : mask.label(sourceColumns[i % width], sourceRows[i / width]) != 0;
            out[i] = (tissue ? TissueClass.TISSUE : TissueClass.GLASS).code();
        }
        return out;
    }

    /** For every pixel of a line the pixel of another line that its centre lies in. */
    private static int[] targets(final int from, final int to) {
        final int[] out = new int[from];
        for (int i = 0; i < from; i++) {
            out[i] = (int) Math.min(to - 1.0, Math.floor((i + 0.5) * to / from));
        }
        return out;
    }
}
