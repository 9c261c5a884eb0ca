package org.selfdiff.headless.runner.workflow;

import java.util.Locale;
import java.util.Optional;
import org.selfdiff.headless.runner.config.EntryType;

/** Type of a flow variable. */
public enum VariableType {
    STRING(EntryType.XSTRING),
    INTEGER(EntryType.XINT),
    LONG(EntryType.XLONG),
    DOUBLE(EntryType.XDOUBLE),
    BOOLEAN(EntryType.XBOOLEAN);

    private final EntryType stored;

    VariableType(final EntryType stored) {
        this.stored = stored;
    }

    /** Type of its value in a file. */
    public EntryType stored() {
        return stored;
    }

    /** The type as {@code workflow.knime} names it, for instance {@code INTEGER}. */
    public static Optional<VariableType> ofFile(final String name) {
        for (VariableType type : values()) {
            if (type.name().equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /** The type as the batch executor's options name it: {@code String}, {@code int}, {@code double} and friends. */
    public static Optional<VariableType> ofOption(final String name) {
        return Optional.ofNullable(
                switch (name.toLowerCase(Locale.ROOT)) {
                    case "string", "stringcell" -> STRING;
                    case "int", "integer", "intcell" -> INTEGER;
                    case "long", "longcell" -> LONG;
                    case "double", "doublecell", "float" -> DOUBLE;
                    case "boolean", "booleancell" -> BOOLEAN;
                    default -> null;
                });
    }

    /** The name that the batch executor understands. */
    public String optionName() {
        return switch (this) {
            case STRING -> "String";
            case INTEGER -> "int";
            default -> name().toLowerCase(Locale.ROOT);
        };
    }

    /** Whether a variable of this type may overwrite a setting of that type, as in KNIME. */
    public boolean overwrites(final EntryType setting) {
        return switch (this) {
            case STRING -> setting == EntryType.XSTRING
                    || setting == EntryType.XBOOLEAN
                    || setting == EntryType.XCHAR
                    || setting == EntryType.XTRANSIENTSTRING;
            case BOOLEAN -> setting == EntryType.XBOOLEAN || setting == EntryType.XSTRING;
            case DOUBLE -> setting == EntryType.XDOUBLE || setting == EntryType.XFLOAT || setting == EntryType.XSTRING;
            case LONG -> setting != EntryType.XBOOLEAN
                    && setting != EntryType.XPASSWORD
                    && setting != EntryType.XINT
                    && setting != EntryType.XBYTE
                    && setting != EntryType.XSHORT
                    && setting != EntryType.XCHAR;
            case INTEGER -> setting != EntryType.XBOOLEAN && setting != EntryType.XPASSWORD;
        };
    }
}
