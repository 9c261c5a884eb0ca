package org.selfdiff.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.node.NodeFactory;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.NodeSettingsRO;
import org.knime.core.node.port.PortObjectSpec;
import org.selfdiff.headless.host.NodeHost;

/** Workflows that were saved when nodes had no themes. */
class MovedNodesTest {
    private static final Path WORKFLOWS = Path.of("src/test/resources/workflows/before-themes");

    private final MovedNodes moved = new MovedNodes();

    @TempDir
    Path folder;

    private static NodeSettings read(final Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return (NodeSettings) NodeSettings.loadFromXML(in);
        }
    }

    /** Opens a workflow and configures its nodes in the order of their numbers, which its connections follow. */
    private int configure(final String name) throws Exception {
        final Path place = WORKFLOWS.resolve(name);
        final NodeSettings workflow = read(place.resolve("workflow.knime"));
        final Map<Integer, NodeSettingsRO> nodes = new TreeMap<>();
        for (final String key : workflow.getNodeSettings("nodes")) {
            final NodeSettingsRO node = workflow.getNodeSettings("nodes").getNodeSettings(key);
            nodes.put(node.getInt("id"), node);
        }
        final NodeSettings connections = workflow.getNodeSettings("connections");
        final Map<Integer, PortObjectSpec[]> made = new HashMap<>();
        for (final Map.Entry<Integer, NodeSettingsRO> node : nodes.entrySet()) {
            final NodeSettings stored = read(place.resolve(node.getValue().getString("node_settings_file")));
            final NodeFactory<?> factory = moved.mapFactoryClassName(stored.getString("factory"));
            assertNotNull(factory, stored.getString("factory"));
            final NodeHost host = NodeHost.create(
                    factory,
                    stored.containsKey("node_creation_config") ? stored.getNodeSettings("node_creation_config") : null);
            assertEquals(stored.getString("node-name"), host.name());
            host.setWorkflowDir(folder);
            host.loadSettings(stored.getNodeSettings("model"));
            final PortObjectSpec[] in = new PortObjectSpec[host.inPorts().length];
            for (final String key : connections) {
                final NodeSettingsRO connection = connections.getNodeSettings(key);
                if (connection.getInt("destID") == node.getKey()) {
                    in[connection.getInt("destPort") - 1] =
                            made.get(connection.getInt("sourceID"))[connection.getInt("sourcePort") - 1];
                }
            }
            made.put(node.getKey(), host.configure(in));
            assertTrue(Arrays.stream(made.get(node.getKey())).allMatch(spec -> spec != null), host.name());
        }
        return nodes.size();
    }

    @Test
    void savedWorkflowsOpenAndAreConfigured() throws Exception {
        assertEquals(4, configure("SlideTiles"));
        assertEquals(10, configure("NucleiSegmentation"));
    }

    @Test
    void everyMovedNodeIsOneOfTheNodesOfToday() {
        assertEquals(10, moved.getMap().size());
        moved.getMap().forEach((then, now) -> {
            assertEquals(
                    then.substring(then.lastIndexOf('.') + 1), now.getSimpleName(), "the node has moved, not changed");
            assertTrue(AllNodes.FACTORIES.stream()
                    .anyMatch(factory -> factory.get().getClass().equals(now)));
        });
        assertNull(moved.mapFactoryClassName("org.elsewhere.nodes.tiler.TilerNodeFactory"));
    }
}
