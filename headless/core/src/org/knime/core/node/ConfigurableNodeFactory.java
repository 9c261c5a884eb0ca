package org.knime.core.node;

/**
 * A factory of nodes with ports that the user may add.
 *
 * @param <T> class of the model
 */
public abstract class ConfigurableNodeFactory<T extends NodeModel> extends NodeFactory<T> {

    protected ConfigurableNodeFactory() {}

    protected ConfigurableNodeFactory(boolean lazy) {
        super(lazy);
    }
}
