package org.knime.core.data;

/** A cell that can be read as a whole number of 32 bits. */
public interface IntValue extends DataValue {

    int getIntValue();
}
