package org.selfdiff.headless.runner.config;

import java.util.Optional;

/** Type of a stored value, named as in KNIME's XML configuration files. */
public enum EntryType {
    XSTRING,
    XINT,
    XLONG,
    XDOUBLE,
    XFLOAT,
    XBOOLEAN,
    XBYTE,
    XSHORT,
    XCHAR,
    XTRANSIENTSTRING,
    XPASSWORD;

    /** The type of that name in a file, for instance {@code xint}. */
    public static Optional<EntryType> of(final String name) {
        for (EntryType type : values()) {
            if (type.fileName().equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /** The name that files use. */
    public String fileName() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /**
     * Whether a text is a value of this type, for instance {@code 12} for {@link #XINT}.
     *
     * @param text never null
     */
    public boolean accepts(final String text) {
        try {
            switch (this) {
                case XINT -> Integer.parseInt(text);
                case XLONG -> Long.parseLong(text);
                case XDOUBLE -> Double.parseDouble(text);
                case XFLOAT -> Float.parseFloat(text);
                case XBYTE -> Byte.parseByte(text);
                case XSHORT -> Short.parseShort(text);
                case XBOOLEAN -> {
                    return "true".equals(text) || "false".equals(text);
                }
                case XCHAR -> {
                    return text.length() == 1;
                }
                default -> {
                    return true;
                }
            }
        } catch (NumberFormatException e) {
            return false;
        }
        return true;
    }
}
