package org.knime.core.data;

import java.util.Objects;

/** Makes column specs. */
public final class DataColumnSpecCreator {

    private String name;
    private DataType type;

    public DataColumnSpecCreator(String name, DataType type) {
        setName(name);
        setType(type);
    }

    public DataColumnSpecCreator(DataColumnSpec spec) {
        this(spec.getName(), spec.getType());
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

    public DataColumnSpec createSpec() {
        return new DataColumnSpec(name, type);
    }
}
