package org.selfdiff.headless.runner.workflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.selfdiff.headless.runner.FlowFolder.entry;
import static org.selfdiff.headless.runner.FlowFolder.group;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfdiff.headless.runner.ExitCode;
import org.selfdiff.headless.runner.FlowFolder;
import org.selfdiff.headless.runner.RunnerFailed;

class WorkflowReaderTest {
    @TempDir
    Path temp;

    private FlowFolder flow;

    @BeforeEach
    void aFolder() {
        flow = new FlowFolder(temp.resolve("Flow"));
    }

    private RunnerFailed refused() throws IOException {
        final Path folder = flow.write();
        final RunnerFailed e = assertThrows(RunnerFailed.class, () -> WorkflowReader.read(folder));
        assertEquals(ExitCode.WORKFLOW_UNREADABLE, e.exitCode());
        return e;
    }

    @Test
    void readsNodesConnectionsVariablesAndAnnotations() throws IOException, RunnerFailed {
        flow.node(
                        2,
                        "Adder",
                        "add1",
                        group("model", entry("value", "xint", 5)),
                        group("nodeAnnotation", entry("text", "xstring", "adds five")))
                .node(1, "Maker", "source1")
                .connect(1, 1, 2, 1)
                .connect(1, 0, 2, 0)
                .with(group(
                        "workflow_variables",
                        group(
                                "Var_0",
                                entry("name", "xstring", "images"),
                                entry("class", "xstring", "STRING"),
                                entry("value", "xstring", "data")),
                        group(
                                "Var_1",
                                entry("name", "xstring", "steps"),
                                entry("class", "xstring", "INTEGER"),
                                entry("value", "xint", 40))))
                .with(group(
                        "annotations",
                        group(
                                "annotation_0",
                                entry("text", "xstring", "&lt;p&gt;Hello&lt;/p&gt;"),
                                entry("contentType", "xstring", "text/html"),
                                entry("bgcolor", "xint", 0xFFFFFF),
                                entry("x-coordinate", "xint", 10),
                                entry("y-coordinate", "xint", 20),
                                entry("width", "xint", 300),
                                entry("height", "xint", 200),
                                entry("borderSize", "xint", 10),
                                entry("borderColor", "xint", 0xFFD800))));
        final Workflow workflow = WorkflowReader.read(flow.write());
        assertEquals("Flow", workflow.name());
        assertEquals(
                List.of("Maker (#1)", "Adder (#2)"),
                workflow.nodes().stream().map(NodeEntry::title).toList());
        final NodeEntry adder = workflow.node(2);
        assertEquals("adds five", adder.label());
        assertEquals("some.plugin", adder.bundle());
        assertEquals(5, adder.model().orElseThrow().number("value", 0));
        assertTrue(workflow.node(1).model().isEmpty());
        assertEquals(List.of(300, 100), List.of(adder.x(), adder.y()));
        assertEquals(List.of(new Connection(1, 0, 2, 0), new Connection(1, 1, 2, 1)), workflow.into(2));
        assertEquals(
                List.of(
                        new Variable("images", VariableType.STRING, "data"),
                        new Variable("steps", VariableType.INTEGER, "40")),
                workflow.variables());
        assertEquals(
                List.of(new Annotation("<p>Hello</p>", true, 10, 20, 300, 200, 0xFFFFFF, 0xFFD800, 10)),
                workflow.annotations());
    }

    @Test
    void aFolderWithoutWorkflowSaysWhatToName() {
        final RunnerFailed e = assertThrows(RunnerFailed.class, () -> WorkflowReader.read(temp));
        assertTrue(e.what().contains("not a KNIME workflow"), e.what());
        assertTrue(e.remedy().contains(".knwf"), e.remedy());
    }

    @Test
    void aMissingSettingsFileIsNamed() throws IOException {
        flow.node(1, "Maker", "source1");
        Files.delete(temp.resolve("Flow/Maker (#1)/settings.xml"));
        assertTrue(refused().where().endsWith("Maker (#1)/settings.xml"));
    }

    @Test
    void aSettingsFileOutsideOfTheFolderIsRefused() throws IOException {
        flow.with("").node(1, "Maker", "source1");
        final Path folder = flow.write();
        final Path file = folder.resolve("workflow.knime");
        Files.writeString(file, Files.readString(file).replace("Maker (#1)/settings.xml", "../../secret.xml"));
        final RunnerFailed e = assertThrows(RunnerFailed.class, () -> WorkflowReader.read(folder));
        assertTrue(e.what().contains("outside"), e.what());
    }

    @Test
    void metanodesAreRefusedWithAWayOut() throws IOException {
        final Path folder = flow.node(1, "Maker", "source1").write();
        final Path file = folder.resolve("workflow.knime");
        Files.writeString(file, Files.readString(file).replace("NativeNode", "MetaNode"));
        final RunnerFailed e = assertThrows(RunnerFailed.class, () -> WorkflowReader.read(folder));
        assertTrue(e.remedy().contains("KNIME_HOME"), e.remedy());
    }

    @Test
    void twoConnectionsAtOnePortAreRefused() throws IOException {
        flow.node(1, "A", "source1").node(2, "B", "source1").node(3, "C", "add1");
        flow.connect(1, 1, 3, 1).connect(2, 1, 3, 1);
        assertTrue(refused().what().contains("Two connections end at port 1 of node 3"));
    }

    @Test
    void connectionsToNowhereAreRefused() throws IOException {
        flow.node(1, "A", "source1").connect(1, 1, 9, 1);
        assertTrue(refused().what().contains("node 9"));
    }

    @Test
    void anEmptyWorkflowIsRefused() throws IOException {
        assertTrue(refused().what().contains("no nodes"));
    }

    @Test
    void workflowVariablesOfOtherTypesAreRefused() throws IOException {
        flow.node(1, "A", "source1")
                .with(group(
                        "workflow_variables",
                        group("Var_0", entry("name", "xstring", "x"), entry("class", "xstring", "STRINGARRAY"))));
        assertTrue(refused().what().contains("STRINGARRAY"));
    }
}
