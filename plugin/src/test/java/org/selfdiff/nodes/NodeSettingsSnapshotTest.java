package org.selfdiff.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.knime.core.node.NodeFactory;
import org.selfdiff.headless.host.NodeHost;

/**
 * The settings that every node stores, key by key: a change here breaks workflows that users have saved. A deliberate
 * change is an addition that loads its default where it is absent; then the new snapshot in {@code target/snapshots} is
 * put into {@code src/test/resources/snapshots}.
 */
class NodeSettingsSnapshotTest {
    private static final Path SNAPSHOTS = Path.of("src/test/resources/snapshots");

    static Stream<NodeFactory<?>> factories() {
        return AllNodes.FACTORIES.stream().map(Supplier::get);
    }

    @ParameterizedTest
    @MethodSource("factories")
    void storedSettingsStayAsTheyAre(final NodeFactory<?> factory) throws Exception {
        final ByteArrayOutputStream xml = new ByteArrayOutputStream();
        NodeHost.create(factory, null).defaultSettings().saveToXML(xml);
        final String now =
                xml.toString(StandardCharsets.UTF_8).replace("\r\n", "\n").strip();
        final String file = factory.getClass().getSimpleName().replace("NodeFactory", "") + ".xml";
        final Path written =
                Files.createDirectories(Path.of("target/snapshots")).resolve(file);
        Files.writeString(written, now + "\n");
        final Path kept = SNAPSHOTS.resolve(file);
        assertTrue(Files.exists(kept), "no snapshot " + kept + "; the settings of now are in " + written);
        assertEquals(Files.readString(kept).replace("\r\n", "\n").strip(), now);
    }

    @ParameterizedTest
    @MethodSource("factories")
    void defaultsLoadAgainAndPassTheirOwnChecks(final NodeFactory<?> factory) throws Exception {
        final NodeHost node = NodeHost.create(factory, null);
        node.loadSettings(node.defaultSettings());
    }

    @ParameterizedTest
    @MethodSource("factories")
    void everyNodeIsRegisteredAndDescribed(final NodeFactory<?> factory) throws Exception {
        final String registered = Files.readString(Path.of("plugin.xml"));
        assertTrue(registered.contains("factory-class=\"" + factory.getClass().getName() + "\""));
        final NodeHost node = NodeHost.create(factory, null);
        assertTrue(node.description().length() > 300, "a description that explains: " + node.name());
    }

    @Test
    void namesDiffer() throws Exception {
        final Set<String> names = new HashSet<>();
        for (final NodeFactory<?> factory : factories().toList()) {
            assertTrue(names.add(NodeHost.create(factory, null).name()));
        }
        assertEquals(8, names.size());
    }
}
