package org.selfdiff.headless.runner.knime;

import org.knime.core.node.NodeSettings;
import org.knime.core.node.NodeSettingsWO;
import org.knime.core.node.config.base.AbstractConfigEntry;
import org.knime.core.node.config.base.ConfigBase;
import org.selfdiff.headless.runner.config.ConfigEntry;
import org.selfdiff.headless.runner.config.ConfigGroup;
import org.selfdiff.headless.runner.config.ConfigNode;
import org.selfdiff.headless.runner.config.EntryType;

/** Settings as files hold them, and as nodes take them. */
final class StoredSettings {
    private StoredSettings() {}

    /** For a node. */
    static NodeSettings toNode(final ConfigGroup stored) {
        final NodeSettings settings = new NodeSettings(stored.key());
        fill(stored, settings);
        return settings;
    }

    private static void fill(final ConfigGroup from, final NodeSettingsWO to) {
        for (ConfigNode child : from.children()) {
            if (child instanceof ConfigGroup group) {
                fill(group, to.addNodeSettings(group.key()));
            } else if (child instanceof ConfigEntry entry) {
                add(entry, to);
            }
        }
    }

    private static void add(final ConfigEntry entry, final NodeSettingsWO to) {
        final String key = entry.key();
        final String value = entry.value();
        switch (entry.type()) {
            case XSTRING -> to.addString(key, value);
            case XINT -> to.addInt(key, Integer.parseInt(value));
            case XLONG -> to.addLong(key, Long.parseLong(value));
            case XDOUBLE -> to.addDouble(key, Double.parseDouble(value));
            case XFLOAT -> to.addFloat(key, Float.parseFloat(value));
            case XBOOLEAN -> to.addBoolean(key, Boolean.parseBoolean(value));
            case XBYTE -> to.addByte(key, Byte.parseByte(value));
            case XSHORT -> to.addShort(key, Short.parseShort(value));
            case XCHAR -> to.addChar(key, value.charAt(0));
            default -> {
                // Passwords are never stored with a value that could be used here.
            }
        }
    }

    /** From a node. */
    static ConfigGroup fromNode(final String key, final ConfigBase settings) {
        final ConfigGroup group = new ConfigGroup(key);
        for (String name : settings.keySet()) {
            final AbstractConfigEntry entry = settings.getEntry(name);
            if (entry instanceof ConfigBase inner) {
                group.put(fromNode(name, inner));
            } else {
                EntryType.of(entry.getType().name()).ifPresent(type -> group.put(name, type, entry.toStringValue()));
            }
        }
        return group;
    }
}
