package org.selfdiff.stages.classification;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.selfdiff.nn.LinearClassifier;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.weights.NamedWeights;
import org.selfdiff.weights.Weight;

/**
 * A linear map of embeddings to classes, fitted by {@link LogisticRegression}.
 *
 * @param weight for each class a number for each of the embedding's
 * @param bias for each class
 * @param multiLabel whether each class is judged by itself
 */
record LinearProbe(float[][] weight, float[] bias, boolean multiLabel) {

    /**
     * Fits a probe: a softmax over three and more classes, one sigmoid for two (that of the second), a sigmoid for each of
     * several labels.
     */
    static LinearProbe fit(
            final List<float[]> embeddings, final Labels labels, final ProbeSettings settings, final RunControl control)
            throws RunFailed, RunCancelled {
        final int classes = labels.classes().size();
        final Labels.ClassWeights weights = labels.weights(settings.balanced());
        final double[][] map = new double[classes][embeddings.get(0).length];
        final double[] bias = new double[classes];
        if (!labels.multiLabel() && classes > 2) {
            final double[][] y = new double[labels.count()][classes];
            final double[] counts = new double[y.length];
            for (int i = 0; i < y.length; i++) {
                y[i][labels.of(i)] = 1;
                counts[i] = weights.present()[labels.of(i)];
            }
            final LogisticRegression.Fit fit = LogisticRegression.fit(
                    embeddings, y, counts, settings.strength(), settings.standardised(), control);
            return of(fit.weight(), fit.bias(), false);
        }
        for (int k = labels.multiLabel() ? 0 : 1; k < classes; k++) {
            final double[][] y = new double[labels.count()][1];
            final double[] counts = new double[y.length];
            for (int i = 0; i < y.length; i++) {
                final boolean is = labels.rows().get(i)[k];
                y[i][0] = is ? 1 : 0;
                counts[i] =
                        is ? weights.present()[k] : labels.multiLabel() ? weights.absent()[k] : weights.present()[0];
            }
            final LogisticRegression.Fit fit = LogisticRegression.fit(
                    embeddings,
                    y,
                    counts,
                    settings.strength(),
                    settings.standardised(),
                    control.part((double) k / classes, (k + 1.0) / classes));
            map[k] = fit.weight()[0];
            bias[k] = fit.bias()[0];
        }
        return of(map, bias, labels.multiLabel());
    }

    private static LinearProbe of(final double[][] map, final double[] bias, final boolean multiLabel) {
        final float[][] weight = new float[map.length][map[0].length];
        final float[] added = new float[bias.length];
        for (int k = 0; k < map.length; k++) {
            for (int j = 0; j < map[k].length; j++) {
                weight[k][j] = (float) map[k][j];
            }
            added[k] = (float) bias[k];
        }
        return new LinearProbe(weight, added, multiLabel);
    }

    /** Probabilities of the classes. */
    double[] probabilities(final float[] embedding) {
        final double[] logits = new double[bias.length];
        for (int k = 0; k < logits.length; k++) {
            logits[k] = bias[k];
            for (int j = 0; j < embedding.length; j++) {
                logits[k] += (double) weight[k][j] * embedding[j];
            }
        }
        return ClassifierScript.probabilities(logits, multiLabel);
    }

    LinearClassifier network() {
        return new LinearClassifier(weight[0].length, weight.length);
    }

    /** As a model file holds it. */
    NamedWeights weights() {
        final int width = weight[0].length;
        final float[] all = new float[weight.length * width];
        for (int k = 0; k < weight.length; k++) {
            System.arraycopy(weight[k], 0, all, k * width, width);
        }
        final Map<String, Weight> named = new LinkedHashMap<>();
        named.put(LinearClassifier.WEIGHT, new Weight(new long[] {weight.length, width}, all));
        named.put(LinearClassifier.BIAS, new Weight(new long[] {weight.length}, bias));
        return new NamedWeights(named);
    }

    /** From a model file. */
    static LinearProbe of(final LinearClassifier network, final NamedWeights weights, final boolean multiLabel) {
        final float[] all = weights.weights().get(LinearClassifier.WEIGHT).values();
        final float[][] weight = new float[network.outputs()][];
        for (int k = 0; k < weight.length; k++) {
            weight[k] = Arrays.copyOfRange(all, k * network.width(), (k + 1) * network.width());
        }
        return new LinearProbe(
                weight, weights.weights().get(LinearClassifier.BIAS).values(), multiLabel);
    }
}
