package org.selfdiff.headless;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.LongCell;
import org.knime.core.node.BufferedDataContainer;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.ExecutionMonitor;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.message.Message;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.util.FileUtil;
import org.knime.node.DefaultModel.ExecuteConsumer;
import org.selfdiff.headless.host.HostContext;
import org.selfdiff.headless.host.NodeHost;
import org.selfdiff.headless.sample.NotePortObject;
import org.selfdiff.headless.sample.NoteSpec;
import org.selfdiff.headless.sample.Samples;

/** A node on a canvas: configure, execute, cancel, progress, ports. */
class NodeHostTest {

    private static final DataTableSpec COUNT = spec("count", IntCell.TYPE);

    @TempDir
    Path dir;

    private static DataTableSpec spec(String name, DataType type) {
        return new DataTableSpec(new String[] {name}, new DataType[] {type});
    }

    private static BufferedDataTable table(ExecutionContext exec, DataTableSpec spec, int rows) {
        BufferedDataContainer container = exec.createDataContainer(spec);
        for (int i = 0; i < rows; i++) {
            container.addRowToTable(new DefaultRow("Row" + i, i));
        }
        container.close();
        return container.getTable();
    }

    private static NodeHost source(ExecuteConsumer execute) throws InvalidSettingsException {
        return Samples.host(
                Samples.node(p -> p.addOutputTable("Out", "out"), (i, o) -> o.setOutSpec(0, COUNT), execute));
    }

    private PortObject[] run(NodeHost host, PortObject... in) throws Exception {
        return host.execute(in, HostContext.quiet(dir, dir.resolve("stores")));
    }

    @Test
    void tablesGoThroughANode() throws Exception {
        NodeHost source = source((i, o) -> o.setOutData(0, table(i.getExecutionContext(), COUNT, 3)));
        NodeHost copy = Samples.host(Samples.node(
                p -> p.addInputTable("In", "in").addOutputTable("Out", "out"),
                (i, o) -> o.setOutSpec(0, i.getInTableSpec(0)),
                (i, o) -> o.setOutData(0, i.getInTable(0))));
        assertArrayEquals(new PortObjectSpec[] {COUNT}, source.configure(new PortObjectSpec[0]));
        assertArrayEquals(new PortObjectSpec[] {COUNT}, copy.configure(new PortObjectSpec[] {COUNT}));
        PortObject[] made = run(source);
        PortObject[] out = run(copy, made);
        assertEquals(3, ((BufferedDataTable) out[0]).size());
        assertNull(copy.warning());
        assertArrayEquals(new String[] {"In"}, copy.inPortNames());
        assertArrayEquals(new String[] {"Out"}, copy.outPortNames());
    }

    @Test
    void anUnknownInputMeansUnknownOutputsAndConfigureIsNotCalled() throws Exception {
        NodeHost host = Samples.host(Samples.node(
                p -> p.addInputTable("In", "in").addOutputTable("Out", "out"),
                (i, o) -> {
                    throw new InvalidSettingsException("called");
                },
                (i, o) -> {}));
        assertArrayEquals(new PortObjectSpec[1], host.configure(new PortObjectSpec[1]));
        assertThrows(InvalidSettingsException.class, () -> host.configure(new PortObjectSpec[] {COUNT}));
    }

    @Test
    void specsAndObjectsOfTheWrongKindAreRefused() throws Exception {
        NodeHost host = Samples.host(
                Samples.node(p -> p.addInputPort("Note", "in", NotePortObject.TYPE), (i, o) -> {}, (i, o) -> {}));
        InvalidSettingsException e =
                assertThrows(InvalidSettingsException.class, () -> host.configure(new PortObjectSpec[] {COUNT}));
        assertTrue(e.getMessage().contains("NoteSpec"), e.getMessage());
        NodeHost source = source((i, o) -> o.setOutData(0, table(i.getExecutionContext(), COUNT, 1)));
        PortObject[] tables = run(source);
        assertThrows(IllegalStateException.class, () -> run(host, tables));
        assertThrows(IllegalStateException.class, () -> run(host, (PortObject) null));
    }

    @Test
    void outputsMustBeSetAndHaveTheAnnouncedColumns() throws Exception {
        IllegalStateException unset = assertThrows(IllegalStateException.class, () -> run(source((i, o) -> {})));
        assertTrue(unset.getMessage().contains("not set"), unset.getMessage());
        DataTableSpec other = spec("number", IntCell.TYPE);
        assertThrows(
                IllegalStateException.class,
                () -> run(source((i, o) -> o.setOutData(0, table(i.getExecutionContext(), other, 1)))));
        DataTableSpec wider = spec("count", LongCell.TYPE);
        assertThrows(
                IllegalStateException.class,
                () -> run(
                        source((i, o) -> o.setOutData(0, i.getExecutionContext().createVoidTable(wider)))));
    }

    @Test
    void configureMustGiveSpecsOfTheOutputsKind() throws Exception {
        NodeHost host = Samples.host(Samples.node(
                p -> p.addOutputTable("Out", "out"), (i, o) -> o.setOutSpec(0, new NoteSpec("x")), (i, o) -> {}));
        assertThrows(IllegalStateException.class, () -> host.configure(new PortObjectSpec[0]));
    }

    @Test
    void emptyTablesAndWarningsOfTheNodeAreTold() throws Exception {
        NodeHost empty = source((i, o) -> o.setOutData(0, table(i.getExecutionContext(), COUNT, 0)));
        run(empty);
        assertTrue(empty.warning().contains("row"), empty.warning());
        NodeHost warning = source((i, o) -> {
            o.setWarningMessage("half of the pictures");
            o.setOutData(0, table(i.getExecutionContext(), COUNT, 0));
        });
        run(warning);
        assertEquals("half of the pictures", warning.warning());
        warning.configure(new PortObjectSpec[0]);
        assertNull(warning.warning());
    }

    @Test
    void aCancelledNodeStopsAtItsNextCheck() throws Exception {
        AtomicBoolean cancelled = new AtomicBoolean();
        List<Integer> done = new ArrayList<>();
        NodeHost host = source((i, o) -> {
            for (int k = 0; k < 10; k++) {
                i.getExecutionContext().createSubProgress(0.5).checkCanceled();
                done.add(k);
                cancelled.set(k == 2);
            }
        });
        HostContext context = new HostContext(dir, dir.resolve("stores"), (f, m) -> {}, cancelled::get);
        assertThrows(CanceledExecutionException.class, () -> host.execute(new PortObject[0], context));
        assertEquals(List.of(0, 1, 2), done);
    }

    @Test
    void aNodeThatIgnoresTheCancelOrFailsAfterItIsCancelledToo() throws Exception {
        AtomicBoolean cancelled = new AtomicBoolean();
        HostContext context = new HostContext(dir, dir.resolve("stores"), (f, m) -> {}, cancelled::get);
        NodeHost deaf = source((i, o) -> {
            cancelled.set(true);
            o.setOutData(0, table(i.getExecutionContext(), COUNT, 1));
        });
        assertThrows(CanceledExecutionException.class, () -> deaf.execute(new PortObject[0], context));
        cancelled.set(false);
        NodeHost failing = source((i, o) -> {
            cancelled.set(true);
            throw new IllegalArgumentException("interrupted step");
        });
        assertThrows(CanceledExecutionException.class, () -> failing.execute(new PortObject[0], context));
    }

    @Test
    void failuresComeOutAsTheyAre() throws Exception {
        NodeHost host = source((i, o) -> {
            throw KNIMEException.of(Message.builder()
                    .withSummary("No pictures")
                    .addTextIssue("folder x")
                    .addResolutions("choose another")
                    .build()
                    .orElseThrow());
        });
        KNIMEException e = assertThrows(KNIMEException.class, () -> run(host));
        assertEquals("No pictures", e.getMessage());
        assertEquals(List.of("choose another"), e.getKNIMEMessage().getResolutions());
    }

    @Test
    void progressIsScaledAndHeldInBounds() throws Exception {
        List<String> told = new ArrayList<>();
        NodeHost host = source((i, o) -> {
            ExecutionContext exec = i.getExecutionContext();
            exec.setMessage("start");
            exec.setProgress(0.5, "half");
            exec.setProgress(1.5);
            ExecutionMonitor part = exec.createSubProgress(0.5);
            part.setProgress(0.5, "part");
            part.setProgress(1);
            o.setOutData(0, table(exec, COUNT, 1));
        });
        host.execute(
                new PortObject[0],
                new HostContext(dir, dir.resolve("stores"), (f, m) -> told.add(f + " " + m), () -> false));
        assertEquals(List.of("NaN start", "0.5 half", "0.5 half", "0.5 part", "0.75 part", "1.0 part"), told);
    }

    @Test
    void fileStoreNamesAreUniqueAndEndWithTheNode() throws Exception {
        AtomicReference<ExecutionContext> kept = new AtomicReference<>();
        List<String> refused = new ArrayList<>();
        NodeHost host = source((i, o) -> {
            ExecutionContext exec = i.getExecutionContext();
            kept.set(exec);
            for (String name : List.of("a", "a", ".hidden", "a/b", "")) {
                try {
                    Files.writeString(exec.createFileStore(name).getFile().toPath(), name);
                } catch (IOException e) {
                    refused.add(name);
                }
            }
            o.setOutData(0, table(exec, COUNT, 1));
        });
        run(host);
        assertEquals(List.of("a", ".hidden", "a/b", ""), refused);
        assertThrows(IllegalStateException.class, () -> kept.get().createFileStore("late"));
        try (var files = Files.walk(dir.resolve("stores"))) {
            assertEquals(1, files.filter(Files::isRegularFile).count());
        }
    }

    @Test
    void relativeAddressesMeanTheWorkflow() throws Exception {
        Path file = Files.writeString(dir.resolve("a b.txt"), "x");
        List<Path> found = new ArrayList<>();
        NodeHost host = source((i, o) -> {
            try {
                found.add(FileUtil.resolveToPath(FileUtil.toURL("knime://knime.workflow/a b.txt")));
                found.add(FileUtil.resolveToPath(FileUtil.toURL("knime://knime.workflow/sub/../a%20b.txt")));
                found.add(FileUtil.resolveToPath(FileUtil.toURL(file.toString())));
                found.add(FileUtil.resolveToPath(FileUtil.toURL(file.toUri().toString())));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (java.net.URISyntaxException e) {
                throw new IllegalStateException(e);
            }
            o.setOutData(0, table(i.getExecutionContext(), COUNT, 1));
        });
        run(host);
        assertEquals(List.of(file, file, file, file), found);
        assertThrows(
                IOException.class,
                () -> FileUtil.resolveToPath(FileUtil.toURL("knime://knime.workflow/a b.txt")),
                "no workflow outside of a node");
        assertNull(FileUtil.resolveToPath(FileUtil.toURL("https://example.org/x")));
    }

    @Test
    void optionalPortsFollowTheStoredGroups() throws Exception {
        NodeSettings with = new NodeSettings("node_creation_config");
        with.addNodeSettings("Model").addConfig("port_0").addString("object_class", NotePortObject.class.getName());
        NodeSettings without = new NodeSettings("node_creation_config");
        without.addNodeSettings("Model");
        assertEquals(1, optional(null, false).inPorts().length);
        assertEquals(2, optional(null, true).inPorts().length);
        assertEquals(1, optional(without, true).inPorts().length);
        NodeHost connected = optional(with, false);
        assertArrayEquals(new String[] {"Tiles", "Model"}, connected.inPortNames());
        assertEquals(NotePortObject.TYPE, connected.inPorts()[1]);
    }

    @Test
    void storedGroupsThatDoNotFitAreRefused() {
        NodeSettings unknown = new NodeSettings("node_creation_config");
        unknown.addNodeSettings("Weights");
        InvalidSettingsException e = assertThrows(InvalidSettingsException.class, () -> optional(unknown, false));
        assertTrue(e.getMessage().contains("Weights"), e.getMessage());
        NodeSettings wrongType = new NodeSettings("node_creation_config");
        wrongType
                .addNodeSettings("Model")
                .addConfig("port_0")
                .addString("object_class", BufferedDataTable.class.getName());
        assertThrows(InvalidSettingsException.class, () -> optional(wrongType, false));
        NodeSettings two = new NodeSettings("node_creation_config");
        var group = two.addNodeSettings("Model");
        group.addConfig("port_0").addString("object_class", NotePortObject.class.getName());
        group.addConfig("port_1").addString("object_class", NotePortObject.class.getName());
        assertThrows(InvalidSettingsException.class, () -> optional(two, false));
    }

    private static NodeHost optional(NodeSettings config, boolean fresh) throws InvalidSettingsException {
        return Samples.grouped(
                groups -> groups.addInputPortGroup(
                                "Tiles",
                                g -> g.name("Tiles").description("tiles").fixed(BufferedDataTable.TYPE))
                        .addInputPortGroup("Model", g -> {
                            var port = g.name("Model")
                                    .description("model")
                                    .optional()
                                    .supportedTypes(NotePortObject.TYPE);
                            return fresh ? port.defaultPortType(NotePortObject.TYPE) : port;
                        }),
                config);
    }
}
