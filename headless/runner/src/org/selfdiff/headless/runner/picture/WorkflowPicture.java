package org.selfdiff.headless.runner.picture;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.selfdiff.headless.runner.workflow.Annotation;
import org.selfdiff.headless.runner.workflow.Connection;
import org.selfdiff.headless.runner.workflow.Workflow;

/** Draws a workflow as a self-contained SVG: annotations, connections, nodes with their ports and names. */
public final class WorkflowPicture {
    private static final double MARGIN = 24;

    private static final double SCALE = 1.5;

    private static final double NAME_SPACE = 44;

    private static final double PADDING = 10;

    private static final String VARIABLE_COLOUR = "#e0443e";

    private final Workflow workflow;

    private final Map<Integer, DrawnNode> nodes = new TreeMap<>();

    /** A picture of a workflow with these nodes. */
    public WorkflowPicture(final Workflow workflow, final List<DrawnNode> drawn) {
        this.workflow = workflow;
        drawn.forEach(node -> nodes.put(node.entry().id(), node));
    }

    /** The SVG text; the same workflow always gives the same text. */
    public String draw() {
        final double[] box = box();
        final double width = box[2] - box[0];
        final double height = box[3] - box[1];
        final Svg svg = new Svg();
        svg.open(
                "svg",
                "xmlns",
                "http://www.w3.org/2000/svg",
                "width",
                (double) Math.round(width * SCALE),
                "height",
                (double) Math.round(height * SCALE),
                "viewBox",
                String.format(Locale.ROOT, "%.0f %.0f %.0f %.0f", box[0], box[1], width, height),
                "font-family",
                "system-ui, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif",
                "font-size",
                11,
                "fill",
                "#1f2933");
        svg.text("title", workflow.name());
        svg.element("rect", "x", box[0], "y", box[1], "width", width, "height", height, "rx", 8, "fill", "#fff");
        workflow.annotations().forEach(annotation -> annotation(svg, annotation));
        workflow.connections().forEach(connection -> connection(svg, connection));
        nodes.values().forEach(node -> node.draw(svg));
        return svg.close("svg").toString();
    }

    private double[] box() {
        final double[] box = {Double.MAX_VALUE, Double.MAX_VALUE, -Double.MAX_VALUE, -Double.MAX_VALUE};
        for (DrawnNode node : nodes.values()) {
            final double half = Math.max(45, node.entry().name().length() * 2.2);
            grow(box, node.centreX() - half, node.entry().y() - MARGIN / 2);
            grow(box, node.centreX() + half, node.entry().y() + DrawnNode.SIZE + NAME_SPACE);
        }
        for (Annotation note : workflow.annotations()) {
            grow(box, note.x(), note.y());
            grow(box, note.x() + note.width(), note.y() + note.height());
        }
        return new double[] {box[0] - MARGIN, box[1] - MARGIN, box[2] + MARGIN, box[3] + MARGIN};
    }

    private static void grow(final double[] box, final double x, final double y) {
        box[0] = Math.min(box[0], x);
        box[1] = Math.min(box[1], y);
        box[2] = Math.max(box[2], x);
        box[3] = Math.max(box[3], y);
    }

    private static void annotation(final Svg svg, final Annotation note) {
        final double edge = Math.min(3, note.borderWidth() / 4.0);
        svg.element(
                "rect",
                "x",
                note.x() + edge / 2,
                "y",
                note.y() + edge / 2,
                "width",
                note.width() - edge,
                "height",
                note.height() - edge,
                "rx",
                4,
                "fill",
                Svg.colour(note.background()),
                "stroke",
                edge > 0 ? Svg.colour(note.border()) : "none",
                "stroke-width",
                edge);
        final double width = note.width() - 2 * PADDING;
        final List<RichLine> lines =
                note.html() ? RichText.html(note.text(), width) : RichText.plain(note.text(), width);
        double y = note.y() + PADDING;
        for (RichLine line : lines) {
            y += line.gap() + line.size() * 1.3;
            text(svg, line, note.x() + PADDING + line.indent(), y - line.size() * 0.3);
        }
    }

    private static void text(final Svg svg, final RichLine line, final double x, final double y) {
        if (line.runs().isEmpty()) {
            return;
        }
        final StringBuilder spans = new StringBuilder();
        for (RichLine.Run run : line.runs()) {
            final String text = Svg.escaped(run.text());
            final String style =
                    (run.bold() ? " font-weight=\"700\"" : "") + (run.italic() ? " font-style=\"italic\"" : "");
            spans.append(style.isEmpty() ? text : "<tspan" + style + ">" + text + "</tspan>");
        }
        svg.raw(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" font-size=\"%.1f\" xml:space=\"preserve\">%s</text>%n",
                x,
                y,
                line.size(),
                spans));
    }

    private void connection(final Svg svg, final Connection connection) {
        final DrawnNode from = nodes.get(connection.source());
        final DrawnNode to = nodes.get(connection.target());
        final double x1 = from.outX(connection.sourcePort());
        final double y1 = from.portY(connection.sourcePort(), from.outputs().size());
        final double x2 = to.inX(connection.targetPort());
        final double y2 = to.portY(connection.targetPort(), to.inputs().size());
        final double bend = Math.max(24, Math.abs(x2 - x1) / 2);
        final boolean table = !connection.variablesOnly()
                && connection.sourcePort() <= from.outputs().size()
                && from.outputs().get(connection.sourcePort() - 1).table();
        svg.element(
                "path",
                "d",
                String.format(
                        Locale.ROOT,
                        "M%.1f %.1fC%.1f %.1f %.1f %.1f %.1f %.1f",
                        x1,
                        y1,
                        x1 + bend,
                        y1,
                        x2 - bend,
                        y2,
                        x2,
                        y2),
                "fill",
                "none",
                "stroke",
                connection.variablesOnly() ? VARIABLE_COLOUR : table ? "#7b8794" : colour(from, connection),
                "stroke-width",
                connection.variablesOnly() ? 1.2 : 1.6);
    }

    private static String colour(final DrawnNode from, final Connection connection) {
        return connection.sourcePort() <= from.outputs().size()
                ? Svg.colour(from.outputs().get(connection.sourcePort() - 1).colour())
                : "#7b8794";
    }
}
