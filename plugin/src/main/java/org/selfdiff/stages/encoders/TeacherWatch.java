package org.selfdiff.stages.encoders;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.selfdiff.data.Batch;
import org.selfdiff.data.MultiCrop;
import org.selfdiff.data.TileBatches;
import org.selfdiff.nn.vit.DinoNetwork;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.tensors.ScriptMethod;
import org.selfdiff.train.Score;
import org.selfdiff.train.Validation;

/**
 * Watches what DINO's teacher says of tiles while it is trained: the entropy stands in the log, and a training whose
 * teacher says the same of all tiles is stopped. It chooses no weights.
 */
final class TeacherWatch implements Validation {
    /** What is measured: mean entropy of the teacher's output for a tile, in nats. */
    static final Score ENTROPY = new Score("teacher entropy", true);

    private static final String SAID = "said";

    /** Tiles that are compared. */
    private static final int COMPARED = 256;

    /** Share of log(outputs) below which outputs are the same for all tiles, for all that is known. */
    private static final double COLLAPSED = 1e-3;

    /** Share of a training before which nothing is said: at first the teacher knows nothing. */
    private static final double EARLY = 0.25;

    private final MultiCrop views;

    private final TileBatches batches;

    private final double temperature;

    private final int outputs;

    private final long steps;

    private OutputSpread spread;

    /**
     * Watches a training.
     *
     * @param views says how whole tiles are brought to the side of the large views
     * @param batches the tiles
     * @param temperature of the teacher
     * @param outputs numbers of an output
     * @param steps of the training
     */
    TeacherWatch(
            final MultiCrop views,
            final TileBatches batches,
            final double temperature,
            final int outputs,
            final long steps) {
        this.views = views;
        this.batches = batches;
        this.temperature = temperature;
        this.outputs = outputs;
        this.steps = steps;
    }

    /**
     * The method that is measured with: probabilities of the outputs for large views {@code x[0]} at the temperature
     * {@code x[1]}.
     *
     * @param centre place of the centre in the list of parameters
     */
    static ScriptMethod said(final int centre) {
        return new ScriptMethod(
                SAID,
                String.format(
                        Locale.ROOT,
                        """
                        def %1$s(self: __torch__.Net,
                            x: List[Tensor],
                            p: List[Tensor],
                            e: List[Tensor]) -> Tensor:
                          t = torch.sub(self.%2$s(x[0], e), p[%3$d])
                          return torch.softmax(torch.to(torch.div(t, x[1]), 6), -1)
                        """,
                        SAID,
                        DinoNetwork.LARGE,
                        centre));
    }

    @Override
    public Score score() {
        return ENTROPY;
    }

    @Override
    public boolean selects() {
        return false;
    }

    @Override
    public Optional<String> stop(final long done) {
        return done >= EARLY * steps && collapsed()
                ? Optional.of(String.format(
                        Locale.ROOT,
                        "The training collapsed: after %d of %d steps the teacher says nearly the same of all tiles (entropy %.4f"
                                + " of at most %.4f, of which %.5f tell tiles apart).",
                        done,
                        steps,
                        spread.entropy(),
                        Math.log(outputs),
                        spread.information()))
                : Optional.empty();
    }

    private boolean collapsed() {
        return spread != null && batches.size() > 1 && spread.information() < COLLAPSED * Math.log(outputs);
    }

    /** What was measured last; empty before the first measurement. */
    Optional<OutputSpread> spread() {
        return Optional.ofNullable(spread);
    }

    @Override
    public double value(final Weights weights, final RunControl control) throws RunFailed, RunCancelled {
        final OutputSpread.Sum sum = new OutputSpread.Sum();
        final int count = Math.min(COMPARED, batches.size());
        for (int i = 0; i < count; i++) {
            control.checkCancelled();
            final Batch batch = batches.inOrder((int) ((long) i * batches.size() / count), 1, control);
            sum.add(weights.call(
                    SAID,
                    scope -> List.of(
                            scope.floats(views.whole(batch), 1, batch.channels(), views.large(), views.large()),
                            scope.floats(new float[] {(float) temperature}, 1))));
        }
        spread = sum.spread();
        return spread.entropy();
    }
}
