package org.selfdiff.train.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.selfdiff.engine.Device;
import org.selfdiff.engine.NeedsTorch;
import org.selfdiff.run.RunFailed;
import org.selfdiff.tensors.ScriptMethod;
import org.selfdiff.tensors.ScriptModule;
import org.selfdiff.tensors.TensorScope;

/** Losses on a picture of 2 x 2 pixels and two classes whose values were computed by hand. */
@NeedsTorch.Engine
class SegmentationLossTest {
    /** Probability of class 0, and the truth. */
    private static final double[] P0 = {0.9, 0.6, 0.2, 0.3};

    private static final long[] LABELS = {0, 0, 1, 1};

    private static float[] logits(final double[] p0) {
        final float[] logits = new float[2 * p0.length];
        for (int i = 0; i < p0.length; i++) {
            logits[i] = (float) Math.log(p0[i]);
            logits[p0.length + i] = (float) Math.log(1 - p0[i]);
        }
        return logits;
    }

    private static double value(final LossSum sum, final float[] logits, final long[] labels) throws RunFailed {
        final ScriptMethod method = new ScriptMethod(
                "loss",
                "def loss(self: __torch__.Net,\n    out: Tensor,\n" + "    labels: Tensor) -> Tensor:\n"
                        + sum.script("all") + "    return all\n");
        try (ScriptModule module = ScriptModule.compile(Device.CPU, List.of(method));
                TensorScope scope = TensorScope.open(Device.CPU)) {
            return module.call(scope, false, "loss", scope.floats(logits, 1, 2, 2, 2), scope.longs(labels, 1, 2, 2))
                    .get(0)
                    .item();
        }
    }

    private static double value(final SegmentationLoss loss) throws RunFailed {
        return value(new LossSum(List.of(new LossSum.Term(loss, 1))), logits(P0), LABELS);
    }

    @Test
    void haveThePublishedValues() throws RunFailed {
        assertEquals(0.2990011587, value(new CrossEntropyLoss()), 1e-7);
        assertEquals(0.0916541110, value(new StructuralSimilarityLoss()), 1e-7);
        assertEquals(0.0309530480, value(new FocalLoss(2)), 1e-7);
        assertEquals(0.1226071590, value(LossSum.paper(), logits(P0), LABELS), 1e-7);
    }

    /**
     * (2 * 1.5 + 1) / (2 + 2 + 1) for class 0, with 1.5 = 0.9 + 0.6 and 2 = sum of p0; likewise 1.5 and 2 for class 1.
     */
    @Test
    void diceIsTheHandComputedValue() throws RunFailed {
        assertEquals(1 - 4.0 / 5, value(new DiceLoss()), 1e-6);
    }

    @Test
    void focalWithoutFocusIsCrossEntropy() throws RunFailed {
        assertEquals(value(new CrossEntropyLoss()), value(new FocalLoss(0)), 1e-7);
    }

    @Test
    void sumWeighsItsTerms() throws RunFailed {
        final LossSum sum = new LossSum(
                List.of(new LossSum.Term(new CrossEntropyLoss(), 0.5), new LossSum.Term(new DiceLoss(), 2)));
        assertEquals(0.5 * 0.2990011587 + 2 * 0.2, value(sum, logits(P0), LABELS), 1e-6);
        assertEquals("0.5 cross-entropy + 2.0 dice", sum.toString());
        assertThrows(IllegalArgumentException.class, () -> new LossSum(List.of()));
    }

    /** A sure and right answer costs nothing, a class that is not there and outputs beyond all bounds do no harm. */
    @Test
    void staysFiniteAtTheEdges() throws RunFailed {
        final float[] sure = {200, 200, 200, 200, -200, -200, -200, -200};
        for (final SegmentationLoss loss : new SegmentationLoss[] {
            new CrossEntropyLoss(), new FocalLoss(2), new DiceLoss(), new StructuralSimilarityLoss()
        }) {
            final LossSum sum = new LossSum(List.of(new LossSum.Term(loss, 1)));
            assertEquals(0, value(sum, sure, new long[4]), 1e-6, loss.name());
            final double wrong = value(sum, sure, new long[] {1, 1, 1, 1});
            assertTrue(Double.isFinite(wrong), loss.name());
        }
    }
}
