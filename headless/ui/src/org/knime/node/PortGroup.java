package org.knime.node;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettingsRO;
import org.knime.core.node.port.PortType;
import org.knime.node.RequirePorts.ConfigurablePort;

/** A group of ports with its rules; collects its own declaration. */
final class PortGroup
        implements RequirePorts.RequireConfigurablePortMode,
                ConfigurablePort.OptionalConfigurablePort,
                ConfigurablePort.ExtendableConfigurablePort {

    /** What an input or output of the group is called. */
    record Caption(String name, String description) {
        Caption {
            requireText(name, "name of a port");
            requireText(description, "description of port \"" + name + "\"");
        }
    }

    final String id;
    final Caption input;
    final Caption output;
    final List<PortType> fixed = new ArrayList<>();
    final List<PortType> initial = new ArrayList<>();
    private Predicate<PortType> supported = type -> false;
    private int most;

    PortGroup(String id, Caption input, Caption output) {
        requireText(id, "id of a port group");
        this.id = id;
        this.input = input;
        this.output = output;
    }

    private static void requireText(String text, String what) {
        if (text == null || text.isBlank()) {
            throw new IllegalArgumentException("The " + what + " is missing.");
        }
    }

    boolean isDynamic() {
        return most > 0;
    }

    /** The types of the group's ports; no stored group means those of a fresh node. */
    List<PortType> types(NodeSettingsRO stored) throws InvalidSettingsException {
        List<PortType> types = new ArrayList<>(fixed);
        if (stored == null) {
            types.addAll(initial);
            return types;
        }
        for (int i = 0; stored.containsKey("port_" + i); i++) {
            types.add(read(stored.getNodeSettings("port_" + i).getString("object_class")));
        }
        if (types.size() - fixed.size() > most) {
            throw new InvalidSettingsException("Port group \"" + id + "\" has more ports than the node allows.");
        }
        return types;
    }

    private PortType read(String className) throws InvalidSettingsException {
        return KnownTypes.find(className, known)
                .filter(supported)
                .orElseThrow(() -> new InvalidSettingsException(
                        "Port group \"" + id + "\" does not take ports of " + className + "."));
    }

    private final List<PortType> known = new ArrayList<>();

    @Override
    public FinalConfigurablePort fixed(PortType type) {
        fixed.add(Objects.requireNonNull(type, "type of port group " + id));
        return new FinalConfigurablePort();
    }

    @Override
    public RequirePorts.RequireSupportedTypes<OptionalConfigurablePort> optional() {
        most = 1;
        return new Supported<>(self -> self);
    }

    @Override
    public RequirePorts.RequireSupportedTypes<ExtendableConfigurablePort> extendable() {
        most = Integer.MAX_VALUE;
        return new Supported<>(self -> self);
    }

    @Override
    public FinalConfigurablePort defaultPortType(PortType type) {
        checkSupported(type);
        initial.add(type);
        return new FinalConfigurablePort();
    }

    @Override
    public ExtendableConfigurablePort fixedTypes(PortType... types) {
        fixed.addAll(Arrays.asList(types));
        return this;
    }

    @Override
    public ExtendableConfigurablePort defaultNonFixedTypes(PortType... types) {
        Arrays.stream(types).forEach(this::checkSupported);
        initial.addAll(Arrays.asList(types));
        return this;
    }

    private void checkSupported(PortType type) {
        if (!supported.test(type)) {
            throw new IllegalArgumentException("Port group \"" + id + "\" does not support " + type + ".");
        }
    }

    /** Takes the supported types, then goes on with the group. */
    private final class Supported<T> implements RequirePorts.RequireSupportedTypes<T> {

        private final Function<PortGroup, T> next;

        Supported(Function<PortGroup, T> next) {
            this.next = next;
        }

        @Override
        public T supportedTypes(PortType... types) {
            known.addAll(Arrays.asList(types));
            return supportedTypes(known::contains);
        }

        @Override
        public T supportedTypes(Predicate<PortType> types) {
            supported = types;
            return next.apply(PortGroup.this);
        }
    }
}
