package org.selfdiff.stages.encoders;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.selfdiff.model.ModelCard;
import org.selfdiff.model.ModelFile;
import org.selfdiff.model.foreign.ForeignModel;
import org.selfdiff.model.foreign.Hints;
import org.selfdiff.model.foreign.Normalisation;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;

/**
 * Makes a model of ours of a file: of a model that was written before a copy, of weights that others made a new one, once
 * it is clear whose they are.
 */
public final class ReadModel {
    private static final int NAMED = 20;

    private ReadModel() {}

    /**
     * What is asked for; all but the file is for weights of others.
     *
     * @param file the file
     * @param hints what names and shapes cannot tell
     * @param name of an encoder; blank takes what was found
     * @param normalisation of pixels; empty takes what is usual
     */
    public record Request(Path file, Hints hints, String name, Optional<Normalisation> normalisation) {}

    /**
     * What came of it.
     *
     * @param card the model's card
     * @param findings what was found, by what it is about, in order
     */
    public record Result(ModelCard card, Map<String, String> findings) {}

    /**
     * Looks at names and shapes alone: what the model will be.
     *
     * @throws RunFailed when the file is neither a model nor weights of a network that is known
     */
    public static ModelCard look(final Request request) throws RunFailed {
        return ModelFile.isModel(request.file)
                ? ModelFile.readCard(request.file)
                : foreign(request).card();
    }

    /**
     * Runs the stage.
     *
     * @param model where the model goes
     * @throws RunFailed as {@link #look}, and when the file is damaged, holds values that are no numbers, or the model
     *     cannot be written
     */
    public static Result run(final Request request, final Path model, final RunControl control)
            throws RunFailed, RunCancelled {
        final Map<String, String> findings = new LinkedHashMap<>();
        findings.put("File", request.file.toString());
        if (ModelFile.isModel(request.file)) {
            control.progress(0, "copying " + request.file);
            final ModelCard card = ModelFile.copy(request.file, model);
            findings.put("Found", "model of SelfDiff: " + card.summary());
            findings.put("Made by", card.provenance().stage());
            return new Result(card, findings);
        }
        final ForeignModel found = foreign(request);
        control.progress(0, found.recognised().words());
        found.write(model, control);
        findings.put("Found", found.recognised().words());
        findings.put("Fed with", found.card().input().describe());
        final Normalisation usual = found.recognised().normalisation();
        findings.put("Normalisation", numbers(request.normalisation.orElse(usual)));
        final List<String> left = found.recognised().leftOut();
        findings.put("Tensors left out", Integer.toString(left.size()));
        if (!left.isEmpty()) {
            findings.put(
                    "Left out",
                    String.join(", ", left.subList(0, Math.min(NAMED, left.size())))
                            + (left.size() > NAMED ? " and " + (left.size() - NAMED) + " more" : ""));
        }
        return new Result(found.card(), findings);
    }

    private static ForeignModel foreign(final Request request) throws RunFailed {
        return ForeignModel.open(request.file, request.hints, request.name, request.normalisation);
    }

    private static String numbers(final Normalisation normalisation) {
        return String.format(Locale.ROOT, "mean %s, deviation %s", normalisation.mean(), normalisation.deviation());
    }
}
