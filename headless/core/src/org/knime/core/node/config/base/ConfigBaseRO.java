package org.knime.core.node.config.base;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Set;
import org.knime.core.node.InvalidSettingsException;

/**
 * Read access to a tree of typed entries. The one-argument getters refuse a missing key or one of another type and name
 * it; the two-argument getters give the default instead.
 */
public interface ConfigBaseRO extends Iterable<String> {

    String getKey();

    boolean containsKey(String key);

    Set<String> keySet();

    void copyTo(ConfigBaseWO dest);

    void saveToXML(OutputStream out) throws IOException;

    ConfigBase getConfigBase(String key) throws InvalidSettingsException;

    boolean getBoolean(String key) throws InvalidSettingsException;

    boolean getBoolean(String key, boolean def);

    byte getByte(String key) throws InvalidSettingsException;

    char getChar(String key) throws InvalidSettingsException;

    int getInt(String key) throws InvalidSettingsException;

    int getInt(String key, int def);

    long getLong(String key) throws InvalidSettingsException;

    float getFloat(String key) throws InvalidSettingsException;

    double getDouble(String key) throws InvalidSettingsException;

    String getString(String key) throws InvalidSettingsException;

    String[] getStringArray(String key) throws InvalidSettingsException;
}
