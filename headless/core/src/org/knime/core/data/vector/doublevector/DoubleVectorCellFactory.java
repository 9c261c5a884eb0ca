package org.knime.core.data.vector.doublevector;

import org.knime.core.data.DataCell;
import org.knime.core.data.DataType;
import org.knime.core.data.def.DoubleCell;

/** Makes cells with arrays of doubles. */
public class DoubleVectorCellFactory {

    public static final DataType TYPE = DataType.getType(DenseDoubleVectorCell.class, DoubleCell.TYPE);

    /** Takes the array as it is. */
    public static DataCell createCell(double[] values) {
        return new DenseDoubleVectorCell(values);
    }

    public DataType getDataType() {
        return TYPE;
    }
}
