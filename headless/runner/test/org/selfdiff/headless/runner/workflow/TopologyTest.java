package org.selfdiff.headless.runner.workflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfdiff.headless.runner.FlowFolder;
import org.selfdiff.headless.runner.RunnerFailed;

class TopologyTest {
    @TempDir
    Path temp;

    private FlowFolder four() throws IOException {
        return new FlowFolder(temp)
                .node(1, "A", "add1")
                .node(2, "B", "add1")
                .node(3, "C", "add1")
                .node(4, "D", "add1");
    }

    private static List<Integer> order(final FlowFolder flow) throws IOException, RunnerFailed {
        return Topology.order(WorkflowReader.read(flow.write())).stream()
                .map(NodeEntry::id)
                .toList();
    }

    @Test
    void nodesComeAfterWhatTheyNeedAndElseByNumber() throws IOException, RunnerFailed {
        assertEquals(List.of(2, 1, 4, 3), order(four().connect(4, 1, 3, 1).connect(2, 1, 1, 1)));
    }

    @Test
    void flowVariableConnectionsOrderToo() throws IOException, RunnerFailed {
        assertEquals(List.of(2, 3, 4, 1), order(four().connect(4, 0, 1, 0)));
    }

    @Test
    void aCircleIsNamedInItsOrder() throws IOException {
        final FlowFolder flow = four().connect(1, 1, 2, 1)
                .connect(2, 1, 3, 1)
                .connect(3, 1, 1, 1)
                .connect(3, 1, 4, 1);
        final RunnerFailed e = assertThrows(RunnerFailed.class, () -> order(flow));
        assertTrue(e.what().contains("A (#1) -> B (#2) -> C (#3) -> A (#1)"), e.what());
    }

    @Test
    void aNodeThatFeedsItselfIsACircle() throws IOException {
        final FlowFolder flow = four().connect(2, 1, 2, 1);
        final RunnerFailed e = assertThrows(RunnerFailed.class, () -> order(flow));
        assertTrue(e.what().contains("B (#2) -> B (#2)"), e.what());
    }
}
