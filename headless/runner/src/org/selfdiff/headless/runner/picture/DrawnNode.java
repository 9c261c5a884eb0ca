package org.selfdiff.headless.runner.picture;

import java.util.List;
import org.selfdiff.headless.runner.execute.Port;
import org.selfdiff.headless.runner.workflow.NodeEntry;

/**
 * A node as the picture shows it.
 *
 * @param entry where it stands and how it is called
 * @param role colour and sign
 * @param inputs its ports
 * @param outputs its ports
 * @param icon its icon as a {@code data:} address, or empty
 */
public record DrawnNode(NodeEntry entry, String role, List<Port> inputs, List<Port> outputs, String icon) {
    /** Edge of the square, in pixels. */
    static final double SIZE = 32;

    private static final double PORT = 9;

    private static final double PORT_STEP = 11;

    double centreX() {
        return entry.x() + SIZE / 2;
    }

    /** Height of a port's centre; {@code index} counts from 1, port 0 sits at the square's upper corner. */
    double portY(final int index, final int count) {
        return index == 0 ? entry.y() : entry.y() + SIZE / 2 + (index - 1 - (count - 1) / 2.0) * PORT_STEP;
    }

    double inX(final int index) {
        return index == 0 ? entry.x() : entry.x() - PORT / 2;
    }

    double outX(final int index) {
        return index == 0 ? entry.x() + SIZE : entry.x() + SIZE + PORT / 2;
    }

    void draw(final Svg svg) {
        final Role kind = Role.of(role);
        svg.open("g").text("title", entry.title());
        for (int i = 1; i <= inputs.size(); i++) {
            port(svg, inputs.get(i - 1), inX(i), portY(i, inputs.size()));
        }
        for (int i = 1; i <= outputs.size(); i++) {
            port(svg, outputs.get(i - 1), outX(i), portY(i, outputs.size()));
        }
        svg.element(
                "rect", "x", entry.x(), "y", entry.y(), "width", SIZE, "height", SIZE, "rx", 5, "fill", kind.colour());
        if (icon.isEmpty()) {
            sign(svg, kind);
        } else {
            svg.element("image", "x", entry.x() + 7.0, "y", entry.y() + 7.0, "width", 18, "height", 18, "href", icon);
        }
        names(svg);
        svg.close("g");
    }

    private void sign(final Svg svg, final Role kind) {
        svg.element(
                "path",
                "d",
                kind.sign(),
                "transform",
                "translate(" + Math.round(centreX()) + " " + Math.round(entry.y() + SIZE / 2) + ")",
                "fill",
                "none",
                "stroke",
                "#fff",
                "stroke-width",
                1.6,
                "stroke-linejoin",
                "round",
                "stroke-linecap",
                "round");
    }

    /** A table is a triangle, anything else a square in its type's colour; an optional port is hollow. */
    private static void port(final Svg svg, final Port port, final double x, final double y) {
        final String colour = port.table() ? "#4a4a4a" : Svg.colour(port.colour());
        final String fill = port.optional() ? "#fff" : colour;
        final double r = PORT / 2;
        svg.open("g").text("title", port.name() + (port.optional() ? " (optional)" : ""));
        if (port.table()) {
            svg.element(
                    "path",
                    "d",
                    String.format(
                            java.util.Locale.ROOT,
                            "M%.1f %.1fL%.1f %.1fL%.1f %.1fZ",
                            x - r,
                            y - r,
                            x + r,
                            y,
                            x - r,
                            y + r),
                    "fill",
                    fill,
                    "stroke",
                    colour,
                    "stroke-linejoin",
                    "round");
        } else {
            svg.element(
                    "rect",
                    "x",
                    x - r + 0.5,
                    "y",
                    y - r + 0.5,
                    "width",
                    PORT - 1,
                    "height",
                    PORT - 1,
                    "rx",
                    1.5,
                    "fill",
                    fill,
                    "stroke",
                    colour);
        }
        svg.close("g");
    }

    private void names(final Svg svg) {
        double y = entry.y() + SIZE + 16;
        for (String line : wrapped(entry.name())) {
            svg.text("text", line, "x", centreX(), "y", y, "text-anchor", "middle", "font-weight", 600);
            y += 13;
        }
        for (String line : entry.label().isEmpty()
                ? List.<String>of()
                : List.of(entry.label().split("\\R"))) {
            svg.text("text", line, "x", centreX(), "y", y, "text-anchor", "middle", "fill", "#6b7280", "font-size", 10);
            y += 12;
        }
    }

    /** Names longer than two dozen letters go on two lines. */
    private static List<String> wrapped(final String name) {
        final int space = name.indexOf(' ', name.length() / 2);
        return name.length() <= 18 || space < 0
                ? List.of(name)
                : List.of(name.substring(0, space), name.substring(space + 1));
    }
}
