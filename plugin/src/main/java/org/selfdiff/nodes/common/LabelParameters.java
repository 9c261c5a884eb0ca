package org.selfdiff.nodes.common;

import org.knime.core.data.DataTableSpec;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.persistence.Persist;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;

/** Where the true classes of rows stand. */
public final class LabelParameters implements NodeParameters {

    /** How many labels a row has. */
    public enum Labels {
        /** Classes exclude each other. */
        @Label(value = "One class per row", description = "Classes exclude each other.")
        EXCLUSIVE,
        /** Any number. */
        @Label(value = "Any number of labels", description = "Each label is there or not, whatever the others.")
        SEVERAL
    }

    /** How many labels a row has. */
    @Widget(title = "Labels", description = "Whether a row has exactly one class.")
    @ValueSwitchWidget
    @Persist(configKey = "kind")
    public Labels kind = Labels.EXCLUSIVE;

    /** Column of labels. */
    @Widget(
            title = "Label column",
            description =
                    "Column with the class of each row; with any number of labels its texts hold all labels of a row, "
                            + "separated as said below. Left alone, it is the column called Slide label, Label (picture) or Label; with "
                            + "any number of labels, columns named like the classes hold 0 and 1 (or false and true).")
    @ChoicesProvider(OptionalColumns.Guessed.class)
    @Persist(configKey = "column")
    public String column = "";

    /** Names of the classes in order. */
    @Widget(
            title = "Classes",
            description =
                    "All classes in their order, separated by commas; of two classes the second is the one that is "
                            + "looked for. Empty: those that occur, sorted by name.")
    @Persist(configKey = "classes")
    public String classes = "";

    /** What stands between labels. */
    @Advanced
    @Widget(title = "Separator of labels", description = "What stands between the labels of a row.")
    @Persist(configKey = "separator")
    public String separator = "|";

    /** What stands where there is none. */
    @Advanced
    @Widget(
            title = "Word for no label",
            description = "What stands in the column of labels where a row has none; an empty text says the same.")
    @Persist(configKey = "no_label")
    public String noLabel = "No Finding";

    /** The defaults. */
    public LabelParameters() {}

    private LabelParameters(final LabelParameters other, final String column) {
        kind = other.kind;
        this.column = column;
        classes = other.classes;
        separator = other.separator;
        noLabel = other.noLabel;
    }

    /** Whether a row may have any number of labels. */
    public boolean multiLabel() {
        return switch (kind) {
            case EXCLUSIVE -> false;
            case SEVERAL -> true;
        };
    }

    /** Whether each class has a column of its own. */
    boolean byColumns() {
        return multiLabel() && column.isBlank() && !NameList.split(classes).isEmpty();
    }

    /**
     * Refuses a table without labels.
     *
     * @param port name of the input, for messages
     */
    public void check(final DataTableSpec table, final String port) throws InvalidSettingsException {
        if (byColumns()) {
            for (final String name : NameList.split(classes)) {
                if (!table.containsName(name)) {
                    throw new InvalidSettingsException("The table on port \"" + port + "\" has no column \"" + name
                            + "\" with 0 and 1. Correct the names of the classes, or choose one column of labels.");
                }
            }
            return;
        }
        final String name = name(table);
        if (name.isBlank() || !table.containsName(name)) {
            throw new InvalidSettingsException("The table on port \"" + port + "\" has no column "
                    + (name.isBlank() ? "of labels" : "\"" + name + "\"")
                    + ". Choose the column with the classes in the dialog.");
        }
    }

    /**
     * The same for another table, in which the column may have another name: that of the Condition Sampler's labels, for
     * instance, is always Label.
     */
    LabelParameters in(final DataTableSpec table) {
        if (column.isBlank() || table.containsName(column)) {
            return this;
        }
        final String guessed = BagTable.guessLabel(table);
        return guessed.isBlank() ? this : new LabelParameters(this, guessed);
    }

    /** The column of labels; empty if none is chosen or found. */
    String name(final DataTableSpec table) {
        return column.isBlank() ? BagTable.guessLabel(table) : column;
    }

    @Override
    public void validate() throws InvalidSettingsException {
        if (separator.isEmpty()) {
            throw new InvalidSettingsException(
                    "Setting \"Separator of labels\" is empty. Say what stands between the labels of a row.");
        }
    }
}
