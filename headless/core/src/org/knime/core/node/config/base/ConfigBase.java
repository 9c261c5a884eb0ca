package org.knime.core.node.config.base;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.knime.core.node.InvalidSettingsException;

/** A tree of typed entries that keeps their order. */
public abstract class ConfigBase extends AbstractConfigEntry implements ConfigBaseRO, ConfigBaseWO {

    private static final long serialVersionUID = 1L;

    static final String ARRAY_SIZE = "array-size";

    private final LinkedHashMap<String, AbstractConfigEntry> entries = new LinkedHashMap<>();

    public ConfigBase(String key) {
        super(key, ConfigEntries.config);
    }

    /** Makes an empty tree of the same class. */
    public abstract ConfigBase getInstance(String key);

    public AbstractConfigEntry getEntry(String key) {
        return entries.get(key);
    }

    public void addEntry(AbstractConfigEntry entry) {
        put(entry);
    }

    protected void put(AbstractConfigEntry entry) {
        entries.put(entry.getKey(), entry);
    }

    protected AbstractConfigEntry get(String key) {
        return entries.get(key);
    }

    public final AbstractConfigEntry removeConfig(String key) {
        return entries.remove(key);
    }

    private Object value(String key, ConfigEntries type) throws InvalidSettingsException {
        AbstractConfigEntry entry = entries.get(key);
        if (entry == null) {
            throw new InvalidSettingsException("Setting \"" + key + "\" is missing in \"" + getKey() + "\".");
        }
        if (!(entry instanceof ValueEntry found) || entry.getType() != type) {
            throw new InvalidSettingsException("Setting \"" + key + "\" in \"" + getKey() + "\" is of type "
                    + entry.getType() + ", expected " + type + ".");
        }
        return found.value();
    }

    @SuppressWarnings("unchecked")
    private <T> T valueOr(String key, ConfigEntries type, T def) {
        return entries.get(key) instanceof ValueEntry found && found.getType() == type ? (T) found.value() : def;
    }

    @Override
    public final ConfigBase getConfigBase(String key) throws InvalidSettingsException {
        AbstractConfigEntry entry = entries.get(key);
        if (entry instanceof ConfigBase config) {
            return config;
        }
        throw new InvalidSettingsException("Settings group \"" + key + "\" is "
                + (entry == null ? "missing" : "a single value") + " in \"" + getKey() + "\".");
    }

    @Override
    public final ConfigBase addConfigBase(String key) {
        ConfigBase config = getInstance(key);
        put(config);
        return config;
    }

    @Override
    public boolean containsKey(String key) {
        return entries.containsKey(key);
    }

    @Override
    public Set<String> keySet() {
        return entries.keySet();
    }

    @Override
    public final Iterator<String> iterator() {
        return entries.keySet().iterator();
    }

    @Override
    public void copyTo(ConfigBaseWO dest) {
        ConfigBase target = (ConfigBase) dest;
        for (AbstractConfigEntry entry : entries.values()) {
            if (entry instanceof ConfigBase config) {
                config.copyTo(target.addConfigBase(config.getKey()));
            } else {
                target.put(entry);
            }
        }
    }

    @Override
    public final void saveToXML(OutputStream out) throws IOException {
        XMLConfig.save(this, out);
    }

    public void load(InputStream in) throws IOException {
        ConfigXml.read(this, in);
    }

    @Override
    public final String toStringValue() {
        return null;
    }

    @Override
    public String toString() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            saveToXML(out);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    @Override
    boolean sameValue(AbstractConfigEntry other) {
        return other instanceof ConfigBase config && sameMap(config.entries);
    }

    private boolean sameMap(Map<String, AbstractConfigEntry> others) {
        return entries.keySet().equals(others.keySet())
                && entries.entrySet().stream().allMatch(e -> e.getValue().isIdentical(others.get(e.getKey())));
    }

    @Override
    int valueHash() {
        return Objects.hash(entries.keySet());
    }

    @Override
    public boolean getBoolean(String key) throws InvalidSettingsException {
        return (Boolean) value(key, ConfigEntries.xboolean);
    }

    @Override
    public boolean getBoolean(String key, boolean def) {
        return valueOr(key, ConfigEntries.xboolean, def);
    }

    @Override
    public void addBoolean(String key, boolean value) {
        put(new ValueEntry(key, ConfigEntries.xboolean, value));
    }

    @Override
    public byte getByte(String key) throws InvalidSettingsException {
        return (Byte) value(key, ConfigEntries.xbyte);
    }

    @Override
    public void addByte(String key, byte value) {
        put(new ValueEntry(key, ConfigEntries.xbyte, value));
    }

    @Override
    public char getChar(String key) throws InvalidSettingsException {
        return (Character) value(key, ConfigEntries.xchar);
    }

    @Override
    public void addChar(String key, char value) {
        put(new ValueEntry(key, ConfigEntries.xchar, value));
    }

    @Override
    public void addShort(String key, short value) {
        put(new ValueEntry(key, ConfigEntries.xshort, value));
    }

    @Override
    public int getInt(String key) throws InvalidSettingsException {
        return (Integer) value(key, ConfigEntries.xint);
    }

    @Override
    public int getInt(String key, int def) {
        return valueOr(key, ConfigEntries.xint, def);
    }

    @Override
    public void addInt(String key, int value) {
        put(new ValueEntry(key, ConfigEntries.xint, value));
    }

    @Override
    public long getLong(String key) throws InvalidSettingsException {
        return (Long) value(key, ConfigEntries.xlong);
    }

    @Override
    public void addLong(String key, long value) {
        put(new ValueEntry(key, ConfigEntries.xlong, value));
    }

    @Override
    public float getFloat(String key) throws InvalidSettingsException {
        return (Float) value(key, ConfigEntries.xfloat);
    }

    @Override
    public void addFloat(String key, float value) {
        put(new ValueEntry(key, ConfigEntries.xfloat, value));
    }

    @Override
    public double getDouble(String key) throws InvalidSettingsException {
        return (Double) value(key, ConfigEntries.xdouble);
    }

    @Override
    public void addDouble(String key, double value) {
        put(new ValueEntry(key, ConfigEntries.xdouble, value));
    }

    @Override
    public String getString(String key) throws InvalidSettingsException {
        return (String) value(key, ConfigEntries.xstring);
    }

    @Override
    public void addString(String key, String value) {
        put(new ValueEntry(key, ConfigEntries.xstring, value));
    }

    @Override
    public String[] getStringArray(String key) throws InvalidSettingsException {
        ConfigBase array = getConfigBase(key);
        String[] values = new String[array.getInt(ARRAY_SIZE)];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.getString(Integer.toString(i));
        }
        return values;
    }

    @Override
    public void addStringArray(String key, String... values) {
        ConfigBase array = addConfigBase(key);
        if (values == null) {
            return;
        }
        array.addInt(ARRAY_SIZE, values.length);
        for (int i = 0; i < values.length; i++) {
            array.addString(Integer.toString(i), values[i]);
        }
    }
}
