package org.selfdiff.train;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.selfdiff.run.RunFailed;

/**
 * How long and how a network is trained.
 *
 * @param length when it ends
 * @param batchSize pictures of a step
 * @param optimiser AdamW's numbers
 * @param warmupSteps steps over which the learning rate rises from near 0
 * @param finalRate share of the learning rate that is left at the last step; 1 keeps it, below 1 it falls as a cosine
 * @param emaDecay decay of the moving average of the weights, 0 to below 1; 0 for none (the last weights are kept)
 * @param clipNorm largest global norm of a step's gradient; 0 for no limit
 * @param precision number type
 * @param validateEvery steps between validations
 * @param checkpointEvery time between checkpoints
 */
public record TrainingPlan(
        Length length,
        int batchSize,
        AdamW optimiser,
        int warmupSteps,
        double finalRate,
        double emaDecay,
        double clipNorm,
        Precision precision,
        int validateEvery,
        Duration checkpointEvery) {

    /**
     * When training ends: at whichever limit comes first; at least one of steps and epochs is given.
     *
     * @param steps most steps; 0 for no limit
     * @param epochs most passes through the tiles; 0 for no limit
     * @param budget most wall-clock time of training, of all resumed runs together; empty for no limit
     * @param patience validations without improvement after which training stops; 0 for no limit
     */
    public record Length(int steps, double epochs, Optional<Duration> budget, int patience) {

        /** A number of steps and nothing else. */
        public static Length ofSteps(final int steps) {
            return new Length(steps, 0, Optional.empty(), 0);
        }
    }

    /**
     * AdamW (Loshchilov and Hutter, arXiv 1711.05101); without weight decay it is Adam.
     *
     * @param rate learning rate
     * @param beta1 decay of the first moment
     * @param beta2 decay of the second moment
     * @param weightDecay share of a weight that is taken away per step and unit of learning rate
     * @param epsilon added to the root of the second moment
     */
    public record AdamW(double rate, double beta1, double beta2, double weightDecay, double epsilon) {

        /** Adam with usual numbers. */
        public static AdamW adam(final double rate) {
            return new AdamW(rate, 0.9, 0.999, 0, 1e-8);
        }
    }

    /** A plan with sensible numbers: Adam, warm-up over a twentieth, cosine to a tenth, EMA 0.999, clipping at 1. */
    public static TrainingPlan ofSteps(final int steps, final int batchSize, final double rate) {
        return new TrainingPlan(
                Length.ofSteps(steps),
                batchSize,
                AdamW.adam(rate),
                Math.max(1, steps / 20),
                0.1,
                0.999,
                1,
                Precision.AUTO,
                Math.max(1, steps / 20),
                Duration.ofMinutes(2));
    }

    /** The plan with another precision. */
    public TrainingPlan with(final Precision other) {
        return new TrainingPlan(
                length,
                batchSize,
                optimiser,
                warmupSteps,
                finalRate,
                emaDecay,
                clipNorm,
                other,
                validateEvery,
                checkpointEvery);
    }

    /** The plan with another end. */
    public TrainingPlan with(final Length other) {
        return new TrainingPlan(
                other,
                batchSize,
                optimiser,
                warmupSteps,
                finalRate,
                emaDecay,
                clipNorm,
                precision,
                validateEvery,
                checkpointEvery);
    }

    /** The learning rate over so many steps. */
    public LearningRate rate(final long steps) {
        return new LearningRate(optimiser.rate(), warmupSteps, steps, finalRate);
    }

    /**
     * The number of steps for so many tiles, before budget and patience.
     *
     * @param tiles number of training tiles
     */
    public long totalSteps(final long tiles) {
        final double perEpoch = Math.ceil((double) tiles / batchSize);
        final long byEpochs =
                length.epochs() > 0 ? Math.max(1, Math.round(length.epochs() * perEpoch)) : Long.MAX_VALUE;
        return Math.min(byEpochs, length.steps() > 0 ? length.steps() : Long.MAX_VALUE);
    }

    /**
     * Checks every number.
     *
     * @return this
     * @throws RunFailed naming the setting, with what would be right
     */
    public TrainingPlan checked() throws RunFailed {
        require(
                length.steps() >= 0 && length.epochs() >= 0 && (length.steps() > 0 || length.epochs() > 0),
                "steps",
                "neither steps nor epochs are given",
                "Give a number of steps or epochs above 0.");
        require(length.patience() >= 0, "patience", "is negative", "Give 0 for none, or a number of validations.");
        require(
                length.budget().map(b -> !b.isNegative() && !b.isZero()).orElse(true),
                "time budget",
                "is not above 0",
                "Give a time above 0 or none.");
        require(batchSize >= 1 && batchSize <= 4096, "batch size", "is " + batchSize, "Choose 1 to 4096.");
        require(
                optimiser.rate() > 0 && optimiser.rate() <= 1,
                "learning rate",
                "is " + optimiser.rate(),
                "Choose a number above 0, usually 0.00001 to 0.001.");
        require(
                share(optimiser.beta1()) && share(optimiser.beta2()),
                "beta",
                "is not in 0 to 1",
                "Choose numbers from 0 to below 1, usually 0.9 and 0.999.");
        require(optimiser.weightDecay() >= 0, "weight decay", "is negative", "Choose 0 or more.");
        require(optimiser.epsilon() > 0, "epsilon", "is not above 0", "Choose a small number, usually 1e-8.");
        require(warmupSteps >= 0, "warm-up steps", "is negative", "Choose 0 or more.");
        require(finalRate >= 0 && finalRate <= 1, "final learning rate", "is not in 0 to 1", "Choose a share.");
        require(share(emaDecay), "EMA decay", "is not in 0 to 1", "Choose 0 to below 1, usually 0.999.");
        require(clipNorm >= 0, "gradient clipping", "is negative", "Choose 0 for none or a norm, usually 1.");
        require(validateEvery >= 1, "validation interval", "is below 1", "Choose 1 or more steps.");
        return this;
    }

    private static boolean share(final double value) {
        return value >= 0 && value < 1;
    }

    private static void require(final boolean good, final String setting, final String what, final String remedy)
            throws RunFailed {
        if (!good) {
            throw new RunFailed("The training's " + setting + " " + what, "setting \"" + setting + "\"", remedy);
        }
    }

    /** Every number by name, for a model's provenance and for telling runs apart. */
    public Map<String, String> settings() {
        final Map<String, String> settings = new LinkedHashMap<>();
        settings.put("steps", Integer.toString(length.steps()));
        settings.put("epochs", Double.toString(length.epochs()));
        settings.put("budget", length.budget().map(Duration::toString).orElse("none"));
        settings.put("patience", Integer.toString(length.patience()));
        settings.put("batchSize", Integer.toString(batchSize));
        settings.put("learningRate", Double.toString(optimiser.rate()));
        settings.put("beta1", Double.toString(optimiser.beta1()));
        settings.put("beta2", Double.toString(optimiser.beta2()));
        settings.put("weightDecay", Double.toString(optimiser.weightDecay()));
        settings.put("epsilon", Double.toString(optimiser.epsilon()));
        settings.put("warmupSteps", Integer.toString(warmupSteps));
        settings.put("finalRate", Double.toString(finalRate));
        settings.put("emaDecay", Double.toString(emaDecay));
        settings.put("clipNorm", Double.toString(clipNorm));
        settings.put("precision", precision.name());
        settings.put("validateEvery", Integer.toString(validateEvery));
        return settings;
    }
}
