package org.selfdiff.headless.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Starts the packaged bundles as the launcher does, with a few nodes of its own, and looks at what a user gets. */
@Timeout(180)
class EmbeddedRunTest {
    private static final Path ROOT = Path.of(System.getProperty("selfdiff.root", "../.."));

    @TempDir
    static Path fixture;

    @TempDir
    Path temp;

    @BeforeAll
    static void buildNodes() throws IOException {
        FixtureBundle.build(ROOT, fixture.resolve("nodes"));
    }

    private static String entry(final String key, final String type, final Object value) {
        return "<entry key=\"" + key + "\" type=\"" + type + "\" value=\"" + value + "\"/>";
    }

    private static String config(final String key, final String content) {
        return "<config xmlns=\"http://www.knime.org/2008/09/XMLConfig\" key=\"" + key + "\">" + content + "</config>";
    }

    /** A workflow Numbers -> the named node, whose settings are given. */
    private Path workflow(final String node, final String model) throws IOException {
        final Path folder = Files.createDirectories(temp.resolve("Flow " + node));
        final StringBuilder nodes = new StringBuilder();
        final List<String> names = List.of("Numbers", node);
        for (int i = 1; i <= 2; i++) {
            final String name = names.get(i - 1);
            final Path settings = folder.resolve(name + " (#" + i + ")/settings.xml");
            Files.createDirectories(settings.getParent());
            Files.writeString(
                    settings,
                    config(
                            "settings.xml",
                            entry("factory", "xstring", "demo." + name + "NodeFactory")
                                    + entry("node-name", "xstring", name)
                                    + entry("node-bundle-symbolic-name", "xstring", "demo.nodes")
                                    + (i == 2 && !model.isEmpty() ? config("model", model) : "")));
            nodes.append(config(
                    "node_" + i,
                    entry("id", "xint", i)
                            + entry("node_settings_file", "xstring", folder.relativize(settings))
                            + entry("node_type", "xstring", "NativeNode")));
        }
        final String connection = config(
                "connection_0",
                entry("sourceID", "xint", 1)
                        + entry("sourcePort", "xint", 1)
                        + entry("destID", "xint", 2)
                        + entry("destPort", "xint", 1));
        Files.writeString(
                folder.resolve("workflow.knime"),
                config("workflow.knime", config("nodes", nodes.toString()) + config("connections", connection)));
        return folder;
    }

    private Process start(final String... arguments) throws IOException {
        final Path jar;
        try (Stream<Path> files = Files.list(ROOT.resolve("headless/boot/target"))) {
            jar = files.filter(file -> file.toString().endsWith(".jar"))
                    .findFirst()
                    .orElseThrow();
        }
        final List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.awt.headless=true",
                "-Dselfdiff.root=" + ROOT,
                "-Dselfdiff.folder=" + temp,
                "-Dselfdiff.extra=" + fixture.resolve("nodes"),
                "-jar",
                jar.toString()));
        command.addAll(List.of(arguments));
        final ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove("KNIME_HOME");
        return builder.start();
    }

    private static String output(final Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void runsNodesOfABundleAndSavesWhatTheyMake() throws IOException, InterruptedException {
        final Path flow = workflow("Keep", "");
        final Process process = start("run", flow.toString(), "--out", "res", "--device", "cpu", "--set", "1/rows=2");
        final String text = output(process);
        assertEquals(0, process.waitFor(), text);
        assertTrue(text.startsWith("SelfDiff embedded runner: this is not KNIME"), text);
        final Path res = temp.resolve("res");
        assertEquals(
                "Number,Text,Picture,Vector\n"
                        + "0,\"a, \"\"0\"\"\",Picture/Picture-1.png,\"[0.0, 0.125, 0.25, 0.375, ... 6 in all]\"\n"
                        + "1,,Picture/Picture-2.png,\"[1.0, 1.125, 1.25, 1.375, ... 6 in all]\"\n",
                Files.readString(res.resolve("01 Numbers/Numbers.csv")));
        assertTrue(Files.size(res.resolve("01 Numbers/Picture/Picture-2.png")) > 0);
        assertEquals("kept on cpu", Files.readString(res.resolve("02 Keep/model.safetensors")));
        final String report = Files.readString(res.resolve("run.json"));
        assertTrue(report.contains("2 rows kept, cpu (for the test)"), report);
        assertTrue(report.contains("\"device\": \"cpu\""), report);
        assertTrue(report.contains("\"org.knime.core\": \"5.8.0"), report);
        assertTrue(Files.readString(res.resolve("index.html")).contains("Picture/Picture-2.png"));
    }

    /** Its files name factories at the places where they once were. */
    @Test
    void aWorkflowFromBeforeTheNodesMovedRuns() throws IOException, InterruptedException {
        final Path flow = ROOT.resolve("plugin/src/test/resources/workflows/before-themes/SlideTiles");
        final Process process = start(
                "run",
                flow.toString(),
                "--out",
                "res",
                "--set",
                "phantom_slides=1",
                "--set",
                "1/width=1024",
                "--set",
                "1/height=1024");
        final String text = output(process);
        assertEquals(0, process.waitFor(), text);
        assertTrue(text.contains("Tile Exporter (#4)     executed"), text);
    }

    /** The library that reads HDF5 works inside the bundle, too. */
    @Test
    void featuresGoFromFilesToFiles() throws IOException, InterruptedException {
        final Path flow = ROOT.resolve("plugin/src/test/resources/workflows/features");
        final Process process =
                start("run", flow.toString(), "--out", "res", "--set", "2/folder=" + temp.resolve("again"));
        final String text = output(process);
        assertEquals(0, process.waitFor(), text);
        assertTrue(Files.size(temp.resolve("again/slide_002.h5")) > 19 * (48 * 4 + 2 * 8));
        assertTrue(text.contains("Distribution Scorer (#3)"), text);
        assertTrue(
                Files.readString(temp.resolve("res/scores.csv")).contains("Precision,1"),
                "equal sets cover each other");
    }

    /** Weights of others become a model, embeddings of tiles and a file of ours. */
    @Test
    void weightsBecomeEmbeddingsAndAModel() throws IOException, InterruptedException {
        final Path flow = ROOT.resolve("plugin/src/test/resources/workflows/encoders");
        final Process process =
                start("run", flow.toString(), "--out", "res", "--set", "5/folder=" + temp.resolve("models"));
        final String text = output(process);
        assertEquals(0, process.waitFor(), text);
        assertTrue(Files.size(temp.resolve("models/model.safetensors")) > 50_000);
    }

    /** Grey of 16 bits goes from the phantom to a model of one channel. */
    @Test
    void radiographsAreLearntAsOneChannel() throws IOException, InterruptedException {
        final Path flow = ROOT.resolve("plugin/src/test/resources/workflows/radiographs");
        final Process process = start("run", flow.toString(), "--out", "res");
        final String text = output(process);
        assertEquals(0, process.waitFor(), text);
        final String header = Files.readString(
                temp.resolve("res/03 Diffusion Pretrainer/model.safetensors"), StandardCharsets.ISO_8859_1);
        assertTrue(header.contains("\\\"channels\\\":1,"), header.substring(0, 2000));
    }

    @Test
    void aFailureIsToldWithWhereAndRemedy() throws IOException, InterruptedException {
        final Process process = start("run", workflow("Fail", "").toString(), "--out", "res");
        final String text = output(process);
        assertEquals(4, process.waitFor(), text);
        assertTrue(
                text.contains(
                        "Fail (#2) failed: Bad luck\n  where:  row 3 of the table\n  remedy: wait for better days"),
                text);
        assertTrue(Files.exists(temp.resolve("res-failed/01 Numbers/Numbers.csv")));
        assertFalse(Files.exists(temp.resolve("res")));
    }

    /** A terminated process ends although a node goes on for ten minutes, and leaves its results under a name of their own. */
    private void terminated(final boolean deaf) throws IOException, InterruptedException {
        final Path flow = workflow("Wait", entry("seconds", "xint", 600) + entry("deaf", "xboolean", deaf));
        final Process process = start("run", flow.toString(), "--out", "res");
        final BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        final StringBuilder text = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            text.append(line).append('\n');
            if (line.matches("\\s*Wait \\(#2\\)\\s+started")) {
                process.toHandle().destroy();
            }
        }
        // The process ends itself by SIGKILL, so that no native code outlives its library; the launcher says 130.
        assertEquals(128 + 9, process.waitFor(), text.toString());
        assertTrue(text.toString().matches("(?s).*Wait \\(#2\\) +cancelled.*Cancelled in .*"), text.toString());
        assertTrue(Files.exists(temp.resolve("res-cancelled/01 Numbers/Numbers.csv")), text.toString());
        assertFalse(Files.exists(temp.resolve("res")));
        assertFalse(Files.exists(temp.resolve("res.partial")));
    }

    @Test
    void aTerminatedRunCancelsItsNodes() throws IOException, InterruptedException {
        terminated(false);
    }

    @Test
    void aTerminatedRunLeavesADeafNodeBehind() throws IOException, InterruptedException {
        terminated(true);
    }

    @Test
    void anUnknownNodeIsNamedWithItsBundle() throws IOException, InterruptedException {
        final Path flow = workflow("Alien", "");
        final Process process = start("run", flow.toString());
        final String text = output(process);
        assertEquals(2, process.waitFor(), text);
        assertTrue(text.contains("Unknown node Alien (#2): nobody offers the factory demo.AlienNodeFactory"), text);
    }

    @Test
    void thePictureKnowsPortsAndRoles() throws IOException, InterruptedException {
        final Path flow = workflow("Keep", "");
        final Process process = start("picture", flow.toString(), "flow.svg");
        final String text = output(process);
        assertEquals(0, process.waitFor(), text);
        assertTrue(Files.readString(temp.resolve("flow.svg")).contains("#7c4dff"));
    }

    /** What the launcher needs, in a folder that nobody may write to; the large folders are links. */
    private Path installation() throws IOException {
        final Path installed = temp.resolve("installed");
        for (final String link : List.of(
                "headless/boot/target/bundles", "natives/linux-x86_64/native", "natives/linux-x86_64/META-INF")) {
            Files.createDirectories(installed.resolve(link).getParent());
            Files.createSymbolicLink(
                    installed.resolve(link), ROOT.resolve(link).toAbsolutePath().normalize());
        }
        for (final String module :
                List.of("headless/core", "headless/ui", "headless/runner", "headless/boot", "plugin")) {
            final Path target = Files.createDirectories(installed.resolve(module + "/target"));
            try (Stream<Path> files = Files.list(ROOT.resolve(module + "/target"))) {
                for (final Path jar :
                        files.filter(f -> f.toString().endsWith(".jar")).toList()) {
                    Files.copy(jar, target.resolve(jar.getFileName()));
                }
            }
        }
        Files.copy(ROOT.resolve("selfdiff"), installed.resolve("selfdiff"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.createFile(installed.resolve("headless/boot/target/built"));
        return installed;
    }

    private static List<Path> files(final Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.sorted().toList();
        }
    }

    private static void permit(final Path installed, final String folders) throws IOException {
        for (final Path file : files(installed)) {
            if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(folders));
            }
        }
    }

    /** By the launcher itself, in the locale of no language, with a workflow in a folder that has an umlaut where that can be. */
    @Test
    void aReadOnlyInstallationRunsInAnyLocale() throws IOException, InterruptedException {
        final boolean unicode = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"))
                .newEncoder()
                .canEncode("\u00e4");
        final Path place = Files.createDirectories(temp.resolve(unicode ? "Gewebe \u00e4\u00f6" : "plain"));
        final Path flow = Files.move(workflow("Keep", ""), place.resolve("Flow"));
        final Path installed = installation();
        final List<Path> before = files(installed);
        permit(installed, "r-xr-xr-x");
        try {
            final ProcessBuilder builder = new ProcessBuilder(
                            installed.resolve("selfdiff").toString(), "run", flow.toString(), "--quiet", "--out", "res")
                    .directory(place.toFile())
                    .redirectErrorStream(true);
            List.of("KNIME_HOME", "LC_ALL", "LC_CTYPE").forEach(builder.environment()::remove);
            builder.environment().put("LANG", "C");
            builder.environment().put("SELFDIFF_JAVA_OPTS", "-Dselfdiff.extra=" + fixture.resolve("nodes"));
            final Process process = builder.start();
            final String text = output(process);
            assertEquals(0, process.waitFor(), text);
            assertEquals(before, files(installed), "nothing is written beside the program, whoever runs it");
            assertTrue(Files.exists(place.resolve("res/run.json")), text);
        } finally {
            permit(installed, "rwxr-xr-x");
        }
    }
}
