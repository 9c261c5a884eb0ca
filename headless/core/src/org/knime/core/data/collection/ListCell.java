package org.knime.core.data.collection;

import java.util.AbstractList;
import java.util.Iterator;
import java.util.List;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataType;

/** A cell with a list of cells. A list of nothing but doubles is held as an array of numbers. */
public class ListCell extends DataCell implements ListDataValue {

    private static final long serialVersionUID = 1L;

    private final Elements elements;

    ListCell(Elements elements) {
        this.elements = elements;
    }

    /** The type of lists whose elements are of the given type. */
    public static final DataType getCollectionType(DataType elementType) {
        return DataType.getType(ListCell.class, elementType);
    }

    @Override
    public DataType getElementType() {
        return elements.type();
    }

    @Override
    public int size() {
        return elements.size();
    }

    @Override
    public DataCell get(int index) {
        return elements.get(index);
    }

    @Override
    public boolean containsBlobWrapperCells() {
        return false;
    }

    @Override
    public Iterator<DataCell> iterator() {
        return asList().iterator();
    }

    private List<DataCell> asList() {
        return new AbstractList<>() {
            @Override
            public DataCell get(int index) {
                return elements.get(index);
            }

            @Override
            public int size() {
                return elements.size();
            }
        };
    }

    @Override
    protected boolean equalsDataCell(DataCell cell) {
        return elements.equals(((ListCell) cell).elements);
    }

    @Override
    public int hashCode() {
        return elements.hashCode();
    }

    @Override
    public String toString() {
        return asList().toString();
    }
}
