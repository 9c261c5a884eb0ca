package org.knime.node;

import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;
import org.knime.core.node.port.PortType;
import org.knime.core.node.port.PortTypeRegistry;

/** Finds port types by the stored name of their class. */
final class KnownTypes {

    private KnownTypes() {}

    static Optional<PortType> find(String className, Collection<PortType> first) {
        Collection<PortType> all = PortTypeRegistry.getInstance().availablePortTypes();
        return Stream.concat(first.stream(), all.stream())
                .filter(type -> type.getPortObjectClass().getName().equals(className))
                .findFirst();
    }
}
