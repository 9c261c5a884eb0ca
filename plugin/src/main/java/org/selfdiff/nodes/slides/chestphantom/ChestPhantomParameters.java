package org.selfdiff.nodes.slides.chestphantom;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
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
import org.selfdiff.imaging.phantom.ChestFinding;
import org.selfdiff.imaging.phantom.ChestFindings;
import org.selfdiff.nodes.common.Checks;
import org.selfdiff.nodes.common.NameList;

/** Settings of the Chest X-ray Phantom. */
final class ChestPhantomParameters implements NodeParameters {

    /** Bits of a pixel. */
    enum Depth {
        @Label(value = "8 bits", description = "256 levels of grey.")
        EIGHT,
        @Label(
                value = "16 bits",
                description =
                        "4096 levels of grey, as detectors give them, stored in 16 bits: white is 4095, and viewers "
                                + "that expect 65535 show the pictures dark.")
        SIXTEEN
    }

    @Widget(
            title = "Folder",
            description = "Folder for the pictures; it appears when all are done. A folder made by this node before is "
                    + "replaced unless a file in it was changed since, any other must be new or empty. Absolute, relative to the "
                    + "workflow, or <tt>knime://</tt>.")
    @Persist(configKey = "folder")
    String folder = "data/chest";

    @Widget(title = "Pictures", description = "Number of pictures.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "pictures")
    int pictures = 64;

    @Widget(title = "Size", description = "Side of a picture in pixels, 32 to 2048.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "size")
    int size = 256;

    @Widget(
            title = "Share of patients with a finding",
            description = "0 to 1; the kinds of findings are equally frequent among them.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Persist(configKey = "prevalence")
    double prevalence = 0.5;

    @Widget(
            title = "Kinds of findings",
            description = "Which findings occur, separated by commas: nodule, consolidation, effusion.")
    @Persist(configKey = "findings")
    @Migrate(loadDefaultIfAbsent = true)
    String findings = "nodule, consolidation, effusion";

    @Widget(
            title = "Strength of findings",
            description =
                    "How dense findings are, 0.1 to 10: 1 as usual, which is subtle in small pictures; 2 and more is plain.")
    @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class)
    @Persist(configKey = "strength")
    @Migrate(loadDefaultIfAbsent = true)
    double strength = 1;

    @Advanced
    @Widget(
            title = "Pictures of a patient",
            description =
                    "How many pictures each patient has, 1 to 100: body and kind of finding stay, position, exposure and "
                            + "place of the finding change.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "picturesOfPatient")
    int picturesOfPatient = 1;

    @Advanced
    @Widget(title = "Depth", description = "Bits of a pixel.")
    @ValueSwitchWidget
    @Persist(configKey = "depth")
    Depth depth = Depth.EIGHT;

    @Widget(
            title = "Random seed",
            description =
                    "A picture follows from this number, its patient and its own number alone, so that more pictures leave "
                            + "the first ones as they are.")
    @Persist(configKey = "seed")
    long seed = 1;

    @Advanced
    @Widget(
            title = "Folder of your own pictures",
            description =
                    "Where a folder is named here, no pictures are made and the table is empty: for workflows that take "
                            + "your own pictures as soon as a variable names their folder.")
    @Persist(configKey = "own_folder")
    @Migrate(loadDefaultIfAbsent = true)
    String ownFolder = "";

    ChestFindings findings() {
        return new ChestFindings(kinds(), prevalence, strength);
    }

    private List<ChestFinding> kinds() {
        return NameList.split(findings).stream()
                .map(name -> ChestFinding.valueOf(name.toUpperCase(Locale.ROOT)))
                .distinct()
                .toList();
    }

    @Override
    public void validate() throws InvalidSettingsException {
        final List<String> known = Stream.of(ChestFinding.values())
                .filter(finding -> finding != ChestFinding.NONE)
                .map(ChestFinding::label)
                .toList();
        final List<String> named = NameList.split(findings.toLowerCase(Locale.ROOT));
        if (named.isEmpty() || !known.containsAll(named)) {
            throw new InvalidSettingsException("Setting \"Kinds of findings\" is \"" + findings
                    + "\". Name one or more of " + String.join(", ", known) + ".");
        }
        Checks.range("Strength of findings", strength, 0.1, 10);
        if (folder.isBlank()) {
            throw new InvalidSettingsException("Setting \"Folder\" is empty. Give a folder for the pictures.");
        }
        Checks.range("Pictures", pictures, 1, 100_000);
        Checks.range("Size", size, 32, 2048);
        Checks.range("Share of patients with a finding", prevalence, 0, 1);
        Checks.range("Pictures of a patient", picturesOfPatient, 1, 100);
    }
}
