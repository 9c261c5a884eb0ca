package org.selfdiff.diffusion;

/** Where a few time-steps lie among those of the training (Lin et al., arXiv 2305.08891, table 2). */
public enum TimestepSpacing {
    /** Whole multiples of {@code steps / count} from 0 on, so that the noisiest time-steps are left out. */
    LEADING {
        @Override
        double[] places(final int count, final int steps, final int offset) {
            final double[] places = new double[count];
            for (int i = 0; i < count; i++) {
                places[i] = (double) (count - 1 - i) * (steps / count) + offset;
            }
            return places;
        }
    },

    /** Counted back from the noisiest time-step. */
    TRAILING {
        @Override
        double[] places(final int count, final int steps, final int offset) {
            final double[] places = new double[count];
            for (int i = 0; i < count; i++) {
                places[i] = Math.rint(steps - i * ((double) steps / count)) - 1;
            }
            return places;
        }
    },

    /** Evenly from the noisiest to the first, both included. */
    LINSPACE {
        @Override
        double[] places(final int count, final int steps, final int offset) {
            final double[] places = new double[count];
            final double stride = (steps - 1.0) / Math.max(1, count - 1);
            for (int i = 0; i < count; i++) {
                places[i] = (count - 1 - i) * stride;
            }
            places[0] = steps - 1.0;
            return places;
        }
    };

    /**
     * The time-steps, noisiest first; those of {@link #LINSPACE} are not rounded.
     *
     * @param count how many
     * @param steps of the training
     * @param offset added by {@link #LEADING} ({@code steps_offset} of diffusers, 1 for Stable Diffusion)
     */
    abstract double[] places(int count, int steps, int offset);

    /** Those of multistep solvers: the last point of {@code count + 1} is the clean picture, unless counted back. */
    double[] multistep(final int count, final int steps, final int offset) {
        final double[] places = new double[count];
        System.arraycopy(places(this == TRAILING ? count : count + 1, steps, offset), 0, places, 0, count);
        for (int i = 0; i < count; i++) {
            places[i] = Math.rint(places[i]);
        }
        return places;
    }
}
