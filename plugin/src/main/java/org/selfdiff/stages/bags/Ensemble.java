package org.selfdiff.stages.bags;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.selfdiff.imaging.draw.Colours;
import org.selfdiff.metrics.classification.Temperature;
import org.selfdiff.model.ModelCard;
import org.selfdiff.model.ModelClass;
import org.selfdiff.model.ModelTask;
import org.selfdiff.model.ModelTask.Bags.Target;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.compute.TrainNetwork;
import org.selfdiff.train.CheckpointFile;
import org.selfdiff.train.LossLog;
import org.selfdiff.weights.NamedWeights;
import org.selfdiff.weights.Weight;

/** The networks that were trained so far, and what they say of the bags that they never saw. */
final class Ensemble {
    /** Temperatures beyond this, and below its inverse, come from too few slides to be believed. */
    private static final double MOST_TEMPERATURE = 10;

    private final LearnBags.Request request;

    private final Map<String, Weight> weights = new LinkedHashMap<>();

    private final List<AnswerScale> scales = new ArrayList<>();

    private final List<List<double[]>> outputs = new ArrayList<>();

    private final List<List<double[]>> said = new ArrayList<>();

    private final List<LossLog> logs = new ArrayList<>();

    private final List<CheckpointFile> states = new ArrayList<>();

    private TrainNetwork.Trained last;

    Ensemble(final LearnBags.Request request) {
        this.request = request;
        request.bags().forEach(bag -> {
            outputs.add(new ArrayList<>());
            said.add(new ArrayList<>());
        });
    }

    void add(final MemberTraining member, final TrainNetwork.Trained trained, final RunControl control)
            throws RunFailed, RunCancelled {
        final MemberTraining.Answers answers = member.answers(trained, control);
        for (int i = 0; i < member.own().length; i++) {
            final double[] one = answers.answers().get(i);
            outputs.get(member.own()[i]).add(one);
            said.get(member.own()[i]).add(BagModel.said(request.targets().kind(), one, answers.scale(), 1));
        }
        final String prefix = BagModel.prefix(scales.size());
        MemberTraining.whole(trained).weights().forEach((name, w) -> weights.put(prefix + name, w));
        scales.add(answers.scale());
        logs.add(trained.outcome().log());
        trained.state().ifPresent(states::add);
        last = trained;
    }

    NamedWeights weights() {
        return new NamedWeights(weights);
    }

    List<LossLog> logs() {
        return logs;
    }

    /** Deletes the saved states of the networks, once the model is written. */
    void deleteStates() {
        states.forEach(CheckpointFile::delete);
    }

    /** What the networks of its fold say of each bag, mean over them. */
    List<double[]> predictions() {
        return said.stream().map(BagModel::mean).toList();
    }

    ModelCard card() {
        final BagModel model = new BagModel(request.network(), request.unit(), scales, temperature());
        return new ModelCard(
                new ModelTask.Bags(
                        request.targets().kind(), classes(request.targets().names())),
                model.toJson(),
                request.input(),
                last.training(),
                last.provenance());
    }

    /** By all networks and the bags that they never saw; 1 where these tell nothing. */
    private double temperature() {
        final List<double[]> logits = new ArrayList<>();
        final List<Integer> truth = new ArrayList<>();
        for (int i = 0; i < outputs.size(); i++) {
            for (final double[] one : outputs.get(i)) {
                if (request.targets().kind() == Target.CLASS) {
                    logits.add(one);
                    truth.add(request.targets().label(i));
                } else if (request.targets().kind() == Target.LABELS) {
                    for (int k = 0; k < one.length; k++) {
                        logits.add(new double[] {0, one[k]});
                        truth.add(request.targets().positive(i, k) ? 1 : 0);
                    }
                }
            }
        }
        if (logits.isEmpty()) {
            return 1;
        }
        final double best = Temperature.optimum(
                truth.stream().mapToInt(Integer::intValue).toArray(), logits.toArray(double[][]::new));
        return best == 0 ? 1 : Math.max(1 / MOST_TEMPERATURE, Math.min(MOST_TEMPERATURE, best));
    }

    private static List<ModelClass> classes(final List<String> names) {
        final List<ModelClass> classes = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            classes.add(new ModelClass(names.get(i), i == 0 ? 0 : Colours.ofClass(i)));
        }
        return classes;
    }
}
