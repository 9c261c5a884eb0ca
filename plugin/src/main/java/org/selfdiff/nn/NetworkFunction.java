package org.selfdiff.nn;

import java.util.List;

/** One way through a network, written once against the neutral operators. */
public interface NetworkFunction {

    /** Its name, an identifier, for instance {@code predict}, {@code encode}, {@code tokens}. */
    String name();

    /** What goes in, in order. */
    List<Input> inputs();

    /**
     * Describes the computation.
     *
     * @param inputs as {@link #inputs()} lists them
     * @return what comes out, in order; at least one
     */
    <T> List<T> apply(Ops<T> ops, List<T> inputs);

    /**
     * A tensor that goes in.
     *
     * @param name an identifier
     * @param exact whether it is left as it is where the network computes in 16 bits: time-steps, positions, indices
     * @param example sizes that suit the network; the parameters do not depend on which
     */
    record Input(String name, boolean exact, List<Long> example) {

        /** Copies the sizes. */
        public Input {
            example = List.copyOf(example);
        }

        /** Numbers in the network's number type. */
        public static Input of(final String name, final long... example) {
            return new Input(
                    name, false, java.util.Arrays.stream(example).boxed().toList());
        }

        /** Numbers that are never rounded. */
        public static Input exact(final String name, final long... example) {
            return new Input(
                    name, true, java.util.Arrays.stream(example).boxed().toList());
        }

        long[] sizes() {
            return example.stream().mapToLong(Long::longValue).toArray();
        }
    }
}
