package org.knime.node;

import java.util.Objects;
import org.knime.node.parameters.NodeParameters;

/** A computation by two functions; the parameters class is {@code null} for a node without parameters. */
final class DeclaredModel extends DefaultModel {

    final Class<? extends NodeParameters> parameters;
    final ConfigureOrRearrangerConsumer<ConfigureInput, ConfigureOutput> configure;
    final ExecuteConsumer execute;

    DeclaredModel(
            Class<? extends NodeParameters> parameters,
            ConfigureOrRearrangerConsumer<ConfigureInput, ConfigureOutput> configure,
            ExecuteConsumer execute) {
        this.parameters = parameters;
        this.configure = Objects.requireNonNull(configure, "configure");
        this.execute = Objects.requireNonNull(execute, "execute");
    }
}
