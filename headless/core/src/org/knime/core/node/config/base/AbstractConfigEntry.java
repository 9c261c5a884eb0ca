package org.knime.core.node.config.base;

import java.io.Serializable;
import java.util.Objects;

/** A named, typed entry of a settings tree. */
public abstract class AbstractConfigEntry implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String key;
    private final ConfigEntries type;

    AbstractConfigEntry(String key, ConfigEntries type) {
        this.key = Objects.requireNonNull(key, "key");
        this.type = type;
    }

    public final String getKey() {
        return key;
    }

    public final ConfigEntries getType() {
        return type;
    }

    /** The value as text, {@code null} for a null value and for a subtree. */
    public abstract String toStringValue();

    public final boolean isIdentical(AbstractConfigEntry other) {
        return other != null && key.equals(other.key) && type == other.type && sameValue(other);
    }

    abstract boolean sameValue(AbstractConfigEntry other);

    abstract int valueHash();

    @Override
    public boolean equals(Object other) {
        return other instanceof AbstractConfigEntry entry && isIdentical(entry);
    }

    @Override
    public int hashCode() {
        return Objects.hash(key, type, valueHash());
    }

    @Override
    public String toString() {
        return key + "->" + toStringValue();
    }
}
