package org.selfdiff.headless.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user does: points the install dialog at the update site, and executes the example workflow. */
@Tag("slow")
class InstallTest {
    private static final Path PRODUCT =
            Project.ROOT.resolve("headless/product/target/products/org.selfdiff.headless.host/linux/gtk/x86_64");

    @TempDir
    Path temp;

    @Test
    void theSiteHoldsOurBundlesAndNobodyElses() throws IOException {
        try (Stream<Path> plugins = Files.list(Project.SITE.resolve("plugins"))) {
            assertTrue(plugins.map(p -> p.getFileName().toString()).allMatch(n -> n.startsWith("org.selfdiff.")));
        }
        assertTrue(Files.exists(
                Project.one(Project.ROOT.resolve("update-site/target"), "org\\.selfdiff\\.update.*\\.zip")));
    }

    @Test
    void theDirectorInstallsTheFeatureAndTheExampleRuns() throws Exception {
        final Path home = temp.resolve("host");
        copy(PRODUCT, home);
        final Project.Ended install = eclipse(
                home,
                "-application",
                "org.eclipse.equinox.p2.director",
                "-repository",
                Project.SITE.toUri().toString(),
                "-installIU",
                "org.selfdiff.feature.feature.group",
                "-profile",
                "DefaultProfile");
        assertEquals(0, install.code(), install.output());
        assertTrue(install.output().contains("Operation completed"), install.output());
        final Path natives = Project.one(home.resolve("plugins"), "org\\.selfdiff\\.natives\\.linux\\.x86_64_.*");
        assertTrue(Files.isRegularFile(natives.resolve("native/cpu/libtorch_cpu.so")), "the fragment is unpacked");

        final Path workflow = temp.resolve("NucleiSegmentation");
        copy(Project.ROOT.resolve("example-workflows/NucleiSegmentation"), workflow);
        final Path results = temp.resolve("results");
        final Project.Ended run = eclipse(
                home,
                "run",
                workflow.toString(),
                "--set",
                "pretrain_steps=2",
                "--set",
                "finetune_steps=2",
                "--device",
                "cpu",
                "--out",
                results.toString());
        assertEquals(0, run.code(), run.output());
        final List<String> scores = Files.readAllLines(results.resolve("scores.csv"));
        assertTrue(scores.size() >= 4, "a header, two classes and their mean: " + scores);
        assertTrue(Files.readString(results.resolve("run.json")).contains("cpu (as chosen)"), "the device and why");
        assertFalse(
                Files.exists(workflow.resolve("data/checkpoints")) && hasFiles(workflow.resolve("data/checkpoints")));
        slidesToTiles(home);
    }

    /** Slides, their XML and GeoJSON, and the JPEG codecs, as the bundle sees them. */
    private void slidesToTiles(final Path home) throws Exception {
        final Path workflow = temp.resolve("SlideTiles");
        copy(Project.ROOT.resolve("example-workflows/SlideTiles"), workflow);
        final Path results = temp.resolve("slide results");
        final Project.Ended run = eclipse(
                home,
                "run",
                workflow.toString(),
                "--set",
                "phantom_slides=1",
                "--set",
                "1/width=1500",
                "--set",
                "1/height=1200",
                "--out",
                results.toString());
        assertEquals(0, run.code(), run.output());
        final List<String> report = Files.readAllLines(results.resolve("02 Tiler/Slide report.csv"));
        assertEquals(2, report.size(), report.toString());
        assertTrue(report.get(1).contains("Aperio SVS"), report.get(1));
        assertTrue(hasFiles(results.resolve("data/tiles")), "tiles are exported");
    }

    private static boolean hasFiles(final Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isPresent();
        }
    }

    private Project.Ended eclipse(final Path home, final String... arguments) throws Exception {
        final Path launcher = Project.one(home.resolve("plugins"), "org\\.eclipse\\.equinox\\.launcher_.*\\.jar");
        final List<String> command = new ArrayList<>(List.of(
                "-Djava.awt.headless=true",
                "-Duser.home=" + home,
                "-jar",
                launcher.toString(),
                "-nosplash",
                "-consoleLog",
                "-data",
                home.resolve("workspace").toString()));
        command.addAll(List.of(arguments));
        return Project.java(temp.resolve("log"), command.toArray(String[]::new));
    }

    private static void copy(final Path from, final Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (final Path file : (Iterable<Path>) files.filter(f -> !f.startsWith(from.resolve("data")))::iterator) {
                Files.copy(file, to.resolve(from.relativize(file).toString()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
