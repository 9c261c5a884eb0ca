package org.selfdiff.train;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.selfdiff.run.Pace;
import org.selfdiff.run.RunFailed;

/**
 * When training ends.
 *
 * @param steps most steps
 * @param budget most time, of all runs of this training together
 * @param patience validations without improvement, 0 for no limit
 * @param score what validations measure
 */
public record StopRules(long steps, Optional<Duration> budget, int patience, Score score) {

    /**
     * Why training ends now, a sentence; empty while it goes on.
     *
     * @param done steps made
     * @param spent time spent
     * @param log what was reported
     */
    public Optional<String> reason(final long done, final Duration spent, final LossLog log) {
        if (done >= steps) {
            return Optional.of("All " + steps + " steps are done.");
        }
        if (budget.isPresent() && spent.compareTo(budget.get()) >= 0) {
            return Optional.of(
                    "The time budget of " + Pace.duration(budget.get().toMillis() / 1000.0) + " is used up after "
                            + done + " of " + steps + " steps.");
        }
        final int idle = checksSinceBest(log.checks());
        if (patience > 0 && idle >= patience) {
            return Optional.of("The " + (score.equals(Score.LOSS) ? "validation loss" : score.name())
                    + " has not improved in the last " + idle + " validations, after " + done + " of " + steps
                    + " steps.");
        }
        return Optional.empty();
    }

    private static int checksSinceBest(final List<LossLog.Check> checks) {
        int idle = 0;
        while (idle < checks.size() && !checks.get(checks.size() - 1 - idle).best()) {
            idle++;
        }
        return idle;
    }

    /**
     * Stops a run that diverged.
     *
     * @param step number of the step, from 1
     * @param loss its loss
     * @param gradientNorm the norm of its gradient
     * @throws RunFailed unless both are finite
     */
    public static void requireFinite(final long step, final double loss, final double gradientNorm) throws RunFailed {
        if (!Double.isFinite(loss) || !Double.isFinite(gradientNorm)) {
            throw new RunFailed(
                    String.format(
                            Locale.ROOT,
                            "Training diverged: the loss is %s and the norm of the gradient %s",
                            loss,
                            gradientNorm),
                    "step " + step,
                    "Lower the learning rate, lengthen the warm-up, or compute in 32 bits. The step changed nothing, and "
                            + "the last checkpoint is good.");
        }
    }
}
