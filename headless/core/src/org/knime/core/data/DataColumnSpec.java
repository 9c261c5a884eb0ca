package org.knime.core.data;

import java.util.Objects;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.config.ConfigRO;
import org.knime.core.node.config.ConfigWO;

/** Name, type and properties of a column. */
public final class DataColumnSpec {

    private static final String PROPERTIES = "column_properties";

    private final String name;
    private final DataType type;
    private final DataColumnProperties properties;

    DataColumnSpec(String name, DataType type, DataColumnProperties properties) {
        this.name = Objects.requireNonNull(name, "column name");
        this.type = Objects.requireNonNull(type, "type of column " + name);
        this.properties = Objects.requireNonNull(properties, "properties of column " + name);
    }

    public String getName() {
        return name;
    }

    public DataType getType() {
        return type;
    }

    public DataColumnProperties getProperties() {
        return properties;
    }

    /** True for the same name and type, whatever the properties. */
    public boolean equalStructure(DataColumnSpec other) {
        return other != null && name.equals(other.name) && type.equals(other.type);
    }

    /** True if a column of the other spec could be used where this one is expected. */
    public boolean isCompatibleWith(DataColumnSpec other) {
        return other != null && name.equals(other.name) && other.type.isASuperTypeOf(type);
    }

    public void save(ConfigWO config) {
        config.addString("column_name", name);
        config.addDataType("column_type", type);
        if (properties.size() > 0) {
            properties.save(config.addConfig(PROPERTIES));
        }
    }

    public static DataColumnSpec load(ConfigRO config) throws InvalidSettingsException {
        DataColumnProperties properties = config.containsKey(PROPERTIES)
                ? DataColumnProperties.load(config.getConfig(PROPERTIES))
                : new DataColumnProperties();
        return new DataColumnSpec(config.getString("column_name"), config.getDataType("column_type"), properties);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DataColumnSpec spec && equalStructure(spec) && properties.equals(spec.properties);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, type, properties);
    }

    @Override
    public String toString() {
        return name + " (" + type + ")";
    }
}
