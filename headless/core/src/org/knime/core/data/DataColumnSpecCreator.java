package org.knime.core.data;

import java.util.Objects;

/** Makes column specs. */
public final class DataColumnSpecCreator {

    private String name;
    private DataType type;
    private DataColumnProperties properties = new DataColumnProperties();

    public DataColumnSpecCreator(String name, DataType type) {
        setName(name);
        setType(type);
    }

    public DataColumnSpecCreator(DataColumnSpec spec) {
        this(spec.getName(), spec.getType());
        setProperties(spec.getProperties());
    }

    public void setName(String name) {
        this.name = Objects.requireNonNull(name, "column name");
    }

    public void setType(DataType type) {
        this.type = Objects.requireNonNull(type, "column type");
    }

    public DataType getType() {
        return type;
    }

    /** Sets all properties; {@code null} for none. */
    public void setProperties(DataColumnProperties properties) {
        this.properties = properties == null ? new DataColumnProperties() : properties;
    }

    public DataColumnSpec createSpec() {
        return new DataColumnSpec(name, type, properties);
    }
}
