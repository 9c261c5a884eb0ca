package org.selfdiff.stages.classification;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.selfdiff.data.Embeddings;
import org.selfdiff.data.EncodedBy;
import org.selfdiff.model.ModelCard;
import org.selfdiff.model.ModelFile;
import org.selfdiff.model.ModelInput;
import org.selfdiff.model.ModelTask;
import org.selfdiff.run.Provenance;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.compute.Setting;

/** Fits a linear probe: a logistic regression on embeddings. */
public final class FitLinearProbe {
    private static final String STAGE = "FitLinearProbe";

    private FitLinearProbe() {}

    /**
     * Embeddings and the true classes of their rows.
     *
     * @param embeddings all of one encoder
     * @param labels one row for each
     */
    public record LabelledEmbeddings(Embeddings embeddings, Labels labels) {

        /** Checks that they belong together. */
        public LabelledEmbeddings {
            if (embeddings.count() != labels.count()) {
                throw new IllegalArgumentException(embeddings.count() + " and " + labels.count() + " rows");
            }
        }
    }

    /**
     * What is asked for.
     *
     * @param real embeddings of real tiles
     * @param synthetic embeddings of synthetic ones that are fitted to, too; empty for none
     * @param ratio synthetic rows for each real one; 0 for all there are
     * @param heldOut whether each real row is left out; empty if none is
     * @param settings of the fit
     * @param seed of the choice of synthetic rows
     * @param modelFile where the model goes; it appears there whole or not at all
     */
    public record Request(
            LabelledEmbeddings real,
            Optional<LabelledEmbeddings> synthetic,
            double ratio,
            Optional<List<Boolean>> heldOut,
            ProbeSettings settings,
            long seed,
            Path modelFile) {}

    /**
     * Runs the stage.
     *
     * @return the model's card, as it stands in the file
     * @throws RunFailed when a setting, the labels or the embeddings do not do
     * @throws RunCancelled when the user stops it; no model is left
     */
    public static ModelCard run(final Request request, final RunControl control) throws RunFailed, RunCancelled {
        Setting.check("synthetic tiles for each real one", request.ratio, 0, 1e6);
        request.settings.checked();
        request.real.labels.requireLearnable("table of tiles");
        final Embeddings real = request.real.embeddings;
        requireSame(real, request.synthetic);
        final TrainingRows rows = TrainingRows.choose(
                request.real.labels,
                List.of(),
                new HeldOut(0, Optional.of(request.heldOut.orElseGet(() -> request.real.labels.rows().stream()
                        .map(row -> false)
                        .toList()))),
                request.synthetic.map(s -> s.labels.count()).orElse(0),
                request.ratio,
                request.seed);
        final List<float[]> x = new ArrayList<>();
        rows.training().forEach(i -> x.add(real.rows().get(i)));
        Labels labels = request.real.labels.at(rows.training());
        labels.requireLearnable("table of tiles, without what is held out");
        if (request.synthetic.isPresent()) {
            final LabelledEmbeddings synthetic = request.synthetic.get();
            rows.synthetic().forEach(i -> x.add(synthetic.embeddings.rows().get(i)));
            labels = labels.and(synthetic.labels.at(rows.synthetic()));
        }
        final LinearProbe probe = LinearProbe.fit(x, labels, request.settings, control);
        final ModelCard card = card(request, rows, labels, probe);
        ModelFile.write(request.modelFile, card, probe.weights());
        return card;
    }

    private static void requireSame(final Embeddings real, final Optional<LabelledEmbeddings> synthetic)
            throws RunFailed {
        if (synthetic.isEmpty() || synthetic.get().embeddings.count() == 0) {
            return;
        }
        final Embeddings other = synthetic.get().embeddings;
        final Optional<EncodedBy> one = real.encodedBy();
        if (other.width() != real.width()
                || one.isPresent()
                        && other.encodedBy().isPresent()
                        && !one.get().same(other.encodedBy().get())) {
            throw new RunFailed(
                    "The synthetic tiles are embedded by another encoder than the real ones",
                    "table of synthetic tiles",
                    "Embed both with the same encoder.");
        }
    }

    private static ModelCard card(
            final Request request, final TrainingRows rows, final Labels labels, final LinearProbe probe) {
        final Optional<EncodedBy> by = request.real.embeddings.encodedBy();
        final Map<String, String> settings = new TreeMap<>();
        settings.put("strength", Double.toString(request.settings.strength()));
        settings.put("standardised", Boolean.toString(request.settings.standardised()));
        settings.put("balanced", Boolean.toString(request.settings.balanced()));
        settings.put("classes", String.join(", ", labels.classes()));
        settings.put("ratio", Double.toString(request.ratio));
        settings.put("seed", Long.toString(request.seed));
        final JsonObject noted = new JsonObject();
        noted.addProperty("realTiles", rows.training().size());
        noted.addProperty("heldOutTiles", rows.validation().size());
        noted.addProperty("syntheticTiles", rows.synthetic().size());
        return new ModelCard(
                new ModelTask.Classification(labels.modelClasses(), labels.multiLabel()),
                probe.network().toJson(),
                new ModelInput.Features(
                        probe.network().width(),
                        by.map(EncodedBy::encoder).orElse("unnamed encoder"),
                        by.map(EncodedBy::fingerprint).orElse("")),
                noted,
                new Provenance(STAGE, labels.fingerprint(), settings, "", Map.of(), List.of()));
    }
}
