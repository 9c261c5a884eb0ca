package org.selfdiff.nn;

import java.util.List;

/**
 * One trained tensor of a network.
 *
 * @param name stable dotted name, for instance {@code down.0.block1.conv1.weight}
 * @param shape its sizes
 * @param initial what it holds before training
 */
public record Parameter(String name, List<Long> shape, Initial initial) {

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
