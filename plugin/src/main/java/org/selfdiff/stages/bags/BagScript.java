package org.selfdiff.stages.bags;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.selfdiff.nn.ComputeType;
import org.selfdiff.nn.Parameter;
import org.selfdiff.nn.ScriptOps;
import org.selfdiff.nn.mil.MilNetwork;
import org.selfdiff.nn.mil.MilSpec;
import org.selfdiff.tensors.ScriptMethod;
import org.selfdiff.tensors.ScriptModule;
import org.selfdiff.tensors.Tensor;
import org.selfdiff.tensors.TensorScope;
import org.selfdiff.train.StepScript;
import org.selfdiff.train.loss.InstanceLoss;

/** Scripts of networks for bags, and their answers. The bags of a step differ in size, so that each goes through by itself. */
final class BagScript {
    /** The method {@code (x, p, e) -> answers (bags, outputs)} of the same inputs as the loss. */
    static final String ANSWERS = "answers";

    /** Targets at the front of {@code x}. */
    private static final int TARGETS = 2;

    /** Tensors of a bag, which follow one bag after the other. */
    private static final int OF_A_BAG = 3;

    private static final String ANSWERS_SOURCE =
            """
            def answers(self: __torch__.Net,
                x: List[Tensor],
                p: List[Tensor],
                e: List[Tensor]) -> Tensor:
              all = annotate(List[Tensor], [])
              for i in range(torch.floordiv(torch.sub(torch.len(x), %1$d), %2$d)):
                k = torch.add(torch.mul(i, %2$d), %1$d)
                out = self.classify(x[k], x[torch.add(k, 1)], x[torch.add(k, 2)], p)
                torch.append(all, out[0])
              return torch.cat(all, 0)
            """;

    private static final String LOSS =
            """
            def loss(self: __torch__.Net,
                x: List[Tensor],
                p: List[Tensor],
                e: List[Tensor]) -> Tensor:
              answers = self.answers(x, p, e)
            %s  return losses
            """;

    /** The bag's loss and the tiles' by their shares; {@code x[0]} are classes, {@code x[1]} their weights. */
    private static final String WITH_INSTANCES =
            """
            def loss(self: __torch__.Net,
                x: List[Tensor],
                p: List[Tensor],
                e: List[Tensor]) -> Tensor:
              all = annotate(List[Tensor], [])
              tiles = annotate(List[Tensor], [])
              for i in range(torch.floordiv(torch.sub(torch.len(x), %1$d), %2$d)):
                k = torch.add(torch.mul(i, %2$d), %1$d)
                out = self.show(x[k], x[torch.add(k, 1)], x[torch.add(k, 2)], p)
                torch.append(all, out[0])
                own = torch.slice(x[0], 0, i, torch.add(i, 1), 1)
                torch.append(tiles, self.instance_loss(out[1], out[2], own))
              answers = torch.cat(all, 0)
            %3$s  shown = torch.mul(torch.cat(tiles, 0), x[1])
              return torch.add(torch.mul(losses, %4$s), torch.mul(shown, %5$s))
            """;

    /** Half the bag's loss, half that of the largest answers of tiles. */
    private static final String WITH_LARGEST =
            """
            def loss(self: __torch__.Net,
                x: List[Tensor],
                p: List[Tensor],
                e: List[Tensor]) -> Tensor:
              all = annotate(List[Tensor], [])
              most = annotate(List[Tensor], [])
              for i in range(torch.floordiv(torch.sub(torch.len(x), %1$d), %2$d)):
                k = torch.add(torch.mul(i, %2$d), %1$d)
                out = self.show(x[k], x[torch.add(k, 1)], x[torch.add(k, 2)], p)
                torch.append(all, out[0])
                torch.append(most, out[2])
              answers = torch.cat(all, 0)
            %3$s  bag = losses
              answers = torch.cat(most, 0)
            %3$s  return torch.mul(torch.add(bag, losses), 0.5)
            """;

    /**
     * The mean distance of tiles follows what is seen in training, bag by bag (Welford), with the slide's token at (0, 0);
     * all layers and heads see the same places, as published.
     */
    private static final String WITH_DISTANCES =
            """
            def loss(self: __torch__.Net,
                x: List[Tensor],
                p: List[Tensor],
                e: List[Tensor]) -> Tensor:
              for i in range(torch.floordiv(torch.sub(torch.len(x), %1$d), %2$d)):
                places = torch.transpose(x[torch.add(torch.mul(i, %2$d), %5$d)], 0, 1)
                slide = torch.zeros_like(torch.slice(places, 1, 0, 1))
                tiles = torch.cat([slide, places], 1)
                seen = torch.mean(torch.cdist(tiles, tiles, 2., 2))
            %3$s  answers = self.answers(x, p, e)
            %4$s  return losses
            """;

    private BagScript() {}

    static List<ScriptMethod> methods(final MilSpec spec, final ComputeType type) {
        return List.of(ScriptOps.method(new MilNetwork(spec), MilNetwork.CLASSIFY, type));
    }

    /**
     * With the loss of a training.
     *
     * @param losses as {@link BagObjective#losses}
     */
    static List<ScriptMethod> methods(final MilSpec spec, final ComputeType type, final String losses) {
        final MilNetwork network = new MilNetwork(spec);
        final List<ScriptMethod> methods = new ArrayList<>(methods(spec, type));
        methods.add(new ScriptMethod(ANSWERS, String.format(Locale.ROOT, ANSWERS_SOURCE, TARGETS, OF_A_BAG)));
        final String lines = losses.indent(2);
        if (spec.learnsFromInstances()) {
            final MilSpec.Instances i = spec.instances();
            methods.add(ScriptOps.method(network, MilNetwork.SHOW, type));
            methods.addAll(new InstanceLoss(spec.outputs(), i.tiles(), i.subtyping(), i.smoothSvm()).methods());
            methods.add(new ScriptMethod(
                    StepScript.LOSS,
                    String.format(Locale.ROOT, WITH_INSTANCES, TARGETS, OF_A_BAG, lines, i.share(), 1 - i.share())));
        } else if (spec.method() == MilSpec.Method.DSMIL) {
            methods.add(ScriptOps.method(network, MilNetwork.SHOW, type));
            methods.add(new ScriptMethod(
                    StepScript.LOSS, String.format(Locale.ROOT, WITH_LARGEST, TARGETS, OF_A_BAG, lines)));
        } else if (spec.method() == MilSpec.Method.STAMP) {
            methods.add(new ScriptMethod(
                    StepScript.LOSS,
                    String.format(
                            Locale.ROOT, WITH_DISTANCES, TARGETS, OF_A_BAG, follow(network), lines, TARGETS + 2)));
        } else {
            methods.add(new ScriptMethod(StepScript.LOSS, String.format(Locale.ROOT, LOSS, lines)));
        }
        return methods;
    }

    /** Lines that bring the mean distances nearer to what is seen, and count it. */
    private static String follow(final MilNetwork network) {
        final List<String> names =
                network.parameters().stream().map(Parameter::name).toList();
        final int count = names.indexOf(MilNetwork.ITEMS);
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < names.size(); i++) {
            if (network.parameters().get(i).role() == Parameter.Role.BUFFER && i != count) {
                text.append(String.format(
                        Locale.ROOT, "torch.add_(p[%1$d], torch.div(torch.sub(seen, p[%1$d]), p[%2$d]))\n", i, count));
            }
        }
        return text.append("torch.add_(p[")
                .append(count)
                .append("], 1)\n")
                .toString()
                .indent(4);
    }

    /** The tensors of a bag. */
    static List<Tensor> inputs(final Bag.Regions regions, final int width, final TensorScope scope) {
        return List.of(
                scope.floats(regions.features(), regions.regions(), regions.cells(), width),
                scope.floats(regions.seen(), regions.regions(), 1, 1, 1 + regions.cells()),
                scope.floats(regions.places(), regions.regions(), regions.cells(), 2));
    }

    /**
     * What a network says of a bag.
     *
     * @param outputs its numbers
     * @param regions attention to regions, summing to 1
     * @param tiles attention to the tiles of each cell, summing to 1; 0 for empty cells
     */
    record Answer(double[] outputs, double[] regions, double[] tiles) {}

    /** Asks a network. */
    static Answer ask(
            final ScriptModule module,
            final TensorScope scope,
            final List<Tensor> parameters,
            final Bag.Regions regions,
            final int width) {
        try (TensorScope own = scope.child()) {
            final List<Tensor> in = inputs(regions, width, own);
            final List<Tensor> out =
                    module.call(own, false, MilNetwork.CLASSIFY, in.get(0), in.get(1), in.get(2), parameters);
            final double[] outputs = numbers(out.get(0).toFloats());
            final double[] byRegion = shares(row(out.get(1).toFloats(), regions.regions(), outputs));
            final double[] byTile;
            if (out.size() == 2) {
                byTile = byRegion;
            } else {
                final float[] cells = out.get(2).toFloats();
                byTile = new double[cells.length];
                for (int r = 0; r < regions.regions(); r++) {
                    double sum = 0;
                    for (int c = 0; c < regions.cells(); c++) {
                        sum += cells[r * regions.cells() + c];
                    }
                    for (int c = 0; c < regions.cells(); c++) {
                        final int at = r * regions.cells() + c;
                        byTile[at] = sum > 0 ? byRegion[r] * cells[at] / sum : 0;
                    }
                }
            }
            return new Answer(outputs, byRegion, byTile);
        }
    }

    /** The attention of the most probable class, where classes attend on their own. */
    private static float[] row(final float[] attention, final int regions, final double[] outputs) {
        int best = 0;
        for (int c = 1; c < attention.length / regions; c++) {
            best = outputs[c] > outputs[best] ? c : best;
        }
        return Arrays.copyOfRange(attention, best * regions, (best + 1) * regions);
    }

    private static double[] numbers(final float[] values) {
        final double[] numbers = new double[values.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = values[i];
        }
        return numbers;
    }

    private static double[] shares(final float[] values) {
        double sum = 0;
        for (final float value : values) {
            sum += value;
        }
        final double[] shares = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            shares[i] = sum > 0 ? values[i] / sum : 1.0 / values.length;
        }
        return shares;
    }
}
