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
    private static final String ELEMENT_TYPE = "collection_element_type";
    static final DataType MISSING = new DataType(MissingCell.class, List.of(MissingValue.class), null);

    private final Class<? extends DataCell> cellClass;
    private final List<Class<? extends DataValue>> values;
    private final DataType elementType;

    private DataType(
            Class<? extends DataCell> cellClass, List<Class<? extends DataValue>> values, DataType elementType) {
        this.cellClass = cellClass;
        this.values = List.copyOf(values);
        this.elementType = elementType;
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

    /** The type of a class of cells that hold cells of one type; no element type means a cell that holds none. */
    public static DataType getType(Class<? extends DataCell> cellClass, DataType elementType) {
        DataType plain = getType(cellClass);
        return elementType == null ? plain : new DataType(cellClass, plain.values, elementType);
    }

    private static DataType create(Class<? extends DataCell> cellClass) {
        Set<Class<? extends DataValue>> found = new LinkedHashSet<>();
        for (Class<?> c = cellClass; c != null; c = c.getSuperclass()) {
            collect(c, found);
        }
        return new DataType(cellClass, new ArrayList<>(found), null);
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
        boolean collections = first.isCollectionType() && second.isCollectionType();
        return new DataType(
                first.cellClass == second.cellClass ? first.cellClass : null,
                common,
                collections ? getCommonSuperType(first.elementType, second.elementType) : null);
    }

    public static DataCell getMissingCell() {
        return new MissingCell(null);
    }

    public boolean isMissingValueType() {
        return cellClass == MissingCell.class;
    }

    public boolean isCollectionType() {
        return elementType != null;
    }

    /** The type of the cells in cells of this type, {@code null} if they hold none. */
    public DataType getCollectionElementType() {
        return elementType;
    }

    /** True if cells of the other type may stand in a column of this one; missing cells may stand everywhere. */
    public boolean isASuperTypeOf(DataType other) {
        if (other.isMissingValueType() || equals(other)) {
            return true;
        }
        boolean elements =
                elementType == null || other.elementType != null && elementType.isASuperTypeOf(other.elementType);
        return elements && (cellClass == null ? other.values.containsAll(values) : cellClass == other.cellClass);
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
        String plain = cellClass == null ? values.toString() : cellClass.getName();
        return elementType == null ? plain : plain + "<" + elementType.getIdentifier() + ">";
    }

    /** A name for people: the class name without {@code Cell}, or the common values. */
    public String getName() {
        if (cellClass == null) {
            return "Mixed" + values.stream().map(Class::getSimpleName).toList();
        }
        String plain = cellClass.getSimpleName().replaceFirst("Cell$", "");
        return elementType == null ? plain : plain + " of " + elementType.getName();
    }

    public void save(ConfigWO config) {
        if (cellClass == null) {
            throw new IllegalStateException("A mixed type cannot be stored here: " + this);
        }
        config.addString(CELL_CLASS, cellClass.getName());
        if (elementType != null) {
            elementType.save(config.addConfig(ELEMENT_TYPE));
        }
    }

    public static DataType load(ConfigRO config) throws InvalidSettingsException {
        String name = config.getString(CELL_CLASS);
        try {
            DataType elements = config.containsKey(ELEMENT_TYPE) ? load(config.getConfig(ELEMENT_TYPE)) : null;
            return getType(Class.forName(name).asSubclass(DataCell.class), elements);
        } catch (ClassNotFoundException | ClassCastException e) {
            throw new InvalidSettingsException("There is no cell class " + name + ".", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other == this
                || other instanceof DataType type
                        && cellClass == type.cellClass
                        && Objects.equals(elementType, type.elementType)
                        && (values.equals(type.values) || Set.copyOf(values).equals(Set.copyOf(type.values)));
    }

    @Override
    public int hashCode() {
        return Objects.hash(cellClass, elementType, Set.copyOf(values));
    }

    @Override
    public String toString() {
        return getName();
    }
}
