package org.selfdiff.stages.diffusion;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.selfdiff.data.EncodedBy;
import org.selfdiff.imaging.SeededRandom;
import org.selfdiff.model.ModelTask;
import org.selfdiff.model.Standardisation;
import org.selfdiff.run.RunFailed;
import org.selfdiff.tensors.Philox;

/** The embeddings of tiles as a network in training is told them: standardised, and now and then left out. */
final class ToldTiles {
    private final PretrainDiffusion.Conditions told;

    private final Standardisation standardisation;

    private final long seed;

    private ToldTiles(final PretrainDiffusion.Conditions told, final long seed) {
        this.told = told;
        this.standardisation = Standardisation.of(told.embeddings().rows());
        this.seed = SeededRandom.mix(seed, SeededRandom.mix("dropout"));
    }

    /**
     * What a network is told; empty for nothing.
     *
     * @throws RunFailed where it is not what the network is for, or not one for each tile
     */
    static Optional<ToldTiles> of(final PretrainDiffusion.Request request) throws RunFailed {
        final int width = request.network().contextWidth();
        if (request.conditions().isEmpty() != (width == 0)) {
            throw new RunFailed(
                    width == 0
                            ? "The network cannot be told anything"
                            : "The network is told embeddings of " + width + " numbers, and there are none",
                    "column of embeddings",
                    "Choose a column of embeddings together with a network for them, or neither.");
        }
        if (request.conditions().isEmpty()) {
            return Optional.empty();
        }
        final PretrainDiffusion.Conditions told = request.conditions().get();
        if (told.embeddings().width() != width
                || told.embeddings().count() != request.tiles().size()) {
            throw new RunFailed(
                    told.embeddings().count() + " embeddings of "
                            + told.embeddings().width() + " numbers for "
                            + request.tiles().size() + " tiles and a network for " + width,
                    "column of embeddings",
                    "Embed every tile with one encoder.");
        }
        if (!(told.dropout() >= 0 && told.dropout() < 1)) {
            throw new RunFailed(
                    "The share without condition is " + told.dropout(),
                    "setting \"condition dropout\"",
                    "Choose 0 to below 1, usually 0.1.");
        }
        return Optional.of(new ToldTiles(told, request.seed()));
    }

    /** As it stands in the model's card. */
    ModelTask.Condition condition() {
        final Optional<EncodedBy> by = told.embeddings().encodedBy();
        return new ModelTask.Condition(
                by.map(EncodedBy::encoder).orElse("unnamed encoder"),
                by.map(EncodedBy::fingerprint).orElse(""),
                told.embeddings().width(),
                Optional.of(standardisation));
    }

    /** What decides the training, for the identity of checkpoints. */
    Map<String, String> settings() {
        long hash = 1;
        for (final float[] row : told.embeddings().rows()) {
            hash = SeededRandom.mix(hash, Arrays.hashCode(row));
        }
        return Map.of(
                "encoder", told.embeddings().encodedBy().map(EncodedBy::shown).orElse("unnamed encoder"),
                "embeddings", Long.toHexString(hash),
                "conditionDropout", Double.toString(told.dropout()),
                "condition", "standardised");
    }

    /**
     * The embeddings of a batch, zeros for those that are shown without.
     *
     * @param rows tiles of the batch
     * @param step which share is left out is a function of it
     */
    float[] context(final int[] rows, final long step) {
        final int width = told.embeddings().width();
        final float[] draws = new float[rows.length];
        Philox.uniforms(seed, step, draws);
        final float[] context = new float[rows.length * width];
        for (int i = 0; i < rows.length; i++) {
            if (draws[i] >= told.dropout()) {
                standardisation.apply(told.embeddings().rows().get(rows[i]), context, i * width);
            }
        }
        return context;
    }

    /** Rows to draw from: tiles spread evenly over the list. */
    ToldRows spread(final int count) {
        final List<float[]> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(told.embeddings().rows().get((int)
                    ((long) i * told.embeddings().count() / count)));
        }
        return new ToldRows(rows, Optional.of(standardisation), 1);
    }
}
