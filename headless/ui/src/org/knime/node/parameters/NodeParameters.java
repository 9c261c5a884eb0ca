package org.knime.node.parameters;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.persistence.Persistable;

/** The parameters of a node, or a group of them: its fields are its settings, their initial values the defaults. */
public interface NodeParameters extends WidgetGroup, Persistable {

    /** Checks what concerns several fields. */
    default void validate() throws InvalidSettingsException {}
}
