package org.selfdiff.stages.diffusion;

/**
 * A line of the table of scores.
 *
 * @param pictures which: {@link #ALL}, or a class
 * @param name of the score, with the encoder where the encoder decides what it means
 * @param value {@code NaN} where undefined
 * @param deviation over subsets, {@code NaN} for others
 * @param first pictures of the first set that it was computed from
 * @param second pictures of the second set
 * @param note what must be known to read it; may be empty
 */
public record DistributionScore(
        String pictures, String name, double value, double deviation, int first, int second, String note) {
    /** For scores of all pictures. */
    public static final String ALL = "all pictures";
}
