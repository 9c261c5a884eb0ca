package org.selfdiff.headless.runner.picture;

import java.util.Locale;

/** Writes SVG elements. */
final class Svg {
    private final StringBuilder out = new StringBuilder();

    /** One element without content; names and values alternate. */
    Svg element(final String name, final Object... attributes) {
        open(name, attributes);
        out.setLength(out.length() - 2);
        out.append("/>\n");
        return this;
    }

    /** The start of an element. */
    Svg open(final String name, final Object... attributes) {
        out.append('<').append(name);
        for (int i = 0; i < attributes.length; i += 2) {
            out.append(' ')
                    .append(attributes[i])
                    .append("=\"")
                    .append(value(attributes[i + 1]))
                    .append('"');
        }
        out.append(">\n");
        return this;
    }

    Svg close(final String name) {
        out.append("</").append(name).append(">\n");
        return this;
    }

    /** An element that holds a text. */
    Svg text(final String name, final String content, final Object... attributes) {
        open(name, attributes);
        out.setLength(out.length() - 1);
        out.append(escaped(content)).append("</").append(name).append(">\n");
        return this;
    }

    /** Content that is SVG already. */
    Svg raw(final String svg) {
        out.append(svg);
        return this;
    }

    private static String value(final Object value) {
        if (value instanceof Double number) {
            return number == Math.rint(number)
                    ? String.valueOf(Math.round(number))
                    : String.format(Locale.ROOT, "%.1f", number);
        }
        return escaped(String.valueOf(value));
    }

    static String escaped(final String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    static String colour(final int rgb) {
        return String.format(Locale.ROOT, "#%06x", rgb & 0xffffff);
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
