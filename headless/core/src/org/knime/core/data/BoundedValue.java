package org.knime.core.data;

/** Marks cells whose columns have a smallest and a largest value. */
public interface BoundedValue extends DataValue {}
