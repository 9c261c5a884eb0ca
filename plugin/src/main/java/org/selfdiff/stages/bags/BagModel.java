package org.selfdiff.stages.bags;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.selfdiff.metrics.classification.Temperature;
import org.selfdiff.model.ModelCard;
import org.selfdiff.model.ModelTask;
import org.selfdiff.model.ModelTask.Bags.Target;
import org.selfdiff.nn.mil.MilSpec;
import org.selfdiff.run.RunFailed;
import org.selfdiff.weights.JsonFields;

/**
 * An ensemble of networks for bags, as the {@code architecture} of a card describes it.
 *
 * @param network sizes of each
 * @param unit what a bag is
 * @param scales how the numbers of each member are read
 * @param temperature what logits are divided by, so that probabilities are right on the held-out folds; 1 for none
 */
record BagModel(MilSpec network, BagUnit unit, List<AnswerScale> scales, double temperature) {

    /** Copies the list. */
    BagModel {
        scales = List.copyOf(scales);
    }

    /** Number of networks. */
    int members() {
        return scales.size();
    }

    /** What stands before a member's parameters in the file. */
    static String prefix(final int member) {
        return "member" + member + ".";
    }

    /** As the {@code architecture} of a card. */
    JsonObject toJson() {
        final JsonObject json = new JsonObject();
        json.addProperty("members", members());
        json.add("network", network.toJson());
        json.addProperty("bag", unit.name());
        json.addProperty("temperature", temperature);
        final JsonArray list = new JsonArray();
        for (final AnswerScale scale : scales) {
            final JsonArray pair = new JsonArray();
            pair.add(scale.shift());
            pair.add(scale.factor());
            list.add(pair);
        }
        json.add("scales", list);
        return json;
    }

    /**
     * Reads {@link #toJson()}'s form; what models of before did not have is taken as none.
     *
     * @param where the model's file, for messages
     * @throws RunFailed when it is not such a description
     */
    static BagModel of(final ModelCard card, final String where) throws RunFailed {
        final JsonFields json = JsonFields.of(card.architecture(), where, "architecture");
        final int members = json.integer("members", 1, 10_000);
        final MilSpec network = MilSpec.fromJson(json.object("network"), where);
        final BagUnit unit = json.has("bag") ? json.constant("bag", BagUnit.class) : BagUnit.SLIDE;
        final double temperature = json.has("temperature") ? json.number("temperature") : 1;
        final List<AnswerScale> scales = new ArrayList<>();
        if (json.has("scales")) {
            for (final JsonElement pair : json.array("scales")) {
                if (!(pair instanceof JsonArray two) || two.size() != 2) {
                    throw json.wrong("scales", "a list of pairs");
                }
                scales.add(new AnswerScale(two.get(0).getAsDouble(), two.get(1).getAsDouble()));
            }
        }
        while (!json.has("scales") && scales.size() < members) {
            scales.add(AnswerScale.NONE);
        }
        json.done();
        final Target target = ((ModelTask.Bags) card.task()).target();
        final int outputs = target == Target.CLASS || target == Target.LABELS
                ? card.classes().size()
                : 1;
        if (scales.size() != members || !(temperature > 0) || network.outputs() != outputs) {
            throw new RunFailed(
                    "The card speaks of " + members + " networks with " + network.outputs() + " outputs, "
                            + scales.size() + " scales and the temperature " + temperature,
                    where,
                    "Use the model as a MIL Learner wrote it.");
        }
        return new BagModel(network, unit, scales, temperature);
    }

    /**
     * What a member says: probabilities, a number or a risk.
     *
     * @param outputs the network's numbers
     * @param scale how they are read
     * @param temperature 1 for none
     */
    static double[] said(
            final Target target, final double[] outputs, final AnswerScale scale, final double temperature) {
        return switch (target) {
            case CLASS -> Temperature.softmax(outputs, 1 / temperature);
            case LABELS -> {
                final double[] p = new double[outputs.length];
                for (int k = 0; k < p.length; k++) {
                    p[k] = 1 / (1 + Math.exp(-outputs[k] / temperature));
                }
                yield p;
            }
            case REGRESSION, SURVIVAL -> new double[] {scale.of(outputs[0])};
        };
    }

    /** The mean of what several say. */
    static double[] mean(final List<double[]> each) {
        final double[] mean = new double[each.get(0).length];
        for (final double[] one : each) {
            for (int k = 0; k < mean.length; k++) {
                mean[k] += one[k] / each.size();
            }
        }
        return mean;
    }
}
