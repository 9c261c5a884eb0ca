package org.selfdiff.headless.runner.results;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Pieces of a page. */
final class Html {
    private Html() {}

    /** Text that is safe between tags and in attributes. */
    static String text(final String plain) {
        return plain.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** A relative link to a file below the page. */
    static String link(final Path page, final Path file) {
        final List<String> parts = new ArrayList<>();
        for (Path part : page.relativize(file)) {
            parts.add(encoded(part.toString()));
        }
        return String.join("/", parts);
    }

    private static String encoded(final String name) {
        final StringBuilder out = new StringBuilder();
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            final char c = (char) (b & 0xff);
            if (c < 128 && (Character.isLetterOrDigit(c) || "-._~()".indexOf(c) >= 0)) {
                out.append(c);
            } else {
                out.append(String.format(Locale.ROOT, "%%%02X", b & 0xff));
            }
        }
        return out.toString();
    }

    /** A table; numbers are set flush right and shortened to four digits after the point. */
    static String table(final List<List<String>> lines) {
        return table(lines, Integer.MAX_VALUE, false);
    }

    /** The first columns of a table; a bar behind every number with decimals from 0 to 1 shows how large it is. */
    static String scores(final List<List<String>> lines, final int columns) {
        return table(lines, columns, true);
    }

    private static String table(final List<List<String>> lines, final int columns, final boolean bars) {
        final StringBuilder out = new StringBuilder("<div class=\"scroll\"><table>\n");
        for (int i = 0; i < lines.size(); i++) {
            final String tag = i == 0 ? "th" : "td";
            out.append("<tr>");
            for (String field :
                    lines.get(i).subList(0, Math.min(columns, lines.get(i).size()))) {
                out.append('<').append(tag).append(kind(field, bars)).append('>');
                out.append(text(shortened(field))).append("</").append(tag).append('>');
            }
            out.append("</tr>\n");
        }
        return out.append("</table></div>\n").toString();
    }

    private static String kind(final String field, final boolean bars) {
        if (!isNumber(field)) {
            return "";
        }
        final boolean share = bars && field.matches("[01]\\.\\d+([eE]-\\d+)?") && Double.parseDouble(field) <= 1;
        return share
                ? String.format(
                        Locale.ROOT, " class=\"n share\" style=\"--of: %.1f%%\"", 100 * Double.parseDouble(field))
                : " class=\"n\"";
    }

    private static boolean isNumber(final String field) {
        return field.matches("-?\\d+(\\.\\d+)?([eE]-?\\d+)?|NaN");
    }

    private static String shortened(final String field) {
        return field.matches("-?\\d+\\.\\d{5,}")
                ? String.format(Locale.ROOT, "%.4f", Double.parseDouble(field))
                : field;
    }
}
