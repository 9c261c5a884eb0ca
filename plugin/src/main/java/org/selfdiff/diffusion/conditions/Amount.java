package org.selfdiff.diffusion.conditions;

import java.util.Arrays;
import org.selfdiff.tensors.Philox;

/** How many conditions are made, and in which order. */
public sealed interface Amount {

    /**
     * Number of conditions.
     *
     * @param groups of the maker
     */
    long count(int groups);

    /** Group and number within the group of each condition, made by {@code groups} groups. */
    Places places(int groups, long seed);

    /** Group and number within it of a condition. */
    interface Places {
        /** Group of condition i. */
        int group(int i);

        /** Number of condition i within its group. */
        int copy(int i);
    }

    /**
     * As many for each group (source row or label), one group after the other.
     *
     * @param copies 1 or more
     */
    record Each(int copies) implements Amount {
        @Override
        public long count(final int groups) {
            return (long) copies * groups;
        }

        @Override
        public Places places(final int groups, final long seed) {
            return new Places() {
                @Override
                public int group(final int i) {
                    return i / copies;
                }

                @Override
                public int copy(final int i) {
                    return i % copies;
                }
            };
        }
    }

    /**
     * A number in all, taken from groups in random order, every group once before any twice.
     *
     * @param number 1 or more
     */
    record Total(int number) implements Amount {
        @Override
        public long count(final int groups) {
            return number;
        }

        @Override
        public Places places(final int groups, final long seed) {
            final int[] order = order(groups, seed);
            return new Places() {
                @Override
                public int group(final int i) {
                    return order[i % groups];
                }

                @Override
                public int copy(final int i) {
                    return i / groups;
                }
            };
        }

        /** Fisher and Yates. */
        private static int[] order(final int groups, final long seed) {
            final int[] order = new int[groups];
            Arrays.setAll(order, i -> i);
            for (int i = groups - 1; i > 0; i--) {
                final int j = Philox.below(seed, -1, i, i + 1);
                final int kept = order[i];
                order[i] = order[j];
                order[j] = kept;
            }
            return order;
        }
    }
}
