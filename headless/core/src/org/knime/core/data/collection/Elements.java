package org.knime.core.data.collection;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Collection;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataType;
import org.knime.core.data.def.DoubleCell;

/**
 * The elements of a list in the form that takes least room: floats where every element is a double that a float holds
 * without loss, doubles where every element is one, cells otherwise. Equal elements always have the same form.
 */
abstract sealed class Elements implements Serializable {

    private static final long serialVersionUID = 1L;

    abstract DataType type();

    abstract int size();

    abstract DataCell get(int index);

    static Elements of(Collection<? extends DataCell> cells) {
        if (cells.isEmpty() || !cells.stream().allMatch(DoubleCell.class::isInstance)) {
            return new Cells(cells.toArray(DataCell[]::new));
        }
        double[] values = cells.stream()
                .mapToDouble(cell -> ((DoubleCell) cell).getDoubleValue())
                .toArray();
        float[] small = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            small[i] = (float) values[i];
            if (Double.doubleToLongBits(small[i]) != Double.doubleToLongBits(values[i])) {
                return new Doubles(values);
            }
        }
        return new Floats(small);
    }

    /** Any cells. */
    private static final class Cells extends Elements {

        private static final long serialVersionUID = 1L;

        private final DataCell[] cells;

        Cells(DataCell[] cells) {
            this.cells = cells;
        }

        @Override
        DataType type() {
            return CollectionCellFactory.getElementType(
                    Arrays.stream(cells).map(DataCell::getType).toArray(DataType[]::new));
        }

        @Override
        int size() {
            return cells.length;
        }

        @Override
        DataCell get(int index) {
            return cells[index];
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Cells elements && Arrays.equals(cells, elements.cells);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(cells);
        }
    }

    /** Doubles that need their precision. */
    private static final class Doubles extends Elements {

        private static final long serialVersionUID = 1L;

        private final double[] values;

        Doubles(double[] values) {
            this.values = values;
        }

        @Override
        DataType type() {
            return DoubleCell.TYPE;
        }

        @Override
        int size() {
            return values.length;
        }

        @Override
        DataCell get(int index) {
            return new DoubleCell(values[index]);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Doubles elements && Arrays.equals(values, elements.values);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(values);
        }
    }

    /** Doubles with the precision of floats. */
    private static final class Floats extends Elements {

        private static final long serialVersionUID = 1L;

        private final float[] values;

        Floats(float[] values) {
            this.values = values;
        }

        @Override
        DataType type() {
            return DoubleCell.TYPE;
        }

        @Override
        int size() {
            return values.length;
        }

        @Override
        DataCell get(int index) {
            return new DoubleCell(values[index]);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Floats elements && Arrays.equals(values, elements.values);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(values);
        }
    }
}
