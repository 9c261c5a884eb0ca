package org.selfdiff.nodes.common;

import java.util.ArrayList;
import java.util.List;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataType;
import org.knime.core.data.DoubleValue;
import org.knime.core.data.collection.CollectionCellFactory;
import org.knime.core.data.collection.CollectionDataValue;
import org.knime.core.data.collection.ListCell;
import org.knime.core.data.collection.ListDataValue;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.vector.doublevector.DoubleVectorValue;
import org.selfdiff.run.RunFailed;

/**
 * The cells that hold a vector, and how it is read: lists of numbers, which KNIME's own nodes write and understand, and
 * double vectors.
 */
final class VectorCells {
    /** What is written. */
    static final DataType LIST = ListCell.getCollectionType(DoubleCell.TYPE);

    private VectorCells() {}

    /** Whether the cells of a column hold vectors. Sets do not: they keep neither order nor equal numbers. */
    static boolean holds(final DataType type) {
        return type.isCompatible(DoubleVectorValue.class)
                || type.isCompatible(ListDataValue.class)
                        && type.getCollectionElementType().isCompatible(DoubleValue.class);
    }

    /** A list of doubles. */
    static DataCell list(final float[] values) {
        final List<DataCell> cells = new ArrayList<>(values.length);
        for (final float value : values) {
            cells.add(new DoubleCell(value));
        }
        return CollectionCellFactory.createListCell(cells);
    }

    /**
     * The numbers of a cell that is not missing.
     *
     * @param where column and row, for messages
     * @throws RunFailed if the cell holds no number, a missing one, or one that is not finite as a float
     */
    static float[] read(final DataCell cell, final String where) throws RunFailed {
        final float[] values = cell instanceof DoubleVectorValue vector ? ofVector(vector) : ofCollection(cell, where);
        if (values.length == 0) {
            throw new RunFailed("The vector is empty", where, "Filter the row out, or embed it again.");
        }
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new RunFailed(
                        "Number " + (i + 1) + " of the vector is "
                                + (Float.isNaN(values[i]) ? "not a number" : "infinite or too large for a float"),
                        where,
                        "Filter the row out, or look for what went wrong where the vectors were made.");
            }
        }
        return values;
    }

    private static float[] ofVector(final DoubleVectorValue vector) {
        final float[] values = new float[vector.getLength()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) vector.getValue(i);
        }
        return values;
    }

    private static float[] ofCollection(final DataCell cell, final String where) throws RunFailed {
        final CollectionDataValue collection = (CollectionDataValue) cell;
        final float[] values = new float[collection.size()];
        int i = 0;
        for (final DataCell element : collection) {
            if (!(element instanceof DoubleValue number)) {
                throw new RunFailed(
                        "Number " + (i + 1) + " of the vector is missing",
                        where,
                        "Filter the row out, or embed it again.");
            }
            values[i++] = (float) number.getDoubleValue();
        }
        return values;
    }
}
