package org.knime.node.parameters.updates;

/** The name of a button. */
public interface ButtonReference {}
