package org.selfdiff.headless.runner.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.selfdiff.headless.runner.execute.Port;
import org.selfdiff.headless.runner.workflow.Annotation;
import org.selfdiff.headless.runner.workflow.Connection;
import org.selfdiff.headless.runner.workflow.NodeEntry;
import org.selfdiff.headless.runner.workflow.Workflow;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class WorkflowPictureTest {
    private static final Port TABLE = new Port("Tiles", List.class, true, false, 0);

    private static final Port MODEL = new Port("Model", String.class, false, true, 0x7c4dff);

    private static NodeEntry entry(final int id, final String name, final int x, final int y) {
        return new NodeEntry(
                id,
                name,
                "",
                Path.of("settings.xml"),
                "f",
                "b",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                x,
                y,
                true);
    }

    private static String draw(final Annotation... notes) {
        final List<NodeEntry> entries = List.of(entry(1, "Maker <1>", 100, 100), entry(2, "Learner", 250, 180));
        final Workflow workflow = new Workflow(
                Path.of("Flow"),
                "Flow & more",
                entries,
                List.of(new Connection(1, 1, 2, 1), new Connection(1, 0, 2, 0)),
                List.of(),
                List.of(notes));
        return new WorkflowPicture(
                        workflow,
                        List.of(
                                new DrawnNode(entries.get(0), "Source", List.of(), List.of(TABLE), ""),
                                new DrawnNode(entries.get(1), "Learner", List.of(TABLE, MODEL), List.of(), "")))
                .draw();
    }

    private static Document parse(final String svg) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void isWellFormedSelfContainedAndTheSameEveryTime() throws Exception {
        final String svg = draw();
        final Element root = parse(svg).getDocumentElement();
        assertEquals("svg", root.getTagName());
        assertEquals(svg, draw());
        assertFalse(svg.contains("href=\"http"), svg);
        assertFalse(svg.contains("<script"), svg);
    }

    @Test
    void everythingLiesWithinTheViewBox() throws Exception {
        final Element root = parse(draw(new Annotation("Note", false, -50, 0, 500, 60, 0xFFFFFF, 0xFFD800, 10)))
                .getDocumentElement();
        final String[] box = root.getAttribute("viewBox").split(" ");
        assertTrue(Double.parseDouble(box[0]) <= -50);
        assertTrue(Double.parseDouble(box[0]) + Double.parseDouble(box[2]) >= 450);
        assertTrue(Double.parseDouble(box[1]) + Double.parseDouble(box[3]) >= 180 + 32);
    }

    @Test
    void connectionsEndAtThePorts() {
        // Output 1 of 1 at the middle of its node's edge, input 1 of 2 half a step above the middle.
        assertTrue(draw().contains("M136.5 116.0C"), draw());
        assertTrue(draw().contains(" 245.5 190.5\""), draw());
    }

    @Test
    void rolesAndPortTypesHaveTheirColours() {
        final String svg = draw();
        assertTrue(svg.contains(Role.of("Source").colour())
                && svg.contains(Role.of("Learner").colour()));
        assertTrue(svg.contains("stroke=\"#7c4dff\""), svg);
        assertEquals(Role.OTHER, Role.of("Container"));
    }

    private static List<String> texts(final List<RichLine> lines) {
        return lines.stream()
                .map(line -> line.runs().stream().map(RichLine.Run::text).collect(Collectors.joining()))
                .toList();
    }

    @Test
    void htmlBecomesLinesWithStyles() {
        final List<RichLine> lines = RichText.html(
                "<h2>Pre-training</h2><p>learns <b>nuclei</b> &amp; glands<br>slowly</p><ul><li>one</li><li>two</li></ul>",
                1000);
        assertEquals(List.of("Pre-training", "learns nuclei & glands", "slowly", "• one", "• two"), texts(lines));
        assertTrue(lines.get(0).runs().get(0).bold()
                && lines.get(0).size() > lines.get(1).size());
        assertTrue(lines.get(1).runs().stream().anyMatch(run -> run.bold() && "nuclei ".equals(run.text())));
        assertTrue(lines.get(3).indent() > 0);
    }

    @Test
    void longLinesAreBrokenBetweenWords() {
        final List<String> lines = texts(RichText.plain("one two three four five six\n\nseven", 80));
        assertEquals("one two three four five six", String.join(" ", lines.subList(0, lines.size() - 2)));
        assertTrue(lines.stream().allMatch(line -> line.length() <= 13), lines.toString());
        assertEquals(List.of("", "seven"), lines.subList(lines.size() - 2, lines.size()));
    }
}
