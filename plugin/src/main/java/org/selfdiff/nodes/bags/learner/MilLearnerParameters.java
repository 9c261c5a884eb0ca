package org.selfdiff.nodes.bags.learner;

import java.util.List;
import java.util.Optional;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.persistence.Persist;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveDoubleValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.selfdiff.model.ModelTask.Bags.Target;
import org.selfdiff.nn.mil.MilSpec;
import org.selfdiff.nodes.common.CheckpointParameters;
import org.selfdiff.nodes.common.Checks;
import org.selfdiff.nodes.common.ComputeParameters;
import org.selfdiff.nodes.common.NameList;
import org.selfdiff.nodes.common.VectorColumns;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.bags.BagUnit;
import org.selfdiff.stages.bags.CoxLoss;
import org.selfdiff.stages.bags.LearnBags;
import org.selfdiff.train.Precision;
import org.selfdiff.train.TrainingPlan;

/** Settings of the MIL Learner. */
@LoadDefaultsForAbsentFields
final class MilLearnerParameters implements NodeParameters {

    /** Bags of a step for survival. */
    private static final int SURVIVAL_BAGS = 16;

    /** How tiles become one answer. */
    enum Method {
        @Label(
                value = "Regional transformer",
                description =
                        "Tiles look at each other inside regions of neighbours, then regions at each other (after "
                                + "Cersovsky et al. 2023).")
        REGIONAL,
        @Label(
                value = "Gated attention (ABMIL)",
                description = "Attention-based pooling with a gate (Ilse et al. 2018).")
        GATED_ABMIL,
        @Label(value = "Attention (ABMIL)", description = "Attention-based pooling without the gate.")
        ABMIL,
        @Label(value = "Mean", description = "Mean of the tiles' own answers.")
        MEAN,
        @Label(value = "Maximum", description = "Largest of the tiles' own answers.")
        MAX,
        @Label(
                value = "CLAM, one attention (CLAM-SB)",
                description =
                        "Gated attention; classifiers of tiles learn from those attended to most and least (Lu et "
                                + "al. 2021).")
        CLAM_SB,
        @Label(
                value = "CLAM, an attention for each class (CLAM-MB)",
                description = "The same, where each class attends on its own.")
        CLAM_MB,
        @Label(
                value = "Best tile (CLAM's maximum)",
                description = "The most certain tile stands for the slide; what CLAM is compared with.")
        CLAM_MAX,
        @Label(
                value = "DSMIL",
                description =
                        "Tiles count by how much they resemble the most certain tile of a class (Li et al. 2021).")
        DSMIL,
        @Label(
                value = "TransMIL",
                description =
                        "A transformer over the list of tiles with attention by landmarks (Shao et al. 2021). The "
                                + "order of the tiles matters, as published.")
        TRANSMIL,
        @Label(
                value = "R2T",
                description =
                        "Tiles are embedded again by regions of their list, then pooled by attention (Tang et al. "
                                + "2024). Regions follow the order of the tiles, not the slide, as published.")
        RRT,
        @Label(
                value = "Global transformer",
                description = "Every tile looks at every other; memory grows with the square of the tiles.")
        GLOBAL,
        @Label(
                value = "STAMP",
                description =
                        "A transformer whose attention falls with distance on the slide (El Nahhas et al. 2024). As "
                                + "published, distance is taken off after the softmax, and nothing is scaled again.")
        STAMP
    }

    /** What is predicted. */
    enum Predicts {
        @Label(value = "A class", description = "One of two or more classes.")
        CLASS,
        @Label(value = "Labels", description = "Any number of labels, each there or not.")
        LABELS,
        @Label(value = "A number", description = "Regression by squared error.")
        NUMBER,
        @Label(
                value = "Survival",
                description = "A risk from times until an event, some of them censored, by Cox's partial likelihood.")
        SURVIVAL
    }

    /** What a bag is. */
    enum Unit {
        @Label(value = "Slide", description = "The tiles of a slide.")
        SLIDE,
        @Label(value = "Patient", description = "The tiles of all slides of a patient, which is their group.")
        PATIENT
    }

    /** How events at one time are counted. */
    enum TiedEvents {
        @Label(value = "Breslow", description = "As if each had all others still at risk.")
        BRESLOW,
        @Label(value = "Efron", description = "As if they had followed each other; better where many are tied.")
        EFRON
    }

    @Widget(title = "Predicts", description = "What the label of a bag is.")
    @Persist(configKey = "predicts")
    Predicts predicts = Predicts.CLASS;

    @Widget(title = "A bag is", description = "What has a label and gets a prediction.")
    @ValueSwitchWidget
    @Persist(configKey = "unit")
    Unit unit = Unit.SLIDE;

    @Widget(title = "Method", description = "How the tiles of a slide become one answer.")
    @Persist(configKey = "method")
    Method method = Method.REGIONAL;

    @Widget(
            title = "Label column",
            description =
                    "Column with the class, the labels or the number, in the table of labels if one is connected, else "
                            + "in the tiles, where it is the same for all tiles of a bag. Left alone, it is <i>Slide label</i>, "
                            + "<i>Label (picture)</i> or <i>Label</i>.")
    @ChoicesProvider(LabelColumns.class)
    @Persist(configKey = "label_column")
    String labelColumn = "";

    @Widget(
            title = "Classes",
            description =
                    "All classes or labels in the order of the model's outputs, separated by commas. Empty: by name. "
                            + "Of two classes the second is the one that is looked for.")
    @Persist(configKey = "classes")
    String classes = "";

    @Widget(title = "Time column", description = "For survival: time of the event, or until which there was none.")
    @ChoicesProvider(LabelColumns.class)
    @Persist(configKey = "time_column")
    String timeColumn = "";

    @Widget(
            title = "Event column",
            description = "For survival: 1 or true for an event, 0 or false for none until then.")
    @ChoicesProvider(LabelColumns.class)
    @Persist(configKey = "event_column")
    String eventColumn = "";

    @Advanced
    @Widget(
            title = "Slide column",
            description =
                    "Column of the table of labels with the slides' names, with or without folder and extension. Left "
                            + "alone, it is <i>Slide</i>, <i>slide_id</i>, <i>Image</i>, <i>File</i> or <i>Name</i>.")
    @ChoicesProvider(LabelColumns.class)
    @Persist(configKey = "slide_column")
    String slideColumn = "";

    @Advanced
    @Widget(
            title = "Patient column",
            description =
                    "Column of the table of labels with the patients, for labels without a slide. Left alone, it is "
                            + "<i>Patient</i>, <i>patient_id</i>, <i>case_id</i> or <i>Group</i>.")
    @ChoicesProvider(LabelColumns.class)
    @Persist(configKey = "patient_column")
    String patientColumn = "";

    @Advanced
    @Widget(title = "Separator of labels", description = "What stands between several labels of a bag.")
    @Persist(configKey = "label_separator")
    String labelSeparator = "|";

    @Advanced
    @Widget(title = "Word for no label", description = "What stands in the column where a bag has no label.")
    @Persist(configKey = "no_label")
    String noLabel = "No Finding";

    @Widget(
            title = "Embedding column",
            description = "Column of embeddings. Empty takes the last one that an encoder made.")
    @ChoicesProvider(VectorColumns.class)
    @Persist(configKey = "embedding_column")
    String embeddingColumn = "";

    @Widget(
            title = "Folds",
            description =
                    "Patients are split into so many folds, classes evenly. Each fold is scored by a network that never "
                            + "saw its patients; the model is the ensemble of all networks.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "folds")
    int folds = 5;

    @Advanced
    @Widget(
            title = "Fold column",
            description = "Column with the fold of each bag, where folds are given; in the table that has the labels.")
    @ChoicesProvider(LabelColumns.class)
    @Persist(configKey = "fold_column")
    String foldColumn = "";

    @Advanced
    @Widget(
            title = "Networks of a fold",
            description = "So many networks of each fold start differently; their answers are averaged.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "seeds")
    int seeds = 1;

    @Widget(title = "Hidden width", description = "Numbers of a tile inside the network.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "hidden")
    int hidden = 128;

    @Advanced
    @Widget(title = "Region side", description = "Tiles along a side of a region, for the regional transformer.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "region_side")
    int regionSide = 2;

    @Advanced
    @Widget(
            title = "Depth",
            description =
                    "Transformer blocks inside regions, and as many between them; layers of other transformers. Where a "
                            + "token aggregates, the last block is the token's: with one block tiles are seen by their "
                            + "token, with two and more they look at each other first.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "depth")
    int depth = 1;

    @Advanced
    @Widget(title = "Heads", description = "Heads of attention; a divisor of the hidden width.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "heads")
    int heads = 4;

    @Widget(
            title = "Tiles of a step",
            description = "How many tiles of a slide a step sees, drawn by region; 0 for all. The paper's is 256.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Persist(configKey = "bag_tiles")
    int bagTiles = 256;

    @Advanced
    @Widget(
            title = "Slides of a step",
            description =
                    "How many bags a step learns from. 0: one, or 16 for survival, where a step compares its bags.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Persist(configKey = "bags_of_step")
    int bagsOfStep;

    @Advanced
    @Widget(
            title = "Classes count alike",
            description =
                    "Bags of rare classes weigh more, so that all classes weigh the same together; for labels, those "
                            + "with and without.")
    @Persist(configKey = "balanced")
    boolean balanced = true;

    @Advanced
    @Widget(title = "Events at one time", description = "For survival: how they are counted.")
    @ValueSwitchWidget
    @Persist(configKey = "ties")
    TiedEvents ties = TiedEvents.BRESLOW;

    @Widget(title = "Steps", description = "Training steps of each network.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "steps")
    int steps = 1000;

    @Widget(title = "Learning rate", description = "The highest learning rate; it warms up and falls along a cosine.")
    @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class)
    @Persist(configKey = "learning_rate")
    double learningRate = 1e-3;

    @Advanced
    @Widget(title = "Weight decay", description = "Decoupled weight decay of AdamW.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Persist(configKey = "weight_decay")
    double weightDecay;

    @Advanced
    @Widget(
            title = "Patience",
            description =
                    "A network is done after so many of its twenty validations in a row without a better one, where "
                            + "there are three folds and more. 0 means no limit; the best weights are kept in any case.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Persist(configKey = "patience")
    int patience;

    @Persist(configKey = "checkpoints")
    CheckpointParameters checkpoints = new CheckpointParameters();

    @Persist(configKey = "network")
    NetworkParameters network = new NetworkParameters();

    @Persist(configKey = "compute")
    ComputeParameters compute = new ComputeParameters();

    MilSpec spec(final int width, final int classes) throws RunFailed {
        final MilSpec.Method science =
                switch (method) {
                    case REGIONAL -> MilSpec.Method.REGIONAL;
                    case GATED_ABMIL -> MilSpec.Method.GATED_ABMIL;
                    case ABMIL -> MilSpec.Method.ABMIL;
                    case MEAN -> MilSpec.Method.MEAN;
                    case MAX -> MilSpec.Method.MAX;
                    case CLAM_SB -> MilSpec.Method.CLAM_SB;
                    case CLAM_MB -> MilSpec.Method.CLAM_MB;
                    case CLAM_MAX -> MilSpec.Method.CLAM_MAX;
                    case DSMIL -> MilSpec.Method.DSMIL;
                    case TRANSMIL -> MilSpec.Method.TRANSMIL;
                    case RRT -> MilSpec.Method.RRT;
                    case GLOBAL -> MilSpec.Method.GLOBAL;
                    case STAMP -> MilSpec.Method.STAMP;
                };
        return new MilSpec(science, width, hidden, Math.max(1, hidden / 2), classes, regionSide, depth, heads)
                .with(network.regions())
                .with(network.instances())
                .checked();
    }

    Target kind() {
        return switch (predicts) {
            case CLASS -> Target.CLASS;
            case LABELS -> Target.LABELS;
            case NUMBER -> Target.REGRESSION;
            case SURVIVAL -> Target.SURVIVAL;
        };
    }

    BagUnit bagUnit() {
        return switch (unit) {
            case SLIDE -> BagUnit.SLIDE;
            case PATIENT -> BagUnit.PATIENT;
        };
    }

    List<String> classNames() {
        return NameList.split(classes);
    }

    LearnBags.Training training() {
        final int batch = bagsOfStep > 0 ? bagsOfStep : predicts == Predicts.SURVIVAL ? SURVIVAL_BAGS : 1;
        final TrainingPlan usual = TrainingPlan.ofSteps(steps, batch, learningRate);
        final TrainingPlan plan = new TrainingPlan(
                new TrainingPlan.Length(steps, 0, Optional.empty(), patience),
                batch,
                new TrainingPlan.AdamW(learningRate, 0.9, 0.999, weightDecay, 1e-8),
                usual.warmupSteps(),
                usual.finalRate(),
                usual.emaDecay(),
                usual.clipNorm(),
                Precision.FP32,
                usual.validateEvery(),
                checkpoints.interval());
        final CoxLoss.Ties tied =
                switch (ties) {
                    case BRESLOW -> CoxLoss.Ties.BRESLOW;
                    case EFRON -> CoxLoss.Ties.EFRON;
                };
        return new LearnBags.Training(bagTiles, balanced, tied, plan, compute.seed);
    }

    @Override
    public void validate() throws InvalidSettingsException {
        Checks.range("Folds", folds, 2, 100);
        Checks.range("Hidden width", hidden, 1, 4096);
        Checks.range("Region side", regionSide, 1, 32);
        Checks.range("Depth", depth, 1, 24);
        Checks.range("Heads", heads, 1, 64);
        final boolean byHeads =
                switch (method) {
                    case REGIONAL, TRANSMIL, RRT, GLOBAL, STAMP -> true;
                    default -> false;
                };
        if (byHeads && hidden % heads != 0) {
            throw new InvalidSettingsException("Setting \"Heads\" is " + heads
                    + ", which does not divide the hidden width " + hidden + ". Choose a divisor.");
        }
        Checks.range("Tiles of a step", bagTiles, 0, 10_000_000);
        Checks.range("Networks of a fold", seeds, 1, 100);
        Checks.range("Slides of a step", bagsOfStep, 0, 4096);
        if (predicts == Predicts.SURVIVAL && bagsOfStep == 1) {
            throw new InvalidSettingsException("Setting \"Slides of a step\" is 1, but survival compares the bags of a"
                    + " step. Choose 0 or at least 2.");
        }
        if (labelSeparator.isEmpty()) {
            throw new InvalidSettingsException(
                    "Setting \"Separator of labels\" is empty. Say what stands between the labels of a bag.");
        }
        Checks.range("Weight decay", weightDecay, 0, 1);
        Checks.range("Patience", patience, 0, 1_000_000);
        checkpoints.validate();
        network.validate();
        Checks.range("Steps", steps, 1, 10_000_000);
        Checks.range("Learning rate", learningRate, 1e-9, 1);
        compute.validate();
    }
}
