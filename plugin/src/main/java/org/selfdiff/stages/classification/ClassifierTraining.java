package org.selfdiff.stages.classification;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.selfdiff.data.Augmentation;
import org.selfdiff.data.Batch;
import org.selfdiff.data.BatchSettings;
import org.selfdiff.data.BatchUpload;
import org.selfdiff.data.PictureCache;
import org.selfdiff.data.Tile;
import org.selfdiff.data.TileBatches;
import org.selfdiff.nn.InitialWeights;
import org.selfdiff.nn.cnn.ResidualClassifier;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.compute.BatchFeed;
import org.selfdiff.stages.compute.TileFingerprint;
import org.selfdiff.stages.compute.TileInput;
import org.selfdiff.stages.compute.TrainNetwork;
import org.selfdiff.tensors.Tensor;
import org.selfdiff.tensors.TensorScope;
import org.selfdiff.train.LossValidation;
import org.selfdiff.train.Trainer;
import org.selfdiff.train.TrainingPlan;
import org.selfdiff.train.Validation;

/**
 * One training of a network on pictures and their classes.
 *
 * @param stage who trains, for provenance
 * @param training what is trained on
 * @param validation what the training is judged by; empty for nothing
 * @param network sizes
 * @param settings how it is trained
 * @param seed of weights, order and augmentation
 * @param checkpoints folder for checkpoints; empty for none
 */
record ClassifierTraining(
        String stage,
        LabelledTiles training,
        LabelledTiles validation,
        ResidualClassifier network,
        ClassifierSettings settings,
        long seed,
        Optional<Path> checkpoints) {

    /**
     * Trains.
     *
     * @param finish what is done with the result while the device is held
     */
    <R> R run(final PictureCache cache, final RunControl control, final TrainNetwork.Finish<R> finish)
            throws RunFailed, RunCancelled {
        final TrainingPlan plan = settings.plan().checked();
        final TileBatches batches = new TileBatches(training.tiles(), batches(settings.augmentation()), cache);
        TileInput.requireFit(batches, network.channels(), 1);
        final Labels.ClassWeights weights = training.labels().weights(settings.balanced());
        final List<Tile> all = new ArrayList<>(training.tiles());
        all.addAll(validation.tiles());
        final String data = TileFingerprint.of(all, false, control);
        try (BatchUpload upload = new BatchUpload(batches(settings.augmentation()));
                BatchUpload plain = new BatchUpload(batches(Augmentation.none()))) {
            return TrainNetwork.run(
                    new TrainNetwork.Task(
                            new TrainNetwork.Identity(stage, "classification", "pictures", identity(), data, List.of()),
                            plan,
                            Optional.empty(),
                            batches.size(),
                            InitialWeights.draw(network, seed),
                            Trainer.Untrained.none(),
                            type -> ClassifierScript.methods(
                                    network, training.labels().multiLabel(), type),
                            new BatchFeed<>(batches::batch, new Answers(training, weights, upload)::tensors),
                            validation.tiles().isEmpty()
                                    ? Optional.empty()
                                    : Optional.of(judge(cache, new Answers(validation, weights, plain))),
                            settings.device(),
                            checkpoints),
                    control,
                    finish);
        }
    }

    private BatchSettings batches(final Augmentation augmentation) {
        return BatchSettings.pictures(settings.plan().batchSize(), seed, augmentation)
                .withChannels(network.channels());
    }

    private Map<String, String> identity() {
        final Map<String, String> identity = new TreeMap<>();
        identity.put("network", network.toJson().toString());
        identity.put("classes", String.join(", ", training.labels().classes()));
        identity.put("multiLabel", Boolean.toString(training.labels().multiLabel()));
        identity.put("labels", training.labels().fingerprint());
        identity.put("labelsHeldOut", validation.labels().fingerprint());
        identity.put("augmentation", settings.augmentation().toString());
        identity.put("balanced", Boolean.toString(settings.balanced()));
        identity.put("seed", Long.toString(seed));
        return identity;
    }

    private Validation judge(final PictureCache cache, final Answers answers) throws RunFailed {
        final TileBatches batches = new TileBatches(validation.tiles(), batches(Augmentation.none()), cache);
        final int atOnce = settings.plan().batchSize();
        return new LossValidation() {
            @Override
            public int batches() {
                return (batches.size() + atOnce - 1) / atOnce;
            }

            @Override
            public double share(final int batch) {
                return (double) Math.min(atOnce, batches.size() - batch * atOnce) / batches.size();
            }

            @Override
            public List<Tensor> inputs(final int batch, final TensorScope scope, final RunControl control)
                    throws RunFailed, RunCancelled {
                return answers.tensors(batches.inOrder(batch * atOnce, atOnce, control), scope);
            }
        };
    }

    /** Puts the classes of the pictures of a batch beside them. */
    private static final class Answers {
        private final Map<Tile, Integer> rows = new IdentityHashMap<>();

        private final Labels labels;

        private final Labels.ClassWeights weights;

        private final BatchUpload upload;

        Answers(final LabelledTiles tiles, final Labels.ClassWeights weights, final BatchUpload upload) {
            for (int i = 0; i < tiles.tiles().size(); i++) {
                rows.put(tiles.tiles().get(i), i);
            }
            labels = tiles.labels();
            this.weights = weights;
            this.upload = upload;
        }

        List<Tensor> tensors(final Batch batch, final TensorScope scope) throws RunFailed {
            final int classes = labels.classes().size();
            final float[] is = new float[batch.count() * classes];
            final float[] counts = new float[is.length];
            for (int i = 0; i < batch.count(); i++) {
                final boolean[] row = labels.rows().get(rows.get(batch.tiles().get(i)));
                for (int k = 0; k < classes; k++) {
                    is[i * classes + k] = row[k] ? 1 : 0;
                    counts[i * classes + k] = (float) (row[k] ? weights.present()[k] : weights.absent()[k]);
                }
            }
            return List.of(
                    upload.tensors(batch, scope).get(0),
                    scope.floats(is, batch.count(), classes),
                    scope.floats(counts, batch.count(), classes));
        }
    }
}
