package org.selfdiff.stages.bags;

import java.util.List;
import org.selfdiff.nn.ComputeType;
import org.selfdiff.nn.ScriptOps;
import org.selfdiff.nn.mil.MilNetwork;
import org.selfdiff.nn.mil.MilSpec;
import org.selfdiff.tensors.ScriptMethod;
import org.selfdiff.tensors.ScriptModule;
import org.selfdiff.tensors.Tensor;
import org.selfdiff.tensors.TensorScope;
import org.selfdiff.train.StepScript;

/** Scripts of networks for bags, and their answers. */
final class BagScript {
    /** {@code x} holds tiles, what is seen of them, the class, and the weight of the class. */
    private static final String LOSS =
            """
            def loss(self: __torch__.Net,
                x: List[Tensor],
                p: List[Tensor],
                e: List[Tensor]) -> Tensor:
              out = self.classify(x[0], x[1], p)
              return torch.mul(torch.cross_entropy_loss(out[0], x[2], None, 0, -100, 0.), x[3])
            """;

    private BagScript() {}

    static List<ScriptMethod> methods(final MilSpec spec, final ComputeType type) {
        return List.of(
                ScriptOps.method(new MilNetwork(spec), MilNetwork.CLASSIFY, type),
                new ScriptMethod(StepScript.LOSS, LOSS));
    }

    /** The first two inputs. */
    static List<Tensor> inputs(final Bag.Regions regions, final int width, final TensorScope scope) {
        return List.of(
                scope.floats(regions.features(), regions.regions(), regions.cells(), width),
                scope.floats(regions.seen(), regions.regions(), 1, 1, 1 + regions.cells()));
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
            final List<Tensor> out = module.call(own, false, MilNetwork.CLASSIFY, in.get(0), in.get(1), parameters);
            final double[] byRegion = shares(out.get(1).toFloats());
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
            return new Answer(softmax(out.get(0).toFloats()), byRegion, byTile);
        }
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
