package org.knime.node.parameters.widget.choices.util;

/** Tells from which input columns are taken. */
public interface InputTableIndexHolder {

    /** 0 for the first input. */
    default int getInputTableIndex() {
        return 0;
    }
}
