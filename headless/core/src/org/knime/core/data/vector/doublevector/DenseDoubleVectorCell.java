package org.knime.core.data.vector.doublevector;

import java.util.Arrays;
import java.util.Iterator;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataType;
import org.knime.core.data.collection.CollectionDataValue;
import org.knime.core.data.def.DoubleCell;

/** A cell with an array of doubles. */
public class DenseDoubleVectorCell extends DataCell implements CollectionDataValue, DoubleVectorValue {

    private static final long serialVersionUID = 1L;

    private final double[] values;

    DenseDoubleVectorCell(double[] values) {
        this.values = values;
    }

    @Override
    public int getLength() {
        return values.length;
    }

    @Override
    public double getValue(int index) {
        return values[index];
    }

    @Override
    public int size() {
        return values.length;
    }

    @Override
    public DataType getElementType() {
        return DoubleCell.TYPE;
    }

    @Override
    public boolean containsBlobWrapperCells() {
        return false;
    }

    @Override
    public Iterator<DataCell> iterator() {
        return Arrays.stream(values)
                .mapToObj(value -> (DataCell) new DoubleCell(value))
                .iterator();
    }

    @Override
    protected boolean equalsDataCell(DataCell cell) {
        return Arrays.equals(values, ((DenseDoubleVectorCell) cell).values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return Arrays.toString(values);
    }
}
