package org.knime.core.data;

/** Marks cells whose columns have a set of possible values. */
public interface NominalValue extends DataValue {}
