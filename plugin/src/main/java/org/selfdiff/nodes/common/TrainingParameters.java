package org.selfdiff.nodes.common;

import java.time.Duration;
import java.util.Optional;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.Migrate;
import org.knime.node.parameters.persistence.Persist;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveDoubleValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.selfdiff.train.Precision;
import org.selfdiff.train.TrainingPlan;

/** How a network is trained; shared by every node that trains one. */
public final class TrainingParameters implements NodeParameters {

    /** Number format of the computation. */
    public enum NumberFormat {
        /** bf16 on a GPU. */
        @Label(
                value = "Automatic",
                description =
                        "bf16 on a GPU, fp32 on a processor, where bf16 saves little and, beside other work, loses much.")
        AUTO,
        /** 32-bit floats throughout. */
        @Label(value = "fp32", description = "32-bit floating point throughout.")
        FP32,
        /** bf16 computation, fp32 weights. */
        @Label(value = "bf16", description = "bf16 computation with fp32 weights and optimiser state.")
        BF16
    }

    /** How the learning rate goes on after the warm-up. */
    public enum RateCourse {
        /** Along a cosine to a tenth. */
        @Label(value = "Falls", description = "Falls along a cosine to a tenth at the last step: the best end.")
        FALLS,
        /** Constant. */
        @Label(
                value = "Stays",
                description = "Stays as it is. The state is kept when training ends, so that the same node with more "
                        + "steps goes on from there, and ends as if they had been asked for at once.")
        STAYS
    }

    /** Share of the learning rate that is left at the last step where it falls. */
    private static final double FINAL_RATE = 0.1;

    private static final int STEPS_BETWEEN_VALIDATIONS = 100;

    /** Number of optimiser steps. */
    @Widget(title = "Steps", description = "Number of optimiser steps. One step sees one batch of tiles.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "steps")
    public int steps = 20_000;

    /** Tiles a step. */
    @Widget(
            title = "Batch size",
            description = "Tiles a step. A larger batch needs more memory and gives a calmer loss.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "batch_size")
    public int batchSize = 16;

    /** Peak learning rate. */
    @Widget(
            title = "Learning rate",
            description = "Peak learning rate of AdamW. It rises linearly over the warm-up and then falls or stays.")
    @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class)
    @Persist(configKey = "learning_rate")
    public double learningRate = 2e-4;

    /** How the learning rate goes on. */
    @Advanced
    @Widget(title = "Learning rate after warm-up", description = "Whether the learning rate falls towards the end.")
    @ValueSwitchWidget
    @Persist(configKey = "rate_course")
    @Migrate(loadDefaultIfAbsent = true)
    public RateCourse rateCourse = RateCourse.FALLS;

    /** Warm-up steps. */
    @Advanced
    @Widget(title = "Warm-up steps", description = "Steps over which the learning rate rises from zero to its peak.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Persist(configKey = "warmup_steps")
    public int warmupSteps = 500;

    /** AdamW's decay. */
    @Advanced
    @Widget(title = "Weight decay", description = "Decoupled weight decay of AdamW.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Persist(configKey = "weight_decay")
    public double weightDecay = 0.01;

    /** Largest norm of the gradient. */
    @Advanced
    @Widget(
            title = "Gradient clipping",
            description = "Gradients whose global norm is larger are scaled down to it. 0 turns clipping off.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Persist(configKey = "clip_norm")
    public double clipNorm = 1.0;

    /** Decay of the averaged weights. */
    @Advanced
    @Widget(
            title = "EMA decay",
            description = "Decay of the exponential moving average of the weights, which is what the model keeps. "
                    + "0 keeps the last weights instead.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Persist(configKey = "ema_decay")
    public double emaDecay = 0.999;

    /** Number format. */
    @Advanced
    @Widget(title = "Precision", description = "Number format of the computation. Weights are kept in fp32 always.")
    @ValueSwitchWidget
    @Persist(configKey = "precision")
    public NumberFormat precision = NumberFormat.AUTO;

    /** Wall-clock budget. */
    @Advanced
    @Widget(
            title = "Time budget (minutes)",
            description = "Training ends, with a whole model, when this time is used up. 0 means no limit.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Persist(configKey = "time_budget_minutes")
    public double timeBudgetMinutes;

    /** Most passes through the data. */
    @Advanced
    @Widget(
            title = "Epochs",
            description =
                    "Training ends after so many passes through the tiles, if that is before all steps are done. 0 means no "
                            + "limit.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Persist(configKey = "epochs")
    @Migrate(loadDefaultIfAbsent = true)
    public double epochs;

    /** Validations without improvement. */
    @Advanced
    @Widget(
            title = "Patience",
            description =
                    "Training ends after so many validations in a row without a better one, where tiles are held out. 0 "
                            + "means no limit. The weights of the best validation are kept in any case.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Persist(configKey = "patience")
    @Migrate(loadDefaultIfAbsent = true)
    public int patience;

    /** Creates the defaults. */
    public TrainingParameters() {}

    /** Creates the defaults with other values for what differs most between nodes. */
    public TrainingParameters(final int steps, final int batchSize, final double learningRate, final int warmupSteps) {
        this.steps = steps;
        this.batchSize = batchSize;
        this.learningRate = learningRate;
        this.warmupSteps = warmupSteps;
    }

    /**
     * The plan as training knows it.
     *
     * @param checkpoints how often the state is saved
     * @param validateEvery steps between validations
     */
    public TrainingPlan plan(final CheckpointParameters checkpoints, final int validateEvery) {
        final Optional<Duration> budget =
                timeBudgetMinutes > 0 ? Optional.of(minutes(timeBudgetMinutes)) : Optional.empty();
        return new TrainingPlan(
                new TrainingPlan.Length(steps, epochs, budget, patience),
                batchSize,
                new TrainingPlan.AdamW(learningRate, 0.9, 0.999, weightDecay, 1e-8),
                warmupSteps,
                switch (rateCourse) {
                    case FALLS -> FINAL_RATE;
                    case STAYS -> 1;
                },
                emaDecay,
                clipNorm,
                Precision.valueOf(precision.name()),
                validateEvery,
                minutes(checkpoints.minutes));
    }

    /**
     * Steps between validations, for so many of them. Where the learning rate stays they come every hundred steps, whatever
     * the number of steps, which may be raised later.
     */
    public int validateEvery(final int validations) {
        return switch (rateCourse) {
            case FALLS -> Math.max(1, steps / validations);
            case STAYS -> STEPS_BETWEEN_VALIDATIONS;
        };
    }

    private static Duration minutes(final double minutes) {
        return Duration.ofMillis(Math.max(1, Math.round(minutes * 60_000)));
    }

    @Override
    public void validate() throws InvalidSettingsException {
        Checks.range("Steps", steps, 1, 100_000_000);
        Checks.range("Epochs", epochs, 0, 1_000_000);
        Checks.range("Patience", patience, 0, 1_000_000);
        Checks.range("Batch size", batchSize, 1, 4096);
        Checks.range("Learning rate", learningRate, 1e-9, 1);
        Checks.range("Warm-up steps", warmupSteps, 0, 100_000_000);
        Checks.range("Weight decay", weightDecay, 0, 1);
        Checks.range("Gradient clipping", clipNorm, 0, 1e6);
        Checks.range("EMA decay", emaDecay, 0, 0.999999);
        Checks.range("Time budget (minutes)", timeBudgetMinutes, 0, 1e6);
    }
}
