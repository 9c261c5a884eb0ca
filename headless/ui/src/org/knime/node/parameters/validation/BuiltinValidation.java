package org.knime.node.parameters.validation;

/** A rule for one value. */
public interface BuiltinValidation {

    /** The numbers or texts of the rule. */
    Object getParameters();

    String getErrorMessage();
}
