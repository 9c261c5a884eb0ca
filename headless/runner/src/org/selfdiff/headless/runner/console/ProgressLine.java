package org.selfdiff.headless.runner.console;

import java.util.Locale;
import org.selfdiff.headless.runner.execute.NodeRun;

/** One line about a node. */
final class ProgressLine {
    private static final int BAR = 24;

    private ProgressLine() {}

    /** {@code Tiler  [#####...]  31%  120 of 400 tiles, 3.1 tiles/s, 1:30 left}, cut to the terminal's width. */
    static String bar(final NodeRun node, final int nameWidth, final Terminal terminal) {
        final double fraction = node.fraction();
        final boolean known = fraction >= 0 && fraction <= 1;
        final int full = known ? (int) Math.round(fraction * BAR) : 0;
        final String on = terminal.unicode() ? "█" : "#";
        final String off = terminal.unicode() ? "░" : ".";
        final String share = known ? String.format(Locale.ROOT, "%3d%%", (int) Math.floor(fraction * 100)) : "   -";
        final String line = "  " + padded(node.entry().title(), nameWidth) + " " + on.repeat(full)
                + off.repeat(BAR - full) + " " + share + "  " + said(node);
        return cut(line, terminal.columns() - 1);
    }

    /** The same without a bar. */
    static String plain(final NodeRun node, final int nameWidth) {
        final double fraction = node.fraction();
        final String share = fraction >= 0 && fraction <= 1
                ? String.format(Locale.ROOT, "%3d%%  ", (int) Math.floor(fraction * 100))
                : "";
        return "  " + padded(node.entry().title(), nameWidth) + " " + share + said(node);
    }

    private static String said(final NodeRun node) {
        return node.message().isEmpty()
                ? duration(node.seconds())
                : node.message().replaceAll("\\p{Cntrl}+", " ");
    }

    /** {@code 0:07}, {@code 12:30} or {@code 3:05:00}. */
    static String duration(final double seconds) {
        final long s = Math.round(seconds);
        return s < 3600
                ? String.format(Locale.ROOT, "%d:%02d", s / 60, s % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", s / 3600, s / 60 % 60, s % 60);
    }

    static String padded(final String text, final int width) {
        return text.length() >= width ? text : text + " ".repeat(width - text.length());
    }

    static String cut(final String text, final int width) {
        return text.length() <= width ? text : text.substring(0, Math.max(0, width - 3)) + "...";
    }
}
