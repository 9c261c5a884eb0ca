package org.selfdiff.imaging.stain;

import java.util.Arrays;
import org.selfdiff.run.RunFailed;

/**
 * Mean and standard deviation of the tissue's colours in {@link Ruderman}'s l-alpha-beta, as in Reinhard et al. 2001,
 * "Color transfer between images".
 *
 * @param white brightness of the glass in red, green, blue, 1 to 256
 * @param mean of l, alpha and beta, -20 to 20
 * @param deviation of l, alpha and beta, more than 0 to 20
 */
public record ColourStatistics(double[] white, double[] mean, double[] deviation) implements StainFit {
    private static final double MOST = 20;

    /** Checks the ranges and rounds. */
    public ColourStatistics {
        white = Digits.range(white, 1, 256, "white");
        mean = Digits.range(mean, -MOST, MOST, "mean");
        deviation = Digits.range(deviation, Digits.LEAST, MOST, "deviation");
    }

    static ColourStatistics of(final StainSample sample) throws RunFailed {
        final int n = sample.colours().length;
        final double[] sum = new double[3];
        final double[] squares = new double[3];
        final double[] lab = new double[3];
        final double[] middle = Ruderman.of(sample.colours()[0]);
        for (final int colour : sample.colours()) {
            Ruderman.of(colour, lab);
            for (int c = 0; c < 3; c++) {
                // about one of the colours, so that the difference of the sums keeps its digits
                final double d = lab[c] - middle[c];
                sum[c] += d;
                squares[c] += d * d;
            }
        }
        final double[] mean = new double[3];
        final double[] deviation = new double[3];
        for (int c = 0; c < 3; c++) {
            mean[c] = middle[c] + sum[c] / n;
            deviation[c] = Math.sqrt(Math.max(0, squares[c] / n - sum[c] / n * (sum[c] / n)));
            if (!(deviation[c] >= 10 * Digits.LEAST)) {
                throw new RunFailed(
                        "The colours cannot be compared: all tissue of the slide has the same colour",
                        sample.name(),
                        "Leave the slide out, or turn stain normalisation off for it.");
            }
        }
        return new ColourStatistics(sample.white(), mean, deviation);
    }

    @Override
    public StainMethod method() {
        return StainMethod.REINHARD;
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof ColourStatistics s
                && Arrays.equals(white, s.white)
                && Arrays.equals(mean, s.mean)
                && Arrays.equals(deviation, s.deviation);
    }

    @Override
    public int hashCode() {
        return text().hashCode();
    }

    @Override
    public String toString() {
        return text();
    }
}
