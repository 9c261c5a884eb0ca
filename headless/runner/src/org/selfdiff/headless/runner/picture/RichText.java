package org.selfdiff.headless.runner.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Breaks the text of an annotation, plain or HTML, into lines that fit its box. */
final class RichText {
    private static final double SIZE = 12;

    private static final double INDENT = 12;

    private static final double PARAGRAPH_GAP = 5;

    /** Mean width of a character of a sans-serif font, in font sizes; a little wide, so that lines rather fit. */
    private static final double CHARACTER = 0.55;

    private static final Pattern TOKEN = Pattern.compile("<(/?)([a-zA-Z0-9]+)[^>]*>|([^<]+)");

    private final double width;

    private final List<RichLine> lines = new ArrayList<>();

    private List<RichLine.Run> runs = new ArrayList<>();

    private double used;

    private double size = SIZE;

    private double indent;

    private double gap;

    private boolean bold;

    private boolean italic;

    private RichText(final double width) {
        this.width = width;
    }

    /** Lines of plain text; its own line breaks stay. */
    static List<RichLine> plain(final String text, final double width) {
        final RichText rich = new RichText(width);
        for (String line : text.split("\\R", -1)) {
            rich.words(line);
            rich.endLine(true);
        }
        return rich.lines;
    }

    /** Lines of HTML; knows headings, paragraphs, lists, line breaks, bold and italic. */
    static List<RichLine> html(final String html, final double width) {
        final RichText rich = new RichText(width);
        final Matcher token = TOKEN.matcher(html);
        while (token.find()) {
            if (token.group(3) != null) {
                rich.words(unescaped(token.group(3)));
            } else {
                rich.tag(token.group(2).toLowerCase(Locale.ROOT), token.group(1).isEmpty());
            }
        }
        rich.endLine(false);
        return rich.lines;
    }

    private void tag(final String name, final boolean opens) {
        switch (name) {
            case "b", "strong" -> bold = opens;
            case "i", "em" -> italic = opens;
            case "br" -> endLine(true);
            case "p", "div", "ul", "ol" -> block(opens);
            case "li" -> item(opens);
            case "h1", "h2", "h3", "h4", "h5", "h6" -> heading(name.charAt(1) - '0', opens);
            default -> {
                // Other tags only style what they hold; the text is kept.
            }
        }
    }

    private void block(final boolean opens) {
        endLine(false);
        gap = opens || lines.isEmpty() ? gap : PARAGRAPH_GAP;
    }

    private void item(final boolean opens) {
        endLine(false);
        indent = opens ? INDENT : 0;
        if (opens) {
            words("• ");
        }
    }

    private void heading(final int level, final boolean opens) {
        endLine(false);
        size = opens ? Math.max(SIZE, SIZE + 8 - 2.5 * level) : SIZE;
        bold = opens;
        gap = lines.isEmpty() ? 0 : PARAGRAPH_GAP;
    }

    private void words(final String text) {
        if (!text.isEmpty() && Character.isWhitespace(text.charAt(0))) {
            space();
        }
        for (String word : text.strip().split("\\s+")) {
            if (word.isEmpty()) {
                continue;
            }
            final double length = word.length() * size * CHARACTER * (bold ? 1.07 : 1);
            if (used > 0 && used + length > width - indent) {
                endLine(false);
            }
            runs.add(new RichLine.Run(word, bold, italic));
            used += length;
            space();
        }
        if (!text.isEmpty() && !Character.isWhitespace(text.charAt(text.length() - 1))) {
            dropSpace();
        }
    }

    /** A space belongs to the word before it: some viewers drop it at the start of a piece. */
    private void space() {
        if (!runs.isEmpty() && !" ".equals(runs.get(runs.size() - 1).text())) {
            final RichLine.Run before = runs.get(runs.size() - 1);
            runs.add(new RichLine.Run(" ", before.bold(), before.italic()));
            used += size * CHARACTER / 2;
        }
    }

    private void dropSpace() {
        if (!runs.isEmpty() && " ".equals(runs.get(runs.size() - 1).text())) {
            runs.remove(runs.size() - 1);
        }
    }

    private void endLine(final boolean evenIfEmpty) {
        dropSpace();
        if (!runs.isEmpty() || evenIfEmpty) {
            lines.add(new RichLine(size, indent, lines.isEmpty() ? 0 : gap, merged(runs)));
            gap = 0;
        }
        runs = new ArrayList<>();
        used = 0;
    }

    /** Neighbours of one style become one piece. */
    private static List<RichLine.Run> merged(final List<RichLine.Run> pieces) {
        final List<RichLine.Run> merged = new ArrayList<>();
        for (RichLine.Run piece : pieces) {
            final RichLine.Run last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (last != null && last.bold() == piece.bold() && last.italic() == piece.italic()) {
                merged.set(merged.size() - 1, new RichLine.Run(last.text() + piece.text(), last.bold(), last.italic()));
            } else {
                merged.add(piece);
            }
        }
        return merged;
    }

    private static String unescaped(final String html) {
        return html.replace("&nbsp;", "\u00a0")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }
}
