package org.knime.node;

import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.port.PortType;
import org.knime.node.DefaultNode.RequireModel;

/** The step of a node's declaration that names its ports. */
public interface RequirePorts {

    /** Declares ports that are always there; the name of a port is the id of its group. */
    default RequireModel ports(Consumer<PortsAdder> ports) {
        return dynamicPorts(groups -> ports.accept(new PortsAdder() {
            @Override
            public PortsAdder addInputPort(String name, String description, PortType type) {
                groups.addInputPortGroup(
                        name, g -> g.name(name).description(description).fixed(type));
                return this;
            }

            @Override
            public PortsAdder addOutputPort(String name, String description, PortType type) {
                groups.addOutputPortGroup(
                        name, g -> g.name(name).description(description).fixed(type));
                return this;
            }
        }));
    }

    /** Declares groups of ports, some of which the user may add or remove. */
    RequireModel dynamicPorts(Consumer<DynamicPortsAdder> ports);

    /** Adds ports that are always there. */
    interface PortsAdder {

        PortsAdder addInputPort(String name, String description, PortType type);

        PortsAdder addOutputPort(String name, String description, PortType type);

        default PortsAdder addInputTable(String name, String description) {
            return addInputPort(name, description, BufferedDataTable.TYPE);
        }

        default PortsAdder addOutputTable(String name, String description) {
            return addOutputPort(name, description, BufferedDataTable.TYPE);
        }
    }

    /** Adds groups of ports. */
    interface DynamicPortsAdder {

        DynamicPortsAdder addInputPortGroup(String groupId, Function<RequirePortName, ConfigurablePort> group);

        DynamicPortsAdder addOutputPortGroup(String groupId, Function<RequirePortName, ConfigurablePort> group);

        DynamicPortsAdder addInputAndOutputPortGroup(
                String groupId, Function<RequireInputPortName, ConfigurablePort> group);
    }

    /** Asks for the name of a group. */
    interface RequirePortName {
        RequirePortDescription name(String name);
    }

    /** Asks for the description of a group. */
    interface RequirePortDescription {
        RequireConfigurablePortMode description(String description);
    }

    /** Asks for the name of a group's inputs. */
    interface RequireInputPortName {
        RequireInputPortDescription inputName(String name);
    }

    /** Asks for the description of a group's inputs. */
    interface RequireInputPortDescription {
        RequireOutputPortName inputDescription(String description);
    }

    /** Asks for the name of a group's outputs. */
    interface RequireOutputPortName {
        RequireOutputPortDescription outputName(String name);
    }

    /** Asks for the description of a group's outputs. */
    interface RequireOutputPortDescription {
        RequireConfigurablePortMode outputDescription(String description);
    }

    /** Asks how many ports a group has. */
    interface RequireConfigurablePortMode {

        /** One port, always. */
        ConfigurablePort.FinalConfigurablePort fixed(PortType type);

        /** One port or none. */
        RequireSupportedTypes<ConfigurablePort.OptionalConfigurablePort> optional();

        /** Any number of ports. */
        RequireSupportedTypes<ConfigurablePort.ExtendableConfigurablePort> extendable();
    }

    /**
     * Asks for the types of ports that a group takes.
     *
     * @param <T> the next step
     */
    interface RequireSupportedTypes<T> {

        T supportedTypes(PortType... types);

        T supportedTypes(Predicate<PortType> types);
    }

    /** The last step of a group's declaration. */
    sealed interface ConfigurablePort
            permits ConfigurablePort.FinalConfigurablePort,
                    ConfigurablePort.OptionalConfigurablePort,
                    ConfigurablePort.ExtendableConfigurablePort {

        /** Nothing more to say. */
        final class FinalConfigurablePort implements ConfigurablePort {}

        /** An optional port. */
        non-sealed interface OptionalConfigurablePort extends ConfigurablePort {

            /** The port is there in a fresh node. */
            FinalConfigurablePort defaultPortType(PortType type);
        }

        /** Any number of ports. */
        non-sealed interface ExtendableConfigurablePort extends ConfigurablePort {

            /** Ports that the user cannot remove. */
            ExtendableConfigurablePort fixedTypes(PortType... types);

            /** Ports that are there in a fresh node. */
            ExtendableConfigurablePort defaultNonFixedTypes(PortType... types);
        }
    }
}
