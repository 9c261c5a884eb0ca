package org.selfdiff.headless.sample;

import java.util.function.Consumer;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettings;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOrRearrangerConsumer;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteConsumer;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.knime.node.RequirePorts.DynamicPortsAdder;
import org.knime.node.RequirePorts.PortsAdder;
import org.knime.node.parameters.NodeParameters;
import org.selfdiff.headless.host.NodeHost;

/** Makes small nodes for tests. */
public final class Samples {

    /** Any resource beside the factory will do as an icon. */
    public static final String ICON = "Samples.class";

    private Samples() {}

    /** A factory of the declaration. */
    public static final class Factory extends DefaultNodeFactory {
        public Factory(DefaultNode node) {
            super(node);
        }
    }

    /** A node that does nothing, with parameters. */
    public static DefaultNode idle(Class<? extends NodeParameters> parameters) {
        return idle(parameters, ICON, "<p>Does nothing.</p>");
    }

    public static DefaultNode idle(Class<? extends NodeParameters> parameters, String icon, String description) {
        return DefaultNode.create()
                .name("Idle")
                .icon(icon)
                .shortDescription("Does nothing")
                .fullDescription(description)
                .sinceVersion(1, 0, 0)
                .ports(p -> {})
                .model(m ->
                        m.parametersClass(parameters).configure((i, o) -> {}).execute((i, o) -> {}));
    }

    public static NodeHost host(DefaultNode node) throws InvalidSettingsException {
        return NodeHost.create(new Factory(node), null);
    }

    /** A node without parameters. */
    public static DefaultNode node(
            Consumer<PortsAdder> ports,
            ConfigureOrRearrangerConsumer<ConfigureInput, ConfigureOutput> configure,
            ExecuteConsumer execute) {
        return DefaultNode.create()
                .name("Sample")
                .icon(ICON)
                .shortDescription("A sample")
                .fullDescription("<p>A sample.</p>")
                .sinceVersion(1, 0, 0)
                .ports(ports)
                .model(m -> m.withoutParameters().configure(configure).execute(execute));
    }

    /** A node with groups of ports, to be made from stored groups. */
    public static NodeHost grouped(Consumer<DynamicPortsAdder> groups, NodeSettings config)
            throws InvalidSettingsException {
        DefaultNode node = DefaultNode.create()
                .name("Grouped")
                .icon(ICON)
                .shortDescription("A sample")
                .fullDescription("<p>A sample.</p>")
                .sinceVersion(1, 0, 0)
                .dynamicPorts(groups)
                .model(m -> m.withoutParameters().configure((i, o) -> {}).execute((i, o) -> {}));
        return NodeHost.create(new Factory(node), config);
    }
}
