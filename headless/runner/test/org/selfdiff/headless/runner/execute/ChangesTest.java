package org.selfdiff.headless.runner.execute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.selfdiff.headless.runner.FlowFolder.entry;
import static org.selfdiff.headless.runner.FlowFolder.group;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfdiff.headless.runner.ExitCode;
import org.selfdiff.headless.runner.FakeNodes;
import org.selfdiff.headless.runner.FlowFolder;
import org.selfdiff.headless.runner.RunnerFailed;
import org.selfdiff.headless.runner.workflow.Variable;
import org.selfdiff.headless.runner.workflow.VariableType;
import org.selfdiff.headless.runner.workflow.Workflow;
import org.selfdiff.headless.runner.workflow.WorkflowReader;

class ChangesTest {
    @TempDir
    Path temp;

    private final FakeNodes nodes = new FakeNodes();

    private Workflow workflow;

    @BeforeEach
    void aWorkflowWithAVariable() throws IOException, RunnerFailed {
        final String tree = group(
                "variables",
                entry("version", "xstring", "V_2019_09_13"),
                group("tree", group("value", entry("used_variable", "xstring", "n"))));
        workflow = WorkflowReader.read(new FlowFolder(temp)
                .node(1, "Maker", "source1", tree)
                .node(2, "Adder", "add1", group("model", entry("value", "xint", 5)))
                .connect(1, 1, 2, 1)
                .with(group(
                        "workflow_variables",
                        group(
                                "Var_0",
                                entry("name", "xstring", "n"),
                                entry("class", "xstring", "INTEGER"),
                                entry("value", "xint", 3))))
                .write());
    }

    private static Changes variable(final String name, final String text, final VariableType type) {
        return new Changes(
                List.of(new VariableChange(name, text, Optional.ofNullable(type))), List.of(), Optional.empty());
    }

    private static Changes setting(final String node, final String path, final String text) {
        return new Changes(List.of(), List.of(new SettingChange(node, path, text, Optional.empty())), Optional.empty());
    }

    private int value(final String node, final Changes changes) throws RunnerFailed {
        Preparation.of(workflow, nodes, changes);
        return nodes.settings.get(node).number("value", -1);
    }

    @Test
    void variablesReplaceDefaultsAndReachTheSettings() throws RunnerFailed {
        assertEquals(3, value("Maker", Changes.none()));
        assertEquals(8, value("Maker", variable("n", "8", null)));
    }

    @Test
    void theTypeOfTheWorkflowWins() throws RunnerFailed {
        assertEquals(
                Map.of("n", new Variable("n", VariableType.INTEGER, "8")),
                variable("n", "8", VariableType.STRING).variablesOf(workflow));
        final RunnerFailed e = assertThrows(
                RunnerFailed.class, () -> variable("n", "many", null).variablesOf(workflow));
        assertEquals(ExitCode.USAGE, e.exitCode());
    }

    @Test
    void anUnknownVariableIsATypingErrorUnlessItsTypeIsSaid() throws RunnerFailed {
        final RunnerFailed e =
                assertThrows(RunnerFailed.class, () -> variable("m", "8", null).variablesOf(workflow));
        assertTrue(e.what().contains("it has: n"), e.what());
        assertEquals(
                2,
                variable("m", "8", VariableType.INTEGER).variablesOf(workflow).size());
    }

    @Test
    void settingsAreFoundByNumberNameAndPath() throws RunnerFailed {
        assertEquals(6, value("Adder", setting("2", "value", "6")));
        assertEquals(7, value("Adder", setting("adder", "value", "7")));
        Preparation.of(workflow, nodes, setting("1", "compute/device", "cpu"));
        assertEquals(
                Optional.of("cpu"),
                nodes.settings.get("Maker").group("compute").orElseThrow().text("device"));
    }

    @Test
    void unknownSettingsAndNodesAreRefusedWithThoseThatThereAre() {
        final RunnerFailed path =
                assertThrows(RunnerFailed.class, () -> value("Maker", setting("1", "compute/gpu", "1")));
        assertTrue(path.what().contains("value, seed, compute/device"), path.what());
        final RunnerFailed node = assertThrows(RunnerFailed.class, () -> value("Maker", setting("9", "value", "1")));
        assertTrue(node.what().contains("Maker (#1), Adder (#2)"), node.what());
        final RunnerFailed type = assertThrows(RunnerFailed.class, () -> value("Maker", setting("2", "value", "1.5")));
        assertEquals(ExitCode.USAGE, type.exitCode());
    }

    @Test
    void aDeviceGoesToEveryNodeThatHasThatSetting() throws RunnerFailed {
        Preparation.of(workflow, nodes, new Changes(List.of(), List.of(), Optional.of("cuda:1")));
        assertEquals(
                Optional.of("cuda:1"),
                nodes.settings.get("Maker").group("compute").orElseThrow().text("device"));
        assertTrue(nodes.settings.get("Adder").group("compute").isEmpty());
    }

    @Test
    void aDeviceThatNoNodeTakesIsSaid() throws Exception {
        final Changes device = new Changes(List.of(), List.of(), Optional.of("cuda:1"));
        assertEquals(List.of(), Preparation.of(workflow, nodes, device).withoutEffect());
        final Workflow plain = WorkflowReader.read(new FlowFolder(temp.resolve("plain"))
                .node(1, "Adder", "add1", group("model", entry("value", "xint", 5)))
                .node(2, "Maker", "source1", group("model", entry("value", "xint", 5)))
                .connect(2, 1, 1, 1)
                .write());
        final List<String> said = Preparation.of(plain, nodes, device).withoutEffect();
        assertEquals(1, said.size());
        assertTrue(said.get(0).startsWith("--device cuda:1 has no effect"), said.get(0));
        assertEquals(List.of(), Preparation.of(plain, nodes, Changes.none()).withoutEffect());
    }

    @Test
    void aRefusedSettingNamesTheOptionThatSetIt() {
        final RunnerFailed direct =
                assertThrows(RunnerFailed.class, () -> value("Adder", setting("adder", "value", "-1")));
        assertTrue(direct.where().startsWith("--set adder/value=-1, and "), direct.where());
        assertTrue(direct.where().endsWith("settings.xml"), direct.where());
        final RunnerFailed byVariable =
                assertThrows(RunnerFailed.class, () -> value("Maker", variable("n", "-1", null)));
        assertTrue(byVariable.where().startsWith("--set n=-1, and "), byVariable.where());
    }
}
