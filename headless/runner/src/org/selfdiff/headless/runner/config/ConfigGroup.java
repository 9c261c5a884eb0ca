package org.selfdiff.headless.runner.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A named group of stored values and groups, in file order. */
public final class ConfigGroup implements ConfigNode {
    private final String key;

    private final Map<String, ConfigNode> children = new LinkedHashMap<>();

    /** An empty group. */
    public ConfigGroup(final String key) {
        this.key = key;
    }

    @Override
    public String key() {
        return key;
    }

    /** Adds or replaces a child, and returns this group. */
    public ConfigGroup put(final ConfigNode child) {
        children.put(child.key(), child);
        return this;
    }

    /** Shorthand for a value. */
    public ConfigGroup put(final String name, final EntryType type, final String value) {
        return put(new ConfigEntry(name, type, value));
    }

    public boolean contains(final String name) {
        return children.containsKey(name);
    }

    public Collection<ConfigNode> children() {
        return List.copyOf(children.values());
    }

    public Optional<ConfigNode> child(final String name) {
        return Optional.ofNullable(children.get(name));
    }

    /** The sub-groups, in file order. */
    public List<ConfigGroup> groups() {
        final List<ConfigGroup> groups = new ArrayList<>();
        for (ConfigNode child : children.values()) {
            if (child instanceof ConfigGroup group) {
                groups.add(group);
            }
        }
        return groups;
    }

    /** The sub-group of that name; empty where there is none or where it is a value. */
    public Optional<ConfigGroup> group(final String name) {
        return children.get(name) instanceof ConfigGroup group ? Optional.of(group) : Optional.empty();
    }

    /** The text of a value; empty where there is none, where it is null or where it is a group. */
    public Optional<String> text(final String name) {
        return children.get(name) instanceof ConfigEntry entry ? Optional.ofNullable(entry.value()) : Optional.empty();
    }

    /** The value as a whole number; {@code fallback} where it is absent or is not one. */
    public int number(final String name, final int fallback) {
        return text(name).filter(EntryType.XINT::accepts).map(Integer::parseInt).orElse(fallback);
    }

    /** A copy that shares nothing with this group. */
    public ConfigGroup copy() {
        final ConfigGroup copy = new ConfigGroup(key);
        for (ConfigNode child : children.values()) {
            copy.put(child instanceof ConfigGroup group ? group.copy() : child);
        }
        return copy;
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof ConfigGroup group && key.equals(group.key) && children.equals(group.children);
    }

    @Override
    public int hashCode() {
        return 31 * key.hashCode() + children.hashCode();
    }

    @Override
    public String toString() {
        return key + children.values();
    }
}
