package org.selfdiff.headless.runner.results;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;

/** Writes maps, collections, texts, numbers and truth values as indented JSON. */
public final class Json {
    private final StringBuilder out = new StringBuilder();

    private Json() {}

    /** The value as JSON, ending with a line feed; numbers that JSON does not know become null. */
    public static String of(final Object value) {
        final Json json = new Json();
        json.write(value, "");
        return json.out.append('\n').toString();
    }

    private void write(final Object value, final String indent) {
        if (value instanceof Map<?, ?> map) {
            writeMap(map, indent);
        } else if (value instanceof Collection<?> items) {
            writeItems(items, indent);
        } else if (value instanceof Double number) {
            out.append(Double.isFinite(number) ? number.toString() : "null");
        } else if (value == null || value instanceof Number || value instanceof Boolean) {
            out.append(value);
        } else {
            text(value.toString());
        }
    }

    private void writeMap(final Map<?, ?> map, final String indent) {
        String separator = "{\n";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.append(separator).append(indent).append("  ");
            text(String.valueOf(entry.getKey()));
            out.append(": ");
            write(entry.getValue(), indent + "  ");
            separator = ",\n";
        }
        out.append(map.isEmpty() ? "{}" : "\n" + indent + "}");
    }

    private void writeItems(final Collection<?> items, final String indent) {
        String separator = "[\n";
        for (Object item : items) {
            out.append(separator).append(indent).append("  ");
            write(item, indent + "  ");
            separator = ",\n";
        }
        out.append(items.isEmpty() ? "[]" : "\n" + indent + "]");
    }

    private void text(final String text) {
        out.append('"');
        for (char c : text.toCharArray()) {
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ') {
                        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
