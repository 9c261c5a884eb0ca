package org.knime.core.data.vector.doublevector;

import org.knime.core.data.DataValue;

/** A cell that holds numbers. */
public interface DoubleVectorValue extends DataValue {

    int getLength();

    double getValue(int index);
}
