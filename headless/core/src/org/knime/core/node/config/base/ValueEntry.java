package org.knime.core.node.config.base;

import java.io.Serializable;
import java.util.Objects;

/** An entry with one value of Java's type for its {@link ConfigEntries}. */
final class ValueEntry extends AbstractConfigEntry {

    private static final long serialVersionUID = 1L;

    private final Serializable value;

    ValueEntry(String key, ConfigEntries type, Object value) {
        super(key, type);
        this.value = (Serializable) value;
    }

    Object value() {
        return value;
    }

    @Override
    public String toStringValue() {
        return value == null ? null : value.toString();
    }

    @Override
    boolean sameValue(AbstractConfigEntry other) {
        return other instanceof ValueEntry entry && Objects.equals(value, entry.value);
    }

    @Override
    int valueHash() {
        return Objects.hashCode(value);
    }
}
