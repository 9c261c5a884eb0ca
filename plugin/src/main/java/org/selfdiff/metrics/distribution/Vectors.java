package org.selfdiff.metrics.distribution;

/** Some vectors of one width, wherever their numbers lie. */
interface Vectors {
    /** How many. */
    int count();

    /** Numbers of each. */
    int width();

    /** Copies numbers {@code from} to {@code from + length - 1} of a vector. */
    void read(int index, int from, int length, double[] to, int offset);

    /** Vectors that are the rows of a matrix. */
    static Vectors rows(final double[] matrix, final int count, final int width) {
        return new Vectors() {
            @Override
            public int count() {
                return count;
            }

            @Override
            public int width() {
                return width;
            }

            @Override
            public void read(final int index, final int from, final int length, final double[] to, final int offset) {
                System.arraycopy(matrix, index * width + from, to, offset, length);
            }
        };
    }
}
