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
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.selfdiff.headless.runner.ExitCode;
import org.selfdiff.headless.runner.FakeNodes;
import org.selfdiff.headless.runner.FlowFolder;
import org.selfdiff.headless.runner.RunnerFailed;
import org.selfdiff.headless.runner.workflow.WorkflowReader;

@Timeout(60)
class WorkflowRunTest {
    private static final RunObserver NOBODY = new RunObserver() {
        @Override
        public void started(final NodeRun node) {}

        @Override
        public void progressed(final NodeRun node) {}

        @Override
        public void finished(final NodeRun node) {}
    };

    @TempDir
    Path temp;

    private final FakeNodes nodes = new FakeNodes();

    private final CancelFlag cancel = new CancelFlag();

    private final Map<String, Output> made = new ConcurrentHashMap<>();

    private FlowFolder flow;

    private Preparation prepared;

    @BeforeEach
    void aFolder() {
        flow = new FlowFolder(temp.resolve("Flow"));
    }

    private Preparation prepare() throws IOException, RunnerFailed {
        prepared = Preparation.of(WorkflowReader.read(flow.write()), nodes, Changes.none());
        return prepared;
    }

    private ExitCode run(final int threads) throws IOException, RunnerFailed {
        final OutputSink sink = new OutputSink() {
            @Override
            public Path place() {
                return temp;
            }

            @Override
            public Path folder(final NodeRun node) {
                return temp.resolve(node.entry().name());
            }

            @Override
            public List<Path> save(final NodeRun node) {
                made.put(node.entry().name(), node.outputs().get(0));
                return List.of();
            }
        };
        return new WorkflowRun(prepare(), NOBODY, sink, cancel).execute(threads);
    }

    private List<String> states() {
        return prepared.nodes().stream()
                .map(node -> node.entry().name() + " " + node.state().text())
                .toList();
    }

    private static String value(final int value) {
        return group("model", entry("value", "xint", value));
    }

    private void diamond() throws IOException {
        flow.node(1, "A", "source1", value(1))
                .node(2, "B", "add1-left", value(10))
                .node(3, "C", "add1-right", value(100))
                .node(4, "D", "add2", value(1000))
                .connect(1, 1, 2, 1)
                .connect(1, 1, 3, 1)
                .connect(2, 1, 4, 1)
                .connect(3, 1, 4, 2);
    }

    @Test
    void valuesFlowAlongTheConnections() throws IOException, RunnerFailed {
        diamond();
        assertEquals(ExitCode.OK, run(1));
        assertEquals(new FakeNodes.Sum(1112), made.get("D"));
        // Nobody needs outputs any more, so none is kept.
        assertTrue(prepared.nodes().stream().allMatch(node -> node.outputs().isEmpty()));
    }

    @Test
    void independentBranchesRunAtTheSameTime() throws IOException, RunnerFailed {
        diamond();
        final CyclicBarrier both = new CyclicBarrier(2);
        final FakeNodes.Work meet = (watch, files) -> {
            try {
                both.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
                throw NodeProblem.of("alone", "run both");
            }
        };
        nodes.on("add1-left", meet).on("add1-right", meet);
        assertEquals(ExitCode.OK, run(2));
    }

    @Test
    void aFailureStopsOnlyWhatDependsOnIt() throws IOException, RunnerFailed {
        diamond();
        nodes.on("add1-left", (watch, files) -> {
            throw NodeProblem.of("no luck", "try again");
        });
        assertEquals(ExitCode.NODE_FAILED, run(2));
        assertEquals(List.of("A executed", "B failed", "C executed", "D not executed"), states());
        assertEquals(
                List.of("try again"), prepared.node(2).problem().orElseThrow().remedies());
    }

    @Test
    void anUnexpectedExceptionIsAFailureOfThatNode() throws IOException, RunnerFailed {
        diamond();
        nodes.on("add1-left", (watch, files) -> {
            throw new IllegalStateException("bug");
        });
        assertEquals(ExitCode.NODE_FAILED, run(2));
        assertTrue(prepared.node(2).problem().orElseThrow().getMessage().contains("bug"));
    }

    @Test
    void cancellingStopsAListeningNodeAndStartsNoOther() throws IOException, RunnerFailed {
        diamond();
        nodes.on("add1-left", (watch, files) -> {
            cancel.raise();
            if (watch.cancelled()) {
                throw NodeProblem.stopped();
            }
        });
        assertEquals(ExitCode.CANCELLED, run(1));
        assertEquals(List.of("A executed", "B cancelled", "C not executed", "D not executed"), states());
    }

    @Test
    void aNodeThatDoesNotListenIsLeftBehind() throws IOException, RunnerFailed, InterruptedException {
        diamond();
        final CountDownLatch release = new CountDownLatch(1);
        final CountDownLatch left = new CountDownLatch(1);
        nodes.on("source1", (watch, files) -> {
            cancel.raise();
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            left.countDown();
        });
        // The node goes on until it is released, which happens only after execute() has come back.
        assertEquals(ExitCode.CANCELLED, run(1));
        assertEquals(NodeState.CANCELLED, prepared.node(1).state());
        release.countDown();
        left.await();
    }

    @Test
    void theResultOfANodeThatIgnoredCancellingIsVoid() throws IOException, RunnerFailed {
        flow.node(1, "A", "source1");
        nodes.on("source1", (watch, files) -> cancel.raise());
        assertEquals(ExitCode.CANCELLED, run(1));
        assertTrue(made.isEmpty());
    }

    @Test
    void nothingRunsWhenASettingIsRefused() throws IOException {
        flow.node(1, "A", "source1").node(2, "B", "add1", value(-1)).connect(1, 1, 2, 1);
        final RunnerFailed e = assertThrows(RunnerFailed.class, () -> run(1));
        assertEquals(ExitCode.NOT_CONFIGURED, e.exitCode());
        assertTrue(e.what().contains("B (#2): value must not be negative"), e.what());
        assertTrue(e.where().endsWith("settings.xml"), e.where());
        assertEquals("set a positive value", e.remedy());
        assertTrue(made.isEmpty());
    }

    @Test
    void whatIsNotKnownYetIsConfiguredWhenItIs() throws IOException, RunnerFailed {
        flow.node(1, "A", "source1", value(99)).node(2, "B", "add1").connect(1, 1, 2, 1);
        prepare();
        assertEquals(List.of("A"), nodes.configured);
        nodes.configured.clear();
        assertEquals(ExitCode.OK, run(1));
        assertEquals(List.of("A", "A", "B"), nodes.configured);
    }

    @Test
    void aMandatoryPortMustBeConnected() throws IOException {
        flow.node(1, "A", "source1").node(2, "B", "add2").connect(1, 1, 2, 1);
        final RunnerFailed e = assertThrows(RunnerFailed.class, this::prepare);
        assertEquals(ExitCode.NOT_CONFIGURED, e.exitCode());
        assertTrue(e.what().contains("Input port 2 (\"In2\")"), e.what());
        assertTrue(e.where().contains("B (#2)"), e.where());
    }

    @Test
    void anOptionalPortMayStayOpen() throws IOException, RunnerFailed {
        flow.node(1, "A", "source2", value(4))
                .node(2, "B", "add3", value(0))
                .connect(1, 1, 2, 1)
                .connect(1, 2, 2, 2);
        assertEquals(ExitCode.OK, run(1));
        assertEquals(new FakeNodes.Sum(8), made.get("B"));
    }

    @Test
    void portsMustExistAndFit() throws IOException {
        flow.node(1, "M", "model1").node(2, "B", "add1").connect(1, 1, 2, 1);
        final RunnerFailed misfit = assertThrows(RunnerFailed.class, this::prepare);
        assertTrue(misfit.what().contains("does not fit"), misfit.what());
        flow = new FlowFolder(temp.resolve("Other")).node(1, "A", "source1").node(2, "B", "add1");
        flow.connect(1, 3, 2, 1);
        final RunnerFailed absent = assertThrows(RunnerFailed.class, this::prepare);
        assertTrue(absent.what().contains("port 3 of A (#1)"), absent.what());
    }

    @Test
    void exposedVariablesTravelDownstreamAndTheUpperPortWins() throws IOException, RunnerFailed {
        final String expose =
                group("variables", group("tree", group("value", entry("exposed_variable", "xstring", "shared"))));
        final String use =
                group("variables", group("tree", group("value", entry("used_variable", "xstring", "shared"))));
        flow.node(1, "A", "source1", value(5), expose)
                .node(2, "B", "source1", value(6), expose)
                .node(3, "C", "add2", value(0), use)
                .connect(1, 1, 3, 2)
                .connect(2, 1, 3, 1);
        assertEquals(ExitCode.OK, run(1));
        assertEquals(new FakeNodes.Sum(5 + 6 + 6), made.get("C"));
    }
}
