package org.knime.core.data;

/** A cell that can be read as a whole number of 64 bits. */
public interface LongValue extends DataValue {

    long getLongValue();
}
