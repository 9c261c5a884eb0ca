package org.selfdiff.stages.classification;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.selfdiff.data.Embeddings;
import org.selfdiff.data.EncodedBy;
import org.selfdiff.data.PictureCache;
import org.selfdiff.data.Tile;
import org.selfdiff.engine.DeviceChoice;
import org.selfdiff.model.Model;
import org.selfdiff.model.ModelInput;
import org.selfdiff.model.ModelTask;
import org.selfdiff.nn.LinearClassifier;
import org.selfdiff.nn.cnn.ResidualClassifier;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.compute.ComputeSession;
import org.selfdiff.stages.compute.SlideStain;
import org.selfdiff.tensors.ScriptModule;
import org.selfdiff.train.Precision;

/** Classifies tiles by their pixels or by their embeddings, whichever the model was made for. */
public final class PredictTileClasses {
    /** The node that makes such models. */
    public static final String MAKER = "Tile Classifier Learner";

    private static final String STAGE = "PredictTileClasses";

    private PredictTileClasses() {}

    /** What the model is shown. */
    public sealed interface Shown {
        /**
         * Pixels.
         *
         * @param tiles of the size that the model was trained on
         */
        record Pictures(List<Tile> tiles) implements Shown {}

        /**
         * Embeddings.
         *
         * @param embeddings of the encoder that the model was fitted to
         */
        record Vectors(Embeddings embeddings) implements Shown {}
    }

    /**
     * What is asked for.
     *
     * @param model of {@link LearnTileClassifier} or {@link FitLinearProbe}
     * @param shown rows to classify
     * @param batchSize pictures that a GPU computes at once
     * @param device where a network runs
     */
    public record Request(Path model, Shown shown, int batchSize, DeviceChoice device) {}

    /**
     * Runs the stage.
     *
     * @return for each row the probabilities of the model's classes, in its order
     * @throws RunFailed when the model, a row or the device does not do
     * @throws RunCancelled when the user stops it
     */
    public static List<double[]> run(final Request request, final RunControl control) throws RunFailed, RunCancelled {
        final Model model = Model.open(request.model, ModelTask.Classification.class, MAKER);
        final ModelTask.Classification task =
                (ModelTask.Classification) model.card().task();
        if (model.card().input() instanceof ModelInput.Features features) {
            if (!(request.shown instanceof Shown.Vectors vectors)) {
                throw new RunFailed(
                        "The model takes " + features.describe() + ", and is shown pictures",
                        request.model.toString(),
                        "Embed the tiles.");
            }
            return byEmbedding(model, features, task, vectors.embeddings, control);
        }
        if (!(request.shown instanceof Shown.Pictures pictures)) {
            throw new RunFailed(
                    "The model takes pictures, and is shown embeddings", request.model.toString(), "Show it tiles.");
        }
        return byPixels(request, model, task, pictures.tiles, control);
    }

    private static List<double[]> byEmbedding(
            final Model model,
            final ModelInput.Features input,
            final ModelTask.Classification task,
            final Embeddings embeddings,
            final RunControl control)
            throws RunFailed, RunCancelled {
        final LinearClassifier network = LinearClassifier.fromJson(
                model.card().architecture(), model.file().toString());
        requireOutputs(model, network.outputs());
        final EncodedBy fitted = new EncodedBy(input.encoder(), input.fingerprint(), input.width());
        final boolean other = embeddings.count() > 0 && embeddings.width() != network.width()
                || embeddings.encodedBy().isPresent()
                        && !input.fingerprint().isEmpty()
                        && !fitted.same(embeddings.encodedBy().get());
        if (other || network.width() != input.width()) {
            throw new RunFailed(
                    "The embeddings are made by "
                            + embeddings
                                    .encodedBy()
                                    .map(EncodedBy::shown)
                                    .orElse("an unnamed encoder (" + embeddings.width() + " numbers)")
                            + ", the model was fitted to those of " + fitted.shown(),
                    "column of embeddings",
                    "Embed the tiles with the encoder that the model was fitted to.");
        }
        final LinearProbe probe = LinearProbe.of(network, model.weights(network), task.multiLabel());
        final List<double[]> all = new ArrayList<>();
        for (final float[] row : embeddings.rows()) {
            control.checkCancelled();
            all.add(probe.probabilities(row));
        }
        return all;
    }

    private static List<double[]> byPixels(
            final Request request,
            final Model model,
            final ModelTask.Classification task,
            final List<Tile> tiles,
            final RunControl control)
            throws RunFailed, RunCancelled {
        final ResidualClassifier network = ResidualClassifier.fromJson(
                model.card().architecture(), model.file().toString());
        requireOutputs(model, network.outputs());
        final ModelInput.Pixels input = model.card().pixels(model.file().toString());
        for (int i = 0; i < tiles.size(); i++) {
            if (tiles.get(i).width() != input.side() || tiles.get(i).height() != input.side()) {
                throw new RunFailed(
                        "The tile has " + tiles.get(i).width() + " x "
                                + tiles.get(i).height() + " pixels, the model was trained on " + input.side() + " x "
                                + input.side(),
                        "row " + (i + 1) + ", " + tiles.get(i).place(),
                        "Cut tiles of that size.");
            }
        }
        if (tiles.isEmpty()) {
            return List.of();
        }
        if (SlideStain.noted(model.card(), model.file()).isPresent()
                && tiles.stream().anyMatch(tile -> tile.stain().isEmpty())) {
            control.warn("The model was trained on tiles that were brought to one look, and is shown tiles as they were"
                    + " scanned. Put a Stain Normalizer with the same target before.");
        }
        try (ComputeSession session = ComputeSession.open(request.device, Precision.FP32, STAGE, control);
                ScriptModule module = session.compile(List.of(ClassifierScript.classify(network, session.type())));
                PictureCache cache = PictureCache.standard()) {
            return new ClassifierOnDevice(session, module, network, task.multiLabel(), request.batchSize)
                    .probabilities(model.weights(network), tiles, cache, control);
        }
    }

    private static void requireOutputs(final Model model, final int outputs) throws RunFailed {
        if (outputs != model.card().classes().size()) {
            throw new RunFailed(
                    "The model names " + model.card().classes().size() + " classes and its network tells apart "
                            + outputs,
                    model.file().toString(),
                    "Use the model of a " + MAKER + ".");
        }
    }
}
