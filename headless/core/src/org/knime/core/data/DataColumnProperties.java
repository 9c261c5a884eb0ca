package org.knime.core.data;

import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import java.util.TreeMap;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.config.ConfigRO;
import org.knime.core.node.config.ConfigWO;

/** Texts that travel with a column. */
public final class DataColumnProperties implements Cloneable {

    private final Map<String, String> values;

    public DataColumnProperties() {
        this(Map.of());
    }

    public DataColumnProperties(Map<String, String> values) {
        this.values = Collections.unmodifiableMap(new TreeMap<>(values));
    }

    public boolean containsProperty(String key) {
        return values.containsKey(key);
    }

    /** The value or {@code null}. */
    public String getProperty(String key) {
        return values.get(key);
    }

    public String getProperty(String key, String fallback) {
        return values.getOrDefault(key, fallback);
    }

    public Enumeration<String> properties() {
        return Collections.enumeration(values.keySet());
    }

    public int size() {
        return values.size();
    }

    /** These properties with others added or in their place. */
    public DataColumnProperties cloneAndOverwrite(Map<String, String> others) {
        Map<String, String> all = new TreeMap<>(values);
        all.putAll(others);
        return new DataColumnProperties(all);
    }

    public void save(ConfigWO config) {
        values.forEach(config::addString);
    }

    public static DataColumnProperties load(ConfigRO config) throws InvalidSettingsException {
        Map<String, String> values = new TreeMap<>();
        for (String key : config) {
            values.put(key, config.getString(key));
        }
        return new DataColumnProperties(values);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DataColumnProperties properties && values.equals(properties.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
