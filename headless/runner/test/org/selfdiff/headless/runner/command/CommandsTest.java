package org.selfdiff.headless.runner.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.selfdiff.headless.runner.FlowFolder.entry;
import static org.selfdiff.headless.runner.FlowFolder.group;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.selfdiff.headless.runner.ExitCode;
import org.selfdiff.headless.runner.FakeNodes;
import org.selfdiff.headless.runner.FlowFolder;
import org.selfdiff.headless.runner.console.Terminal;
import org.selfdiff.headless.runner.execute.CancelFlag;
import org.selfdiff.headless.runner.execute.NodeProblem;

@Timeout(60)
class CommandsTest {
    @TempDir
    Path temp;

    private final FakeNodes nodes = new FakeNodes();

    private final CancelFlag cancel = new CancelFlag();

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    private Path knimeHome;

    @BeforeEach
    void aWorkflow() throws IOException {
        new FlowFolder(temp.resolve("Flow"))
                .node(1, "Maker", "source1", group("model", entry("value", "xint", 7), entry("seed", "xlong", 11)))
                .node(
                        2,
                        "Adder",
                        "add1",
                        group("model", entry("value", "xint", 5)),
                        group("nodeAnnotation", entry("text", "xstring", "last%%00010one")))
                .connect(1, 1, 2, 1)
                .with(group(
                        "workflow_variables",
                        group(
                                "Var_0",
                                entry("name", "xstring", "images"),
                                entry("class", "xstring", "STRING"),
                                entry("value", "xstring", "a"))))
                .write();
    }

    private ExitCode run(final String... arguments) {
        final Surroundings surroundings = new Surroundings(
                temp,
                temp,
                new Terminal(new PrintStream(out, true, StandardCharsets.UTF_8), false, false, 100),
                () -> nodes,
                Map.of("java", "17"),
                cancel,
                Optional.ofNullable(knimeHome));
        return new Commands(surroundings, new PrintStream(errors, true, StandardCharsets.UTF_8))
                .run(List.of(arguments));
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String errors() {
        return errors.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aRunLeavesTablesScoresReportAndPage() throws IOException {
        assertEquals(ExitCode.OK, run("run", "Flow", "--out", "res"));
        final Path res = temp.resolve("res");
        assertTrue(out().startsWith("SelfDiff embedded runner: this is not KNIME"), out());
        assertTrue(out().contains("  Maker (#1)  executed  0:00\n"), out());
        assertTrue(out().contains("\nMaker (#1) warns 2 times:\n  seven\n  is odd\n"), out());
        assertTrue(out().contains("Results: res"), out());
        assertEquals("Sum\n7\n", Files.readString(res.resolve("01 Maker/Summary.csv")));
        assertEquals("Sum\n12\n", Files.readString(res.resolve("02 Adder/Summary.csv")));
        // Both nodes have a port of that name and the same columns.
        assertEquals("Node,Sum\nMaker (#1),7\nlast one,12\n", Files.readString(res.resolve("scores.csv")));
        final String report = Files.readString(res.resolve("run.json"));
        for (String part : List.of(
                "\"workflow\": \"Flow\"",
                "\"status\": 0",
                "\"Maker (#1)\": 11",
                "\"cpu (test)\"",
                "\"java\": \"17\"",
                "\"warning\": \"seven\\nis odd\"",
                "\"02 Adder/Summary.csv\"",
                "\"images\": \"a\"",
                "\"value\": 5")) {
            assertTrue(report.contains(part), part + " in " + report);
        }
        final Matcher links =
                Pattern.compile("(?:href|src)=\"([^\"]+)\"").matcher(Files.readString(res.resolve("index.html")));
        int count = 0;
        for (; links.find(); count++) {
            assertTrue(Files.exists(res.resolve(links.group(1).replace("%20", " "))), links.group(1));
        }
        assertTrue(count >= 3);
    }

    /** Scores and the pictures that matter first, then a line for each node with its tables folded away. */
    @Test
    void thePageOpensWithResults() throws IOException {
        nodes.on("add1", (watch, files) -> {
            try {
                for (String name :
                        List.of("Comparison/Comparison-1.png", "Other/x.png", "Picture/Picture-2 Samples.png")) {
                    Files.createDirectories(files.resolve(name).getParent());
                    Files.write(files.resolve(name), new byte[] {1});
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        assertEquals(ExitCode.OK, run("run", "Flow", "--out", "res"));
        final String page = Files.readString(temp.resolve("res/index.html"));
        int at = 0;
        for (String part : List.of(
                "<h1>Flow</h1>",
                "<h2>Scores</h2>",
                "<th>Node</th><th>Sum</th>",
                "<h2>Pictures</h2>",
                "<figcaption>Comparison-1, 2. last one</figcaption>",
                "<figcaption>Samples, 2. last one</figcaption>",
                "<h2>Step by step</h2>",
                "<details open><summary>",
                "1. Maker</span> <span class=\"quiet\">Adds &lt;numbers&gt;.</span></summary>",
                "<p class=\"warn\">seven\nis odd</p>",
                "Summary.csv</h3>\n<div class=\"scroll\"><table>",
                "</details>",
                "<details><summary>",
                "2. Adder</span> (last one) ",
                "x.png")) {
            at = page.indexOf(part, at);
            assertTrue(at >= 0, part + " in " + page);
        }
    }

    @Test
    void withoutAFolderTheNameSaysWhatAndWhen() throws IOException {
        assertEquals(ExitCode.OK, run("run", "Flow", "--quiet"));
        try (Stream<Path> made = Files.list(temp.resolve("results"))) {
            final List<String> names =
                    made.map(path -> path.getFileName().toString()).toList();
            assertEquals(1, names.size());
            assertTrue(names.get(0).matches("Flow-\\d{8}-\\d{6}"), names.toString());
        }
    }

    @Test
    void aFailureKeepsWhatThereIsUnderAnotherName() throws IOException {
        nodes.on("add1", (watch, files) -> {
            assertFalse(Files.exists(temp.resolve("res")));
            throw NodeProblem.of("No luck", List.of("row 3"), List.of("try again"), null);
        });
        assertEquals(ExitCode.NODE_FAILED, run("run", "Flow", "--out", "res"));
        assertFalse(Files.exists(temp.resolve("res")));
        assertFalse(Files.exists(temp.resolve("res.partial")));
        assertEquals("Sum\n7\n", Files.readString(temp.resolve("res-failed/01 Maker/Summary.csv")));
        assertTrue(Files.readString(temp.resolve("res-failed/run.json")).contains("\"problem\": \"No luck\""));
        assertTrue(out().contains("Adder (#2) failed: No luck\n  where:  row 3\n  remedy: try again"), out());
    }

    /** As on a full disk; the reason why a node failed is told all the same. */
    @Test
    void resultsThatCannotBeWrittenAreNamedWithARemedy() {
        nodes.on("add1", (watch, files) -> {
            try {
                Files.createDirectories(temp.resolve("res.partial/run.json")); // where the report would be
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            throw NodeProblem.of("No luck", List.of("row 3"), List.of("try again"), null);
        });
        assertEquals(ExitCode.RESULTS_UNWRITABLE, run("run", "Flow", "--out", "res"));
        assertTrue(errors().contains("The results could not be written: "), errors());
        assertTrue(errors().contains("  where:  " + temp.resolve("res.partial")), errors());
        assertTrue(errors().contains("  remedy: free some space or name another folder with --out"), errors());
        assertTrue(out().contains("Adder (#2) failed: No luck\n  where:  row 3"), out());
        assertFalse(Files.exists(temp.resolve("res")));
    }

    @Test
    void aCancelledRunIsKeptAsSuch() {
        nodes.on("add1", (watch, files) -> cancel.raise());
        assertEquals(ExitCode.CANCELLED, run("run", "Flow", "--out", "res"));
        assertTrue(Files.isDirectory(temp.resolve("res-cancelled/01 Maker")));
        assertFalse(Files.exists(temp.resolve("res")));
    }

    @Test
    void noSaveKeepsNothing() {
        assertEquals(ExitCode.OK, run("run", "Flow", "--out", "res", "--no-save"));
        assertFalse(Files.exists(temp.resolve("res")));
        assertFalse(Files.exists(temp.resolve("res.partial")));
    }

    /** As where the project lies on a read-only disk: nothing but temporary files is needed. */
    @Test
    void noSaveNeedsNoResultsFolder() throws IOException {
        Files.writeString(temp.resolve("results"), "a file where the folder would be");
        assertEquals(ExitCode.OK, run("run", "Flow", "--no-save"));
        assertEquals(ExitCode.RESULTS_UNWRITABLE, run("run", "Flow"));
    }

    /** Each run has what its nodes write in its own results, so that two at once do not read each other's. */
    @Test
    void foldersThatNodesWriteBelongToTheRun() throws IOException {
        new FlowFolder(temp.resolve("Own"))
                .node(
                        1,
                        "Maker",
                        "org.selfdiff.source1",
                        group("model", entry("value", "xint", 1), folder("data/made")))
                .node(2, "Reader", "org.selfdiff.add1", group("model", entry("value", "xint", 1), folder("data/mine")))
                .node(
                        3,
                        "Named",
                        "add1",
                        group("model", entry("value", "xint", 1), entry("in", "xstring", "data/mine/a")))
                .connect(1, 1, 2, 1)
                .connect(1, 1, 3, 1)
                .write();
        assertEquals(ExitCode.OK, run("run", "Own", "--out", "res"));
        assertEquals(temp.resolve("res.partial/data/made").toString(), folderOf("Maker"));
        assertEquals("data/mine", folderOf("Reader"));
        assertTrue(Files.readString(temp.resolve("res/run.json")).contains("\"folder\": \"data/made\""));
        assertEquals(ExitCode.OK, run("run", "Own", "--out", "two", "--set", "1/folder=/elsewhere"));
        assertEquals("/elsewhere", folderOf("Maker"));
        assertEquals(ExitCode.OK, run("run", "Own", "--out", "three", "--set", "Maker/folder=data/made"));
        assertEquals("data/made", folderOf("Maker"));
    }

    private static String folder(final String name) {
        return entry("folder", "xstring", name);
    }

    private String folderOf(final String node) {
        return nodes.settings.get(node).text("folder").orElseThrow();
    }

    @Test
    void anArchiveRunsLikeItsFolder() throws IOException {
        final Path archive = temp.resolve("Packed.knwf");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive));
                Stream<Path> files = Files.walk(temp.resolve("Flow"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                zip.putNextEntry(new ZipEntry(temp.relativize(file).toString()));
                Files.copy(file, zip);
                zip.closeEntry();
            }
        }
        assertEquals(ExitCode.OK, run("run", "Packed.knwf", "--out", "res"));
        assertEquals("Sum\n12\n", Files.readString(temp.resolve("res/02 Adder/Summary.csv")));
    }

    @Test
    void eachFailureHasItsExitCodeAndThreeLines() throws IOException {
        assertEquals(ExitCode.USAGE, run("run", "Flow", "--nonsense"));
        assertEquals(ExitCode.USAGE, run("fly"));
        assertEquals(ExitCode.WORKFLOW_UNREADABLE, run("run", "Nowhere"));
        assertEquals(ExitCode.NOT_CONFIGURED, run("run", "Flow", "--set", "2/value=-1"));
        assertEquals(ExitCode.USAGE, run("run", "Flow", "--set", "imgs=b"));
        Files.createDirectories(temp.resolve("res/full"));
        assertEquals(ExitCode.RESULTS_UNWRITABLE, run("run", "Flow", "--out", "res"));
        new FlowFolder(temp.resolve("Strange")).node(1, "Alien", "alien").write();
        assertEquals(ExitCode.WORKFLOW_UNREADABLE, run("run", "Strange"));
        assertTrue(errors().contains("Unknown node Alien (#1)"), errors());
        assertEquals(
                7,
                errors().lines().filter(line -> line.startsWith("  where:  ")).count());
        assertEquals(
                7,
                errors().lines().filter(line -> line.startsWith("  remedy: ")).count());
    }

    @Test
    void helpIsShownForEveryCommand() {
        assertEquals(ExitCode.OK, run("run", "--help"));
        assertTrue(out().contains("--device DEVICE"), out());
    }

    private void fakeKnime(final String script) throws IOException {
        knimeHome = Files.createDirectories(temp.resolve("knime home"));
        final Path knime = Files.writeString(knimeHome.resolve("knime"), "#!/bin/sh\n" + script + "\n");
        assertTrue(knime.toFile().setExecutable(true));
    }

    @Test
    void knimeRunsACopyWithTheSameOptions() throws IOException {
        fakeKnime("for a in \"$@\"; do echo \"$a\" >> \"" + temp + "/arguments\"; done; echo from KNIME");
        assertEquals(
                ExitCode.OK,
                run("run", "Flow", "--out", "res", "--set", "images=/my pictures", "-option=2,value,6,int"));
        assertEquals(
                List.of(
                        "-nosplash",
                        "-consoleLog",
                        "-reset",
                        "-application",
                        "org.knime.product.KNIME_BATCH_APPLICATION",
                        "-workflowDir=" + temp.resolve("res/Flow"),
                        "-workflow.variable=images,/my pictures,String",
                        "-option=2,value,6,int"),
                Files.readAllLines(temp.resolve("arguments")));
        assertTrue(Files.isRegularFile(temp.resolve("res/Flow/Maker (#1)/settings.xml")));
        assertFalse(Files.exists(temp.resolve("res/UNFINISHED.txt")));
        assertTrue(out().contains("from KNIME"), out());
        assertFalse(out().contains("embedded runner"), out());
    }

    @Test
    void knimesExitCodeIsHandedOn() throws IOException {
        fakeKnime("exit 4");
        assertEquals(ExitCode.NODE_FAILED, run("run", "Flow", "--out", "res"));
        assertTrue(Files.isDirectory(temp.resolve("res-failed/Flow")));
    }

    @Test
    void aKnimeWithoutBatchExecutorSaysWhatToInstall() throws IOException {
        fakeKnime("echo 'KNIME Batch Executor is not installed. Visit ...' >&2; exit 5");
        assertEquals(ExitCode.BROKEN, run("run", "Flow", "--out", "res"));
        assertTrue(errors().contains("org.knime.features.ap.batch"), errors());
    }

    @Test
    void aKnimeHomeWithoutKnimeIsSaid() {
        knimeHome = temp.resolve("nothing");
        assertEquals(ExitCode.BROKEN, run("run", "Flow", "--out", "res"));
        assertTrue(errors().contains("KNIME_HOME"), errors());
    }

    @Test
    void aPictureIsDrawnBesideTheWorkflow() throws IOException {
        assertEquals(ExitCode.OK, run("picture", "Flow"));
        assertTrue(Files.readString(temp.resolve("Flow/workflow.svg")).contains(">Adder</text>"));
    }
}
