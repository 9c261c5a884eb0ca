package org.selfdiff.stages.encoders;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.selfdiff.nn.ComputeType;
import org.selfdiff.nn.Initial;
import org.selfdiff.nn.InitialWeights;
import org.selfdiff.nn.Parameter;
import org.selfdiff.nn.ScriptOps;
import org.selfdiff.nn.vit.DinoHead;
import org.selfdiff.nn.vit.DinoNetwork;
import org.selfdiff.nn.vit.Vit;
import org.selfdiff.tensors.ScriptMethod;
import org.selfdiff.train.ParameterGroup;
import org.selfdiff.train.Schedule;
import org.selfdiff.train.Trainer;
import org.selfdiff.train.UpdateRule;
import org.selfdiff.weights.NamedWeights;
import org.selfdiff.weights.Weight;

/**
 * How DINO's network is trained, in its authors' way: weights, tokens and positions decay, vectors such as biases and
 * scales do not, and the last layer stands still at first.
 *
 * @param network the network of student and teacher
 * @param views large and small views of a picture together
 */
record DinoTraining(DinoNetwork network, int views) {
    /** The buffer with the centre of the teacher's outputs. */
    static final String CENTRE = "centre";

    /**
     * Deviation of the first weights of linear maps, for one input: DINO's own 0.02 at the 384 of its smallest
     * transformer. The same 0.02 in a narrow one would leave next to nothing of the picture in the class token.
     */
    private static final double LINEAR = 0.02 * Math.sqrt(384);

    /** Numbers that change over a training. */
    record Schedules(Schedule rate, Schedule decay, Schedule momentum) {}

    /** 0: decays, 1: does not, 2: the last layer. */
    private static int group(final Parameter parameter) {
        if (parameter.name().equals(DinoHead.LAST)) {
            return 2;
        }
        return parameter.shape().size() == 1 ? 1 : 0;
    }

    /** The parameters in the order of the script's list, group by group. */
    List<Parameter> parameters() {
        return network.parameters().stream()
                .sorted(Comparator.comparingInt(DinoTraining::group))
                .toList();
    }

    /** What they hold before training. */
    NamedWeights initial(final long seed) {
        final Map<String, Weight> weights = new LinkedHashMap<>();
        for (final Parameter parameter : parameters()) {
            final Parameter drawn =
                    new Parameter(parameter.name(), parameter.shape(), initial(parameter), Parameter.Role.TRAINED);
            weights.put(parameter.name(), new Weight(parameter.dimensions(), InitialWeights.draw(drawn, seed)));
        }
        return new NamedWeights(weights);
    }

    /** Linear maps start small and without biases, so that at first tokens decide what comes out, and not constants. */
    private static Initial initial(final Parameter parameter) {
        final boolean linear = parameter.initial() instanceof Initial.Uniform
                && !parameter.name().equals(DinoHead.LAST)
                && !parameter.name().startsWith(Vit.PATCHES);
        if (!linear) {
            return parameter.initial();
        }
        return parameter.shape().size() == 1
                ? Initial.zeros()
                : Initial.normal(LINEAR / Math.sqrt(parameter.shape().get(1)));
    }

    /** The centre of the teacher's outputs, at 0. */
    Trainer.Untrained untrained() {
        final int outputs = network.head().outputs();
        return new Trainer.Untrained(
                new NamedWeights(Map.of(CENTRE, new Weight(new long[] {1, outputs}, new float[outputs]))),
                new NamedWeights(Map.of()));
    }

    /** The centre after a training. */
    static float[] centre(final Trainer.Outcome outcome) {
        return outcome.buffers().weights().get(CENTRE).values();
    }

    /**
     * How a step changes the parameters; each gradient is clipped by its own norm.
     *
     * @param frozen steps during which the last layer stands still
     */
    UpdateRule rule(final Schedules schedules, final long frozen) {
        final List<List<String>> names = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        parameters().forEach(parameter -> names.get(group(parameter)).add(parameter.name()));
        return new UpdateRule(
                List.of(
                        new ParameterGroup(names.get(0), schedules.rate, schedules.decay),
                        new ParameterGroup(names.get(1), schedules.rate, Schedule.constant(0)),
                        new ParameterGroup(
                                names.get(2), step -> step < frozen ? 0 : schedules.rate.at(step), schedules.decay)),
                step -> 1 - schedules.momentum.at(step),
                true);
    }

    /** The scripts up to the loss; views large and small and the teacher's temperature go in. */
    List<ScriptMethod> methods(final ComputeType type) {
        final List<Parameter> parameters = parameters();
        final DinoLoss loss = new DinoLoss(views, network.head().outputs());
        return List.of(
                ScriptOps.method(DinoNetwork.LARGE, network.function(DinoNetwork.LARGE), parameters, type),
                ScriptOps.method(DinoNetwork.SMALL, network.function(DinoNetwork.SMALL), parameters, type),
                loss.distilled(),
                loss.trained(parameters.size()),
                TeacherWatch.said(parameters.size()));
    }
}
