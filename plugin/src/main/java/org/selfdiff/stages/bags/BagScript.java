package org.selfdiff.stages.bags;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.selfdiff.nn.ComputeType;
import org.selfdiff.nn.NetworkFunction;
import org.selfdiff.nn.ScriptOps;
import org.selfdiff.nn.mil.MilNetwork;
import org.selfdiff.nn.mil.MilSpec;
import org.selfdiff.tensors.ScriptMethod;
import org.selfdiff.tensors.ScriptModule;
import org.selfdiff.tensors.Tensor;
import org.selfdiff.tensors.TensorScope;
import org.selfdiff.train.StepScript;
import org.selfdiff.train.loss.BagLoss;
import org.selfdiff.train.loss.InstanceLoss;

/** Scripts of networks for bags, and their answers. */
final class BagScript {
    /** {@code x} holds the network's inputs, the target, and the weight of the class. */
    private static final String LOSS =
            """
            def loss(self: __torch__.Net,
                x: List[Tensor],
                p: List[Tensor],
                e: List[Tensor]) -> Tensor:
              out = self.%s(x[0], x[1], x[2], p)
              bag = %s
              return torch.mul(%s, x[4])
            """;

    /** The bag's loss and the tiles' by their shares. */
    private static final String WITH_INSTANCES =
            "torch.add(torch.mul(bag, %1$s), torch.mul(self.instance_loss(out[1], out[2], x[3]), %2$s))";

    private BagScript() {}

    static List<ScriptMethod> methods(final MilSpec spec, final BagLoss loss, final ComputeType type) {
        final MilNetwork network = new MilNetwork(spec);
        final List<ScriptMethod> methods = new ArrayList<>();
        for (final NetworkFunction function : network.functions()) {
            methods.add(ScriptOps.method(network, function.name(), type));
        }
        String total = "bag";
        if (spec.learnsFromInstances()) {
            final MilSpec.Instances i = spec.instances();
            methods.addAll(new InstanceLoss(spec.outputs(), i.tiles(), i.subtyping(), i.smoothSvm()).methods());
            total = String.format(Locale.ROOT, WITH_INSTANCES, i.share(), 1 - i.share());
        }
        final String seen = network.shows() ? MilNetwork.SHOW : MilNetwork.CLASSIFY;
        methods.add(new ScriptMethod(
                StepScript.LOSS, String.format(Locale.ROOT, LOSS, seen, loss.of("out[0]", "x[3]"), total)));
        return methods;
    }

    /** The inputs of a network. */
    static List<Tensor> inputs(final Bag.Regions regions, final int width, final TensorScope scope) {
        return List.of(
                scope.floats(regions.features(), regions.regions(), regions.cells(), width),
                scope.floats(regions.seen(), regions.regions(), 1, 1, 1 + regions.cells()),
                scope.floats(regions.places(), regions.regions(), regions.cells(), 2));
    }

    /**
     * What a network says of a bag.
     *
     * @param probabilities of the classes
     * @param regions attention to regions, summing to 1
     * @param tiles attention to the tiles of each cell, summing to 1; 0 for empty cells
     */
    record Answer(double[] probabilities, double[] regions, double[] tiles) {}

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
            final double[] probabilities = softmax(out.get(0).toFloats());
            final double[] byRegion = shares(row(out.get(1).toFloats(), regions.regions(), probabilities));
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
            return new Answer(probabilities, byRegion, byTile);
        }
    }

    /** The attention of the most probable class, where classes attend on their own. */
    private static float[] row(final float[] attention, final int regions, final double[] probabilities) {
        int best = 0;
        for (int c = 1; c < attention.length / regions; c++) {
            best = probabilities[c] > probabilities[best] ? c : best;
        }
        return Arrays.copyOfRange(attention, best * regions, (best + 1) * regions);
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

    private static double[] softmax(final float[] logits) {
        double most = Double.NEGATIVE_INFINITY;
        for (final float logit : logits) {
            most = Math.max(most, logit);
        }
        final double[] p = new double[logits.length];
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            p[i] = Math.exp(logits[i] - most);
            sum += p[i];
        }
        for (int i = 0; i < p.length; i++) {
            p[i] /= sum;
        }
        return p;
    }
}
