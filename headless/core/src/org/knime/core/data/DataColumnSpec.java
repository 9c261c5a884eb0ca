package org.knime.core.data;

import java.util.Objects;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.config.ConfigRO;
import org.knime.core.node.config.ConfigWO;

/** Name and type of a column. */
public final class DataColumnSpec {

    private final String name;
    private final DataType type;

    DataColumnSpec(String name, DataType type) {
        this.name = Objects.requireNonNull(name, "column name");
        this.type = Objects.requireNonNull(type, "type of column " + name);
    }

    public String getName() {
        return name;
    }

    public DataType getType() {
        return type;
    }

    /** True for the same name and type. */
    public boolean equalStructure(DataColumnSpec other) {
        return equals(other);
    }

    /** True if a column of the other spec could be used where this one is expected. */
    public boolean isCompatibleWith(DataColumnSpec other) {
        return other != null && name.equals(other.name) && other.type.isASuperTypeOf(type);
    }

    public void save(ConfigWO config) {
        config.addString("column_name", name);
        config.addDataType("column_type", type);
    }

    public static DataColumnSpec load(ConfigRO config) throws InvalidSettingsException {
        return new DataColumnSpec(config.getString("column_name"), config.getDataType("column_type"));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DataColumnSpec spec && name.equals(spec.name) && type.equals(spec.type);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, type);
    }

    @Override
    public String toString() {
        return name + " (" + type + ")";
    }
}
