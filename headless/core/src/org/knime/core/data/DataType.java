package org.knime.core.data;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.config.ConfigRO;
import org.knime.core.node.config.ConfigWO;

/** The type of a column: a cell class, or the values that different cell classes have in common. */
public final class DataType {

    private static final String CELL_CLASS = "cell_class";
    static final DataType MISSING = new DataType(MissingCell.class, List.of(MissingValue.class));

    private final Class<? extends DataCell> cellClass;
    private final List<Class<? extends DataValue>> values;

    private DataType(Class<? extends DataCell> cellClass, List<Class<? extends DataValue>> values) {
        this.cellClass = cellClass;
        this.values = List.copyOf(values);
    }

    private static final ClassValue<DataType> TYPES = new ClassValue<>() {
        @Override
        protected DataType computeValue(Class<?> type) {
            return type == MissingCell.class ? MISSING : create(type.asSubclass(DataCell.class));
        }
    };

    /** The type of one class of cells. */
    public static DataType getType(Class<? extends DataCell> cellClass) {
        return TYPES.get(cellClass);
    }

    private static DataType create(Class<? extends DataCell> cellClass) {
        Set<Class<? extends DataValue>> found = new LinkedHashSet<>();
        for (Class<?> c = cellClass; c != null; c = c.getSuperclass()) {
            collect(c, found);
        }
        return new DataType(cellClass, new ArrayList<>(found));
    }

    private static void collect(Class<?> type, Set<Class<? extends DataValue>> into) {
        for (Class<?> candidate : type.getInterfaces()) {
            if (DataValue.class.isAssignableFrom(candidate) && candidate != DataValue.class) {
                into.add(candidate.asSubclass(DataValue.class));
                collect(candidate, into);
            }
        }
    }

    /** The narrowest type that holds the cells of both. */
    public static DataType getCommonSuperType(DataType first, DataType second) {
        if (first.isASuperTypeOf(second)) {
            return first;
        }
        if (second.isASuperTypeOf(first)) {
            return second;
        }
        List<Class<? extends DataValue>> common = new ArrayList<>(first.values);
        common.retainAll(second.values);
        return new DataType(null, common);
    }

    public static DataCell getMissingCell() {
        return new MissingCell(null);
    }

    public boolean isMissingValueType() {
        return cellClass == MissingCell.class;
    }

    public boolean isCollectionType() {
        return false;
    }

    /** True if cells of the other type may stand in a column of this one; missing cells may stand everywhere. */
    public boolean isASuperTypeOf(DataType other) {
        if (other.isMissingValueType() || equals(other)) {
            return true;
        }
        return cellClass == null && other.values.containsAll(values);
    }

    public boolean isCompatible(Class<? extends DataValue> value) {
        return isMissingValueType() || value == DataValue.class || values.contains(value);
    }

    public Class<? extends DataCell> getCellClass() {
        return cellClass;
    }

    public Class<? extends DataValue> getPreferredValueClass() {
        return values.isEmpty() ? DataValue.class : values.get(0);
    }

    public List<Class<? extends DataValue>> getValueClasses() {
        return values;
    }

    public String getIdentifier() {
        return cellClass == null ? values.toString() : cellClass.getName();
    }

    /** A name for people: the class name without {@code Cell}, or the common values. */
    public String getName() {
        if (cellClass == null) {
            return "Mixed" + values.stream().map(Class::getSimpleName).toList();
        }
        return cellClass.getSimpleName().replaceFirst("Cell$", "");
    }

    public void save(ConfigWO config) {
        if (cellClass == null) {
            throw new IllegalStateException("A mixed type cannot be stored here: " + this);
        }
        config.addString(CELL_CLASS, cellClass.getName());
    }

    public static DataType load(ConfigRO config) throws InvalidSettingsException {
        String name = config.getString(CELL_CLASS);
        try {
            return getType(Class.forName(name).asSubclass(DataCell.class));
        } catch (ClassNotFoundException | ClassCastException e) {
            throw new InvalidSettingsException("There is no cell class " + name + ".", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other == this
                || other instanceof DataType type
                        && cellClass == type.cellClass
                        && Set.copyOf(values).equals(Set.copyOf(type.values));
    }

    @Override
    public int hashCode() {
        return Objects.hash(cellClass, Set.copyOf(values));
    }

    @Override
    public String toString() {
        return getName();
    }
}
