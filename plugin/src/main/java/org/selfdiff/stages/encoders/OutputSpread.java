package org.selfdiff.stages.encoders;

/**
 * How the teacher's outputs, as probabilities, spread over tiles. Both ways in which self-distillation collapses, one
 * output for everything and all outputs alike, leave no information.
 *
 * @param entropy mean entropy of a tile's probabilities, in nats; at most the logarithm of the number of outputs
 * @param information what the outputs say about which tile it is, in nats: the entropy of the mean probabilities less the
 *     mean entropy; 0 when the same is said of every tile
 */
public record OutputSpread(double entropy, double information) {

    /** Gathers the probabilities of one tile after another. */
    static final class Sum {
        private double[] mean = new double[0];

        private double entropies;

        private int count;

        /** Adds a tile's, which sum to 1. */
        void add(final float[] probabilities) {
            if (count == 0) {
                mean = new double[probabilities.length];
            }
            final double[] p = new double[probabilities.length];
            for (int k = 0; k < p.length; k++) {
                p[k] = probabilities[k];
                mean[k] += p[k];
            }
            entropies += entropy(p, 1);
            count++;
        }

        OutputSpread spread() {
            final double entropy = entropies / count;
            return new OutputSpread(entropy, Math.max(0, entropy(mean, count) - entropy));
        }

        private static double entropy(final double[] p, final int times) {
            double entropy = 0;
            for (final double value : p) {
                final double share = value / times;
                entropy -= share > 0 ? share * Math.log(share) : 0;
            }
            return entropy;
        }
    }
}
