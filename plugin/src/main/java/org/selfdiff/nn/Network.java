package org.selfdiff.nn;

import java.util.List;

/**
 * A network: a set of named functions over the same parameters. An autoencoder has two, a vision transformer gives
 * tokens and attention, a conditioned U-Net takes a context.
 */
public interface Network {

    /**
     * What it computes. Parameters stand in the order of their first use, function by function.
     *
     * @return at least one function; names are unique
     */
    List<NetworkFunction> functions();

    /** The function of a name. */
    default NetworkFunction function(final String name) {
        return functions().stream()
                .filter(f -> f.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no function is called " + name));
    }

    /** The parameters of all functions in order. */
    default List<Parameter> parameters() {
        final ShapeOps ops = new ShapeOps();
        functions().forEach(function -> ops.trace(function));
        return ops.parameters();
    }
}
