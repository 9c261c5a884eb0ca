package org.knime.node.parameters.widget.choices;

import org.knime.core.data.DataColumnSpec;

/** A choice with a type: what is stored, what is shown. */
public record TypedStringChoice(String id, String text, PossibleTypeValue type) {

    /** A type: what is stored and what is shown. */
    public record PossibleTypeValue(String id, String text) {}

    public static TypedStringChoice fromColSpec(DataColumnSpec column) {
        PossibleTypeValue type = new PossibleTypeValue(
                column.getType().getPreferredValueClass().getName(),
                column.getType().getName());
        return new TypedStringChoice(column.getName(), column.getName(), type);
    }
}
