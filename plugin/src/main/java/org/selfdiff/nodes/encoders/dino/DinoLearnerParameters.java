package org.selfdiff.nodes.encoders.dino;

import java.time.Duration;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.persistence.Persist;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveDoubleValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.selfdiff.data.MultiCrop;
import org.selfdiff.nn.vit.DinoHead;
import org.selfdiff.nn.vit.VitSpec;
import org.selfdiff.nodes.common.CheckpointParameters;
import org.selfdiff.nodes.common.Checks;
import org.selfdiff.nodes.common.ComputeParameters;
import org.selfdiff.nodes.common.LearntColours;
import org.selfdiff.nodes.common.TrainingParameters.NumberFormat;
import org.selfdiff.train.Precision;
import org.selfdiff.train.TrainingPlan;

/** Settings of the DINO Learner. */
@LoadDefaultsForAbsentFields
final class DinoLearnerParameters implements NodeParameters {
    /** Share of the learning rate that is left at the last step. */
    private static final double FINAL_RATE = 0.01;

    /** How often the entropy of the teacher's output is measured in a training. */
    private static final int MEASUREMENTS = 20;

    private static final double LAYER_NORM_EPSILON = 1e-6;

    @Widget(title = "Pictures are learnt in", description = "Whether the encoder sees colours.")
    @ValueSwitchWidget
    @Persist(configKey = "colours")
    LearntColours colours = LearntColours.COLOUR;

    @Widget(
            title = "Side of large views",
            description =
                    "Pixels along a side of the two large views, a multiple of the patch's side. They show 40 to 100 "
                            + "% of a tile's area. It is also the side of the pictures that the encoder takes.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "large_side")
    int largeSide = 48;

    @Widget(
            title = "Side of small views",
            description =
                    "Pixels along a side of the small views, a multiple of the patch's side. They show 20 to 40 % of a "
                            + "tile's area.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "small_side")
    int smallSide = 24;

    @Widget(title = "Small views", description = "Small views of a tile in a step; 8 to 10 in the paper.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "small_views")
    int smallViews = 4;

    @Widget(
            title = "Turn views",
            description =
                    "Whether views are turned by right angles and mirrored up and down. Right for tissue, wrong for "
                            + "radiographs. They are mirrored left and right in any case.")
    @Persist(configKey = "turns")
    boolean turns = true;

    @Advanced
    @Widget(
            title = "Colour changes",
            description = "Largest relative change of a view's contrast; brightness changes by half of it. 0 for none.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Persist(configKey = "colour_changes")
    double colourChanges = 0.4;

    @Widget(title = "Patch side", description = "Pixels along a side of a patch: 8 is finer, 16 four times as fast.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "patch")
    int patch = 8;

    @Widget(
            title = "Width",
            description =
                    "Numbers of a token and of an embedding, a multiple of the heads: 192 is a ViT-Ti, 384 a ViT-S, "
                            + "768 a ViT-B.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "width")
    int width = 64;

    @Widget(title = "Depth", description = "Number of transformer blocks; 12 in the paper.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "depth")
    int depth = 2;

    @Widget(
            title = "Heads",
            description = "Heads of attention, a divisor of the width; 64 numbers to a head are usual.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "heads")
    int heads = 2;

    @Widget(
            title = "Outputs",
            description =
                    "Numbers on which teacher and student are compared; 65,536 in the paper. They are not part of "
                            + "the model.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "outputs")
    int outputs = 128;

    @Advanced
    @Widget(title = "Hidden width of the head", description = "2048 in the paper.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "head_hidden")
    int headHidden = 128;

    @Advanced
    @Widget(title = "Bottleneck of the head", description = "Width before the outputs; 256 in the paper.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "bottleneck")
    int bottleneck = 64;

    @Widget(title = "Steps", description = "Number of optimiser steps. One step sees one batch of tiles.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "steps")
    int steps = 1500;

    @Widget(
            title = "Batch size",
            description =
                    "Tiles a step. A larger batch needs more memory and is less likely to collapse; 256 to 1024 in "
                            + "the paper.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "batch_size")
    int batchSize = 32;

    @Widget(
            title = "Learning rate",
            description =
                    "Peak learning rate of AdamW. It rises linearly over the warm-up and then falls along a cosine "
                            + "to a hundredth. The paper takes 0.0005 per 256 tiles of a batch.")
    @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class)
    @Persist(configKey = "learning_rate")
    double learningRate = 5e-4;

    @Advanced
    @Widget(title = "Warm-up steps", description = "Steps over which the learning rate rises from zero to its peak.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Persist(configKey = "warmup_steps")
    int warmupSteps = 100;

    @Advanced
    @Widget(
            title = "Weight decay",
            description = "Decoupled weight decay of AdamW at the first step. Biases and scales do not decay.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Persist(configKey = "weight_decay")
    double weightDecay = 0.04;

    @Advanced
    @Widget(title = "Final weight decay", description = "Weight decay at the last step, reached along a cosine.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Persist(configKey = "final_weight_decay")
    double finalDecay = 0.4;

    @Advanced
    @Widget(
            title = "Gradient clipping",
            description =
                    "The gradient of each parameter whose norm is larger is scaled down to it. 0 turns clipping off.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Persist(configKey = "clip_norm")
    double clipNorm = 3;

    @Advanced
    @Widget(
            title = "Teacher momentum",
            description =
                    "Share of the teacher that stays in the first step; it rises to 1 along a cosine. Trainings of fewer "
                            + "than 2500 steps begin with less, so that the teacher follows within a tenth of them.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Persist(configKey = "teacher_momentum")
    double momentum = 0.996;

    @Advanced
    @Widget(
            title = "Teacher temperature",
            description =
                    "Lower is sharper; 0.04 to 0.07 in the paper, whose networks are larger. The student's is 0.1.")
    @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class)
    @Persist(configKey = "teacher_temperature")
    double temperature = 0.03;

    @Advanced
    @Widget(title = "Precision", description = "Number format of the computation. Weights are kept in fp32 always.")
    @ValueSwitchWidget
    @Persist(configKey = "precision")
    NumberFormat precision = NumberFormat.AUTO;

    @Persist(configKey = "checkpoints")
    CheckpointParameters checkpoints = new CheckpointParameters();

    @Persist(configKey = "compute")
    ComputeParameters compute = new ComputeParameters();

    VitSpec spec() {
        return new VitSpec(
                colours.channels(),
                patch,
                width,
                depth,
                heads,
                4 * width,
                false,
                false,
                0,
                VitSpec.Positions.dino(largeSide / patch),
                LAYER_NORM_EPSILON);
    }

    MultiCrop views() {
        return new MultiCrop(largeSide, smallSide, smallViews, turns, colourChanges);
    }

    DinoHead head() {
        return new DinoHead(width, headHidden, bottleneck, outputs);
    }

    TrainingPlan plan() {
        return new TrainingPlan(
                TrainingPlan.Length.ofSteps(steps),
                batchSize,
                new TrainingPlan.AdamW(learningRate, 0.9, 0.999, weightDecay, 1e-8),
                warmupSteps,
                FINAL_RATE,
                momentum,
                clipNorm,
                switch (precision) {
                    case AUTO -> Precision.AUTO;
                    case FP32 -> Precision.FP32;
                    case BF16 -> Precision.BF16;
                },
                Math.max(1, steps / MEASUREMENTS),
                Duration.ofMillis(Math.max(1, Math.round(checkpoints.minutes * 60_000))));
    }

    @Override
    public void validate() throws InvalidSettingsException {
        Checks.range("Side of large views", largeSide, 8, 1024);
        Checks.range("Side of small views", smallSide, 8, 1024);
        Checks.range("Small views", smallViews, 1, 20);
        Checks.range("Colour changes", colourChanges, 0, 0.9);
        Checks.range("Patch side", patch, 1, 64);
        Checks.range("Width", width, 4, 8192);
        Checks.range("Depth", depth, 1, 128);
        Checks.range("Heads", heads, 1, 128);
        if (largeSide % patch != 0 || smallSide % patch != 0) {
            throw new InvalidSettingsException("Views of " + largeSide + " and " + smallSide
                    + " pixels cannot be cut into patches of " + patch
                    + ". Choose sides of large and small views that are multiples of the patch side.");
        }
        if (width % heads != 0) {
            throw new InvalidSettingsException("The width " + width + " is no multiple of the " + heads
                    + " heads. Choose a divisor of the width.");
        }
        Checks.range("Outputs", outputs, 2, 131_072);
        Checks.range("Hidden width of the head", headHidden, 1, 16_384);
        Checks.range("Bottleneck of the head", bottleneck, 1, 4096);
        Checks.range("Steps", steps, 1, 100_000_000);
        Checks.range("Batch size", batchSize, 1, 4096);
        Checks.range("Learning rate", learningRate, 1e-9, 1);
        Checks.range("Warm-up steps", warmupSteps, 0, 100_000_000);
        Checks.range("Weight decay", weightDecay, 0, 1);
        Checks.range("Final weight decay", finalDecay, 0, 1);
        Checks.range("Gradient clipping", clipNorm, 0, 1e6);
        Checks.range("Teacher momentum", momentum, 0, 0.999999);
        Checks.range("Teacher temperature", temperature, 0.001, 1);
        checkpoints.validate();
        compute.validate();
    }
}
