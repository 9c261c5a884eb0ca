package org.selfdiff.stages.classification;

import java.util.ArrayList;
import java.util.List;
import org.selfdiff.data.Augmentation;
import org.selfdiff.data.Batch;
import org.selfdiff.data.BatchSettings;
import org.selfdiff.data.BatchUpload;
import org.selfdiff.data.PictureCache;
import org.selfdiff.data.Prefetch;
import org.selfdiff.data.Tile;
import org.selfdiff.data.TileBatches;
import org.selfdiff.nn.cnn.ResidualClassifier;
import org.selfdiff.run.Pace;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.compute.ComputeSession;
import org.selfdiff.stages.compute.DeviceCalls;
import org.selfdiff.tensors.ScriptModule;
import org.selfdiff.tensors.Tensor;
import org.selfdiff.tensors.TensorScope;
import org.selfdiff.weights.NamedWeights;

/**
 * A trained network on its device. The CPU computes pictures one by one, so that no number depends on which others there
 * are.
 *
 * @param session the device
 * @param module the script, with the network's own method
 * @param network sizes
 * @param multiLabel whether a picture may be of several classes at once
 * @param batchSize pictures that a GPU computes at once
 */
record ClassifierOnDevice(
        ComputeSession session, ScriptModule module, ResidualClassifier network, boolean multiLabel, int batchSize) {
    private static final int AHEAD = 4;

    /** Probabilities of the classes for each tile. */
    List<double[]> probabilities(
            final NamedWeights weights, final List<Tile> tiles, final PictureCache cache, final RunControl control)
            throws RunFailed, RunCancelled {
        final int atOnce = session.device().isCpu() ? 1 : batchSize;
        final BatchSettings settings =
                BatchSettings.pictures(atOnce, 0, Augmentation.none()).withChannels(network.channels());
        final TileBatches batches = new TileBatches(tiles, settings, cache);
        final long count = batches.stepsPerEpoch();
        final List<double[]> all = new ArrayList<>();
        final Pace pace = new Pace("pictures", 0, tiles.size());
        try (BatchUpload upload = new BatchUpload(settings);
                TensorScope scope = session.scope().child();
                Prefetch<Batch> ahead = new Prefetch<>(
                        (step, c) -> batches.inOrder((int) step * atOnce, atOnce, c),
                        0,
                        count,
                        AHEAD,
                        Runtime.getRuntime().availableProcessors())) {
            final List<Tensor> parameters = DeviceCalls.upload(weights, scope);
            for (long step = 0; step < count; step++) {
                final Batch batch = ahead.next(control);
                all.addAll(DeviceCalls.call(
                        session, "classification", control, () -> batch(batch, upload, scope, parameters)));
                control.progress((double) all.size() / tiles.size(), pace.line(all.size()));
            }
        }
        return all;
    }

    private List<double[]> batch(
            final Batch batch, final BatchUpload upload, final TensorScope scope, final List<Tensor> parameters)
            throws RunFailed {
        try (TensorScope own = scope.child()) {
            final Tensor x = upload.tensors(batch, own).get(0);
            final float[] numbers = module.call(own, false, ResidualClassifier.CLASSIFY, x, parameters)
                    .get(0)
                    .toFloats();
            final List<double[]> rows = new ArrayList<>();
            for (int i = 0; i < batch.count(); i++) {
                final double[] logits = new double[network.outputs()];
                for (int k = 0; k < logits.length; k++) {
                    logits[k] = numbers[i * logits.length + k];
                }
                rows.add(ClassifierScript.probabilities(logits, multiLabel));
            }
            return rows;
        }
    }
}
