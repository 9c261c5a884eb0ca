package org.selfdiff.stages.encoders;

import java.util.Locale;
import org.selfdiff.nn.vit.DinoNetwork;
import org.selfdiff.tensors.ScriptMethod;
import org.selfdiff.train.StepScript;

/**
 * DINO's loss (Caron et al., arXiv 2104.14294, algorithm 1) as script: the cross-entropy between the teacher's centred and
 * sharpened output of each large view and the student's output of every other view, mean over all such pairs. The centre
 * follows the teacher's mean output after the loss.
 *
 * @param views large and small views of a picture together
 * @param outputs numbers of an output
 */
record DinoLoss(int views, int outputs) {
    /**
     * Method {@code (s: Tensor, t: Tensor, c: Tensor, h: Tensor) -> Tensor}: outputs of the student, view by view, and of
     * the teacher; centre (1, outputs), which is changed; the teacher's temperature. Gives the loss of each picture.
     */
    static final String DISTILLED = "distilled";

    static final double STUDENT_TEMPERATURE = 0.1;

    private static final double CENTRE_MOMENTUM = 0.9;

    /** The method {@link #DISTILLED}. */
    ScriptMethod distilled() {
        return new ScriptMethod(
                DISTILLED,
                String.format(
                        Locale.ROOT,
                        """
                        def distilled(self: __torch__.Net,
                            s: Tensor,
                            t: Tensor,
                            c: Tensor,
                            h: Tensor) -> Tensor:
                          sharp = torch.softmax(torch.div(torch.sub(t, c), h), -1)
                          q = torch.reshape(sharp, [2, -1, %1$d])
                          l = torch.reshape(torch.log_softmax(torch.mul(s, %3$.17e), -1), [%2$d, -1, %1$d])
                          others = torch.sub(torch.sum(l, [0], True), torch.slice(l, 0, 0, 2))
                          found = torch.sum(torch.mul(q, others), [0, 2])
                          mean = torch.mean(t, [0], True)
                          torch.copy_(c, torch.add(torch.mul(c, %4$.17e), torch.mul(mean, %5$.17e)))
                          return torch.mul(found, %6$.17e)
                        """,
                        outputs,
                        views,
                        1 / STUDENT_TEMPERATURE,
                        CENTRE_MOMENTUM,
                        1 - CENTRE_MOMENTUM,
                        -1.0 / (2 * (views - 1))));
    }

    /**
     * The method that is trained, over large views, small views and the teacher's temperature.
     *
     * @param centre place of the centre in the list of parameters
     */
    ScriptMethod trained(final int centre) {
        return new ScriptMethod(
                StepScript.LOSS,
                String.format(
                        Locale.ROOT,
                        """
                        def loss(self: __torch__.Net,
                            x: List[Tensor],
                            p: List[Tensor],
                            e: List[Tensor]) -> Tensor:
                          s = torch.cat([self.%1$s(x[0], p), self.%2$s(x[1], p)], 0)
                          t = torch.detach(self.%1$s(x[0], e))
                          return self.%3$s(s, t, p[%4$d], x[2])
                        """,
                        DinoNetwork.LARGE,
                        DinoNetwork.SMALL,
                        DISTILLED,
                        centre));
    }
}
