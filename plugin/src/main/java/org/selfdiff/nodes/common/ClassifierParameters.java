package org.selfdiff.nodes.common;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.persistence.Persist;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveDoubleValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.selfdiff.data.Augmentation;
import org.selfdiff.engine.DeviceChoice;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.classification.ClassifierSettings;
import org.selfdiff.stages.classification.ProbeSettings;

/** What classifies tiles: a network on pixels or a linear probe on embeddings. */
public final class ClassifierParameters implements NodeParameters {
    private static final int VALIDATIONS = 20;

    /** What classifies. */
    public enum Method {
        /** Pixels. */
        @Label(value = "Network on pixels", description = "A small residual network that is trained from scratch.")
        NETWORK,
        /** Embeddings. */
        @Label(
                value = "Linear probe on embeddings",
                description = "Logistic regression with L2 regularisation, solved exactly. Needs embeddings.")
        PROBE
    }

    /** How pictures change at random. */
    public enum Augment {
        /** Not. */
        @Label(value = "Nothing", description = "Pictures stay as they are.")
        NOTHING,
        /** A little light. */
        @Label(value = "Light", description = "Brightness and contrast change a little: for radiographs.")
        LIGHT,
        /** Positions. */
        @Label(value = "Turns", description = "Pictures are flipped and turned by right angles.")
        TURNS,
        /** All. */
        @Label(
                value = "Turns, light and stains",
                description = "Flips, right angles, brightness, contrast and the amount of stains: for histology.")
        ALL
    }

    /** What classifies. */
    @Widget(title = "Method", description = "What the classifier looks at.")
    @ValueSwitchWidget
    @Persist(configKey = "method")
    public Method method = Method.NETWORK;

    /** Column of embeddings. */
    @Widget(
            title = "Embedding column",
            description = "For the linear probe: column of embeddings. Empty takes the last one that an encoder made.")
    @ChoicesProvider(VectorColumns.class)
    @Persist(configKey = "embedding_column")
    public String embeddingColumn = "";

    /** C. */
    @Widget(
            title = "Strength (C)",
            description =
                    "For the linear probe: how much the rows count against the regularisation, as in scikit-learn. "
                            + "Smaller is smoother.")
    @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class)
    @Persist(configKey = "strength")
    public double strength = 1;

    /** Whether embeddings are standardised. */
    @Advanced
    @Widget(
            title = "Standardise embeddings",
            description = "For the linear probe: whether all numbers are brought to mean 0 and deviation 1 before.")
    @Persist(configKey = "standardise")
    public boolean standardise = true;

    /** Whether classes count alike. */
    @Widget(
            title = "Classes count alike",
            description = "Whether rare classes count as much as frequent ones; else every row counts alike.")
    @Persist(configKey = "balanced")
    public boolean balanced = true;

    /** Channels of the first level. */
    @Widget(title = "Width", description = "Channels of the network's first level, a multiple of 8.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "width")
    public int width = 16;

    /** Levels. */
    @Advanced
    @Widget(
            title = "Levels",
            description =
                    "How often the network halves height and width; each level after the first doubles the channels.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "levels")
    public int levels = 4;

    /** Blocks. */
    @Advanced
    @Widget(title = "Blocks per level", description = "Residual blocks of each level.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "blocks")
    public int blocks = 1;

    /** Random changes. */
    @Widget(title = "Augment", description = "How pictures change at random while the network is trained.")
    @Persist(configKey = "augment")
    public Augment augment = Augment.LIGHT;

    /** Training. */
    @Persist(configKey = "training")
    public TrainingParameters training = new TrainingParameters(1000, 16, 1e-3, 50);

    /** Whether the network is chosen. */
    public boolean onPixels() {
        return switch (method) {
            case NETWORK -> true;
            case PROBE -> false;
        };
    }

    /** How the network is trained. */
    public ClassifierSettings settings(final CheckpointParameters checkpoints, final String device) throws RunFailed {
        return new ClassifierSettings(
                width,
                levels,
                blocks,
                switch (augment) {
                    case NOTHING -> Augmentation.none();
                    case LIGHT -> Augmentation.light();
                    case TURNS -> Augmentation.turnsOnly();
                    case ALL -> Augmentation.moderate();
                },
                balanced,
                training.plan(checkpoints, training.validateEvery(VALIDATIONS)),
                DeviceChoice.parse(device));
    }

    /** How the probe is fitted. */
    public ProbeSettings probe() {
        return new ProbeSettings(strength, standardise, balanced);
    }

    @Override
    public void validate() throws InvalidSettingsException {
        Checks.range("Strength (C)", strength, 1e-9, 1e9);
        Checks.range("Width", width, 8, 1024);
        if (width % 8 != 0) {
            throw new InvalidSettingsException("Setting \"Width\" is " + width + ". Choose a multiple of 8.");
        }
        Checks.range("Levels", levels, 1, 6);
        Checks.range("Blocks per level", blocks, 1, 8);
        training.validate();
    }
}
