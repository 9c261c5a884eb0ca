package org.knime.core.node.config.base;

/** Write access to a tree of typed entries; adding an existing key replaces it. */
public interface ConfigBaseWO {

    String getKey();

    ConfigBase addConfigBase(String key);

    void addBoolean(String key, boolean value);

    void addByte(String key, byte value);

    void addChar(String key, char value);

    void addShort(String key, short value);

    void addInt(String key, int value);

    void addLong(String key, long value);

    void addFloat(String key, float value);

    void addDouble(String key, double value);

    void addString(String key, String value);

    void addStringArray(String key, String... values);
}
