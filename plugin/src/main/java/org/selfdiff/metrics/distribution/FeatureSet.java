package org.selfdiff.metrics.distribution;

import java.util.ArrayList;
import java.util.List;

/** Feature vectors of some pictures, held in 32 bits as encoders give them. */
public final class FeatureSet implements Vectors {
    private final int width;

    private final List<float[]> rows = new ArrayList<>();

    /** An empty set of vectors of this width. */
    public FeatureSet(final int width) {
        if (width < 1) {
            throw new IllegalArgumentException("vectors of " + width + " numbers");
        }
        this.width = width;
    }

    /** Adds a vector; finite numbers. */
    public void add(final float[] vector) {
        if (vector.length != width) {
            throw new IllegalArgumentException(vector.length + " numbers in a set of " + width);
        }
        rows.add(vector);
    }

    @Override
    public int count() {
        return rows.size();
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public void read(final int index, final int from, final int length, final double[] to, final int offset) {
        final float[] row = rows.get(index);
        for (int k = 0; k < length; k++) {
            to[offset + k] = row[from + k];
        }
    }

    /** A vector, not a copy. */
    public float[] get(final int index) {
        return rows.get(index);
    }

    /** Some of them, which share their numbers with these. */
    public FeatureSet subset(final int[] indices) {
        final FeatureSet subset = new FeatureSet(width);
        for (final int i : indices) {
            subset.rows.add(rows.get(i));
        }
        return subset;
    }
}
