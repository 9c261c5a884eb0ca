package org.selfdiff.headless.runner.config;

/**
 * A stored value.
 *
 * @param key its name
 * @param type its type
 * @param value its text, or null where the file says {@code isnull="true"}
 */
public record ConfigEntry(String key, EntryType type, String value) implements ConfigNode {
    /** The same entry with another text. */
    public ConfigEntry withValue(final String text) {
        return new ConfigEntry(key, type, text);
    }
}
