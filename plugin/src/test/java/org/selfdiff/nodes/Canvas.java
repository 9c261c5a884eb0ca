package org.selfdiff.nodes;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeFactory;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.selfdiff.headless.host.HostContext;
import org.selfdiff.headless.host.NodeHost;

/** Puts nodes on an imaginary canvas, configures them against what is connected, and executes them. */
final class Canvas {
    private final Path folder;

    private int nodes;

    Canvas(final Path folder) {
        this.folder = folder;
    }

    /** A node with settings changed by path, such as {@code training/steps}, and ports added by group. */
    NodeHost node(final NodeFactory<?> factory, final Map<String, Object> settings, final NodeSettings ports)
            throws InvalidSettingsException {
        final NodeHost host = NodeHost.create(factory, ports);
        host.setWorkflowDir(folder);
        final NodeSettings model = host.defaultSettings();
        for (final Map.Entry<String, Object> change : settings.entrySet()) {
            put(model, change.getKey(), change.getValue());
        }
        host.loadSettings(model);
        return host;
    }

    PortObject[] run(final NodeFactory<?> factory, final Map<String, Object> settings, final PortObject... in)
            throws Exception {
        return run(node(factory, settings, null), () -> false, in);
    }

    PortObject[] run(final NodeHost host, final BooleanSupplier cancelled, final PortObject... in) throws Exception {
        final PortObject[] all = Arrays.copyOf(in, host.inPorts().length); // what is missing stays open
        host.configure(
                Arrays.stream(all).map(o -> o == null ? null : o.getSpec()).toArray(PortObjectSpec[]::new));
        final Path stores = folder.resolve("stores-" + nodes++);
        return host.execute(all, new HostContext(folder, stores, (fraction, message) -> {}, cancelled));
    }

    /** Ports of the optional group, as a workflow stores them. */
    static NodeSettings ports(final String group, final Class<?>... types) {
        final NodeSettings config = new NodeSettings("node_creation_config");
        final var settings = config.addNodeSettings(group);
        for (int i = 0; i < types.length; i++) {
            settings.addNodeSettings("port_" + i).addString("object_class", types[i].getName());
        }
        return config;
    }

    private static void put(final NodeSettings settings, final String path, final Object value)
            throws InvalidSettingsException {
        final int slash = path.indexOf('/');
        if (slash >= 0) {
            put(settings.getNodeSettings(path.substring(0, slash)), path.substring(slash + 1), value);
        } else if (!settings.containsKey(path)) {
            throw new IllegalArgumentException("there is no setting " + path);
        } else if (value instanceof Integer number) {
            settings.addInt(path, number);
        } else if (value instanceof Long number) {
            settings.addLong(path, number);
        } else if (value instanceof Double number) {
            settings.addDouble(path, number);
        } else if (value instanceof Boolean flag) {
            settings.addBoolean(path, flag);
        } else {
            settings.addString(path, value.toString());
        }
    }
}
