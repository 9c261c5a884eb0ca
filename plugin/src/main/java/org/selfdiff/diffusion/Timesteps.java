package org.selfdiff.diffusion;

import java.util.ArrayList;
import java.util.List;

/** The time-steps that DDPM and DDIM visit, and the one that each step aims at. */
public sealed interface Timesteps {

    /**
     * One step.
     *
     * @param from time-step of the noisy picture
     * @param to time-step of the next, below 0 for the clean picture
     */
    record Move(int from, int to) {}

    /**
     * The steps, noisiest first.
     *
     * @param steps time-steps of the training
     */
    List<Move> moves(int steps);

    /** Every time-step once. */
    record All() implements Timesteps {
        @Override
        public List<Move> moves(final int steps) {
            final List<Move> moves = new ArrayList<>();
            for (int t = steps - 1; t >= 0; t--) {
                moves.add(new Move(t, t - 1));
            }
            return moves;
        }
    }

    /**
     * A number of them.
     *
     * @param spacing where they lie
     * @param count how many, at least 1; no more than the training has are taken
     * @param offset {@code steps_offset}, 0 or more
     * @param fixedStride each step aims {@code steps / count} below, wherever the next visit lies (as diffusers does);
     *     otherwise at the next visit
     */
    record Spaced(TimestepSpacing spacing, int count, int offset, boolean fixedStride) implements Timesteps {
        /** Checks the numbers. */
        public Spaced {
            if (count < 1 || offset < 0) {
                throw new IllegalArgumentException("steps must be 1 or more, not " + count + ", offset " + offset);
            }
        }

        @Override
        public List<Move> moves(final int steps) {
            final int n = Math.min(count, steps);
            final double[] places = spacing.places(n, steps, offset);
            final List<Move> moves = new ArrayList<>();
            for (int i = 0; i < n; i++) {
                final int from = (int) Math.rint(places[i]);
                final int next = i + 1 < n ? (int) Math.rint(places[i + 1]) : -1;
                moves.add(new Move(within(from, steps), fixedStride ? from - steps / n : next));
            }
            return moves;
        }
    }

    /**
     * Those of a list.
     *
     * @param list falling, at least one
     */
    record Listed(List<Integer> list) implements Timesteps {
        /** Copies and checks the list. */
        public Listed {
            list = List.copyOf(list);
            for (int i = 0; i < list.size(); i++) {
                if (list.get(i) < 0 || i > 0 && list.get(i) >= list.get(i - 1)) {
                    throw new IllegalArgumentException("time-steps must fall and not be below 0: " + list);
                }
            }
        }

        @Override
        public List<Move> moves(final int steps) {
            final List<Move> moves = new ArrayList<>();
            for (int i = 0; i < list.size(); i++) {
                moves.add(new Move(within(list.get(i), steps), i + 1 < list.size() ? list.get(i + 1) : -1));
            }
            return moves;
        }
    }

    private static int within(final int t, final int steps) {
        if (t >= steps) {
            throw new IllegalArgumentException("time-step " + t + " of a training with " + steps);
        }
        return t;
    }
}
