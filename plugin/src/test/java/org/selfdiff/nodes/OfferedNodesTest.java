package org.selfdiff.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.selfdiff.headless.host.NodeHost;

/** What says which nodes there are says the same as {@code plugin.xml}. */
class OfferedNodesTest {
    private static final Path RESOURCES = Path.of("src/main/resources");

    private static String folder(final String factory) {
        return factory.substring(0, factory.lastIndexOf('.')).replace('.', '/');
    }

    @Test
    void everyNodeStandsInTheCategoryOfItsTheme() {
        for (final AllNodes.Offered node : AllNodes.offered()) {
            final String theme = node.factory().split("[.]")[3];
            assertEquals("/community/selfdiff/" + theme, node.category(), node.factory());
        }
    }

    @Test
    void everyFactoryIsOffered() throws Exception {
        final Path sources = Path.of("src/main/java");
        try (Stream<Path> files = Files.walk(sources.resolve("org/selfdiff/nodes"))) {
            final List<String> written = files.map(
                            file -> sources.relativize(file).toString())
                    .filter(file -> file.endsWith("NodeFactory.java"))
                    .map(file -> file.replace(".java", "").replace('/', '.').replace('\\', '.'))
                    .sorted()
                    .toList();
            assertEquals(
                    written,
                    AllNodes.offered().stream()
                            .map(AllNodes.Offered::factory)
                            .sorted()
                            .toList());
        }
    }

    /** The table of nodes in the README: icon and name of every node, in the order of {@code plugin.xml}. */
    @Test
    void theReadmeNamesEveryNode() throws Exception {
        final Pattern row =
                Pattern.compile("(?m)^\\| !\\[]\\(plugin/(\\S+)/icon\\.png\\) \\| ([^|]+) \\| [^|]{20,} \\|$");
        final List<String> told = row.matcher(Files.readString(Path.of("../README.md")))
                .results()
                .map((MatchResult line) -> line.group(2) + " " + line.group(1))
                .toList();
        final StringBuilder there = new StringBuilder();
        for (final AllNodes.Offered node : AllNodes.offered()) {
            final Path icon = RESOURCES.resolve(folder(node.factory()));
            assertTrue(Files.exists(icon.resolve("icon.png")), icon + "/icon.png is missing");
            there.append(NodeHost.create(AllNodes.create(node.factory()), null).name())
                    .append(' ')
                    .append(icon.toString().replace('\\', '/'))
                    .append('\n');
        }
        assertEquals(there.toString(), String.join("\n", told) + "\n");
    }

    @Test
    void everySnapshotBelongsToANode() throws Exception {
        final TreeSet<String> names = new TreeSet<>();
        AllNodes.offered()
                .forEach(node -> names.add(node.factory()
                        .substring(node.factory().lastIndexOf('.') + 1)
                        .replace("NodeFactory", ".xml")));
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/snapshots"))) {
            files.map(file -> file.getFileName().toString())
                    .forEach(file -> assertTrue(names.contains(file), file + " is the snapshot of no node"));
        }
    }
}
