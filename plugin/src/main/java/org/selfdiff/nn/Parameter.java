package org.selfdiff.nn;

import java.util.List;

/**
 * One tensor that belongs to a network.
 *
 * @param name stable dotted name, for instance {@code down.0.block1.conv1.weight}
 * @param shape its sizes
 * @param initial what it holds before training
 * @param role what training may do with it
 */
public record Parameter(String name, List<Long> shape, Initial initial, Role role) {

    /** What training may do with a parameter. */
    public enum Role {
        /** Trained, unless a training freezes it. */
        TRAINED,
        /** Never trained: statistics of batch normalisation, tables of positions that were computed. */
        BUFFER
    }

    /** Copies the shape. */
    public Parameter {
        shape = List.copyOf(shape);
    }

    /** Number of values. */
    public long count() {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }

    /** The sizes as an array. */
    public long[] dimensions() {
        return shape.stream().mapToLong(Long::longValue).toArray();
    }
}
