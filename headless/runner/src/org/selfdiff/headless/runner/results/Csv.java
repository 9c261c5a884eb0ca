package org.selfdiff.headless.runner.results;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/** Comma-separated text as in RFC 4180, with line feeds; a missing value is an empty field. */
public final class Csv {
    private final String text;

    private int at;

    private Csv(final String text) {
        this.text = text;
    }

    /** Writes one line; null fields are missing values, an empty text is written as two quotes. */
    public static void line(final List<String> fields, final Writer out) throws IOException {
        for (int i = 0; i < fields.size(); i++) {
            if (i > 0) {
                out.write(',');
            }
            out.write(field(fields.get(i)));
        }
        out.write('\n');
    }

    private static String field(final String text) {
        if (text == null) {
            return "";
        }
        final boolean plain =
                !text.isEmpty() && text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : "\"" + text.replace("\"", "\"\"") + "\"";
    }

    /**
     * Reads at most that many lines, the header included.
     *
     * @return fields of each line; missing values come back as empty texts
     */
    public static List<List<String>> read(final String text, final int most) {
        final Csv csv = new Csv(text);
        final List<List<String>> lines = new ArrayList<>();
        while (csv.at < text.length() && lines.size() < most) {
            lines.add(csv.nextLine());
        }
        return lines;
    }

    private List<String> nextLine() {
        final List<String> fields = new ArrayList<>();
        fields.add(nextField());
        while (at < text.length() && text.charAt(at) == ',') {
            at++;
            fields.add(nextField());
        }
        at++;
        return fields;
    }

    private String nextField() {
        final StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (; at < text.length(); at++) {
            final char c = text.charAt(at);
            if (c == '"') {
                final boolean doubled = quoted && at + 1 < text.length() && text.charAt(at + 1) == '"';
                if (doubled) {
                    field.append('"');
                    at++;
                } else {
                    quoted = !quoted;
                }
            } else if (!quoted && (c == ',' || c == '\n')) {
                break;
            } else {
                field.append(c);
            }
        }
        return field.toString();
    }
}
