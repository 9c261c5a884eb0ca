package org.knime.core.node.config.base;

/** Types of entries, named as in the stored XML. */
public enum ConfigEntries {
    config,
    xstring,
    xint,
    xdouble,
    xfloat,
    xboolean,
    xchar,
    xbyte,
    xshort,
    xlong,
    xpassword,
    xtransientstring;

    /** Reads a stored value; a null value is only allowed for text. */
    Object parse(String key, String text) {
        return switch (this) {
            case xstring, xpassword, xtransientstring -> text;
            case xint -> Integer.valueOf(text);
            case xdouble -> Double.valueOf(text);
            case xfloat -> Float.valueOf(text);
            case xboolean -> flag(key, text);
            case xchar -> character(key, text);
            case xbyte -> Byte.valueOf(text);
            case xshort -> Short.valueOf(text);
            case xlong -> Long.valueOf(text);
            case config -> throw new IllegalArgumentException("not a value: " + key);
        };
    }

    private static Boolean flag(String key, String text) {
        if ("true".equals(text) || "false".equals(text)) {
            return Boolean.valueOf(text);
        }
        throw new IllegalArgumentException("\"" + text + "\" of \"" + key + "\" is neither true nor false");
    }

    private static Character character(String key, String text) {
        if (text.length() == 1) {
            return text.charAt(0);
        }
        throw new IllegalArgumentException("\"" + text + "\" of \"" + key + "\" is not one character");
    }
}
