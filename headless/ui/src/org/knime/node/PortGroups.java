package org.knime.node;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettingsRO;
import org.knime.core.node.port.PortType;
import org.knime.node.RequirePorts.ConfigurablePort;
import org.knime.node.RequirePorts.DynamicPortsAdder;
import org.knime.node.RequirePorts.RequireInputPortName;
import org.knime.node.RequirePorts.RequirePortName;

/** All groups of a node in the order of declaration. */
final class PortGroups implements DynamicPortsAdder {

    /** The ports of one node instance: types and names, one by one. */
    record Ports(List<PortType> inputs, List<String> inputNames, List<PortType> outputs, List<String> outputNames) {}

    final List<PortGroup> groups = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();

    @Override
    public DynamicPortsAdder addInputPortGroup(String id, Function<RequirePortName, ConfigurablePort> group) {
        reserve(id, "in");
        group.apply(name -> text -> add(new PortGroup(id, new PortGroup.Caption(name, text), null)));
        return this;
    }

    @Override
    public DynamicPortsAdder addOutputPortGroup(String id, Function<RequirePortName, ConfigurablePort> group) {
        reserve(id, "out");
        group.apply(name -> text -> add(new PortGroup(id, null, new PortGroup.Caption(name, text))));
        return this;
    }

    @Override
    public DynamicPortsAdder addInputAndOutputPortGroup(
            String id, Function<RequireInputPortName, ConfigurablePort> group) {
        reserve(id, "in");
        group.apply(in -> inText -> out -> outText ->
                add(new PortGroup(id, new PortGroup.Caption(in, inText), new PortGroup.Caption(out, outText))));
        return this;
    }

    private void reserve(String id, String direction) {
        if (!ids.add(id)) {
            throw new IllegalArgumentException("There are two port groups with the id \"" + id + "\".");
        }
    }

    private PortGroup add(PortGroup group) {
        groups.add(group);
        return group;
    }

    /** The ports of a node whose stored {@code node_creation_config} is given ({@code null}: a fresh node). */
    Ports instantiate(NodeSettingsRO config) throws InvalidSettingsException {
        Ports ports = new Ports(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        if (config != null) {
            for (String key : config) {
                if (!ids.contains(key)) {
                    throw new InvalidSettingsException("The node has no port group \"" + key + "\".");
                }
            }
        }
        for (PortGroup group : groups) {
            boolean stored = config != null && config.containsKey(group.id);
            for (PortType type : group.types(stored ? config.getNodeSettings(group.id) : null)) {
                if (group.input != null) {
                    ports.inputs.add(type);
                    ports.inputNames.add(group.input.name());
                }
                if (group.output != null) {
                    ports.outputs.add(type);
                    ports.outputNames.add(group.output.name());
                }
            }
        }
        return ports;
    }
}
