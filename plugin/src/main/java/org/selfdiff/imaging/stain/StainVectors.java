package org.selfdiff.imaging.stain;

import java.util.Arrays;
import java.util.Optional;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;

/**
 * Two stains as directions in optical density, and how much of each the slide has.
 *
 * @param method Macenko or Vahadane
 * @param white brightness of the glass in red, green, blue, 1 to 256
 * @param hematoxylin density in red, green, blue, of length 1
 * @param eosin likewise
 * @param most the 99th percentile of the amount of each stain over the tissue, by plain least squares, 0.01 to
 *     100
 */
public record StainVectors(StainMethod method, double[] white, double[] hematoxylin, double[] eosin, double[] most)
        implements StainFit {
    private static final double PERCENTILE = 0.99;

    /** Sine of the least angle between the stains, 1.5 degrees: less is one stain and its noise. */
    private static final double LEAST_SINE = 0.026;

    private static final double MOST_AMOUNT = 100;

    private static final double LEAST_AMOUNT = 0.01;

    /** Checks the ranges and rounds. */
    public StainVectors {
        if (method == StainMethod.REINHARD) {
            throw new IllegalArgumentException("Reinhard finds no stains");
        }
        white = Digits.range(white, 1, 256, "white");
        hematoxylin = Digits.range(hematoxylin, -1, 1, "hematoxylin");
        eosin = Digits.range(eosin, -1, 1, "eosin");
        if (most.length != 2 || !(areThere(most) && Math.max(most[0], most[1]) <= MOST_AMOUNT)) {
            throw new IllegalArgumentException("two amounts of 0.01 to 100: " + Arrays.toString(most));
        }
        most = Digits.round(most);
        for (final double[] stain : new double[][] {hematoxylin, eosin}) {
            if (Math.abs(Vectors.length(stain) - 1) > 1e-3) {
                throw new IllegalArgumentException("a stain of length 1, not " + Arrays.toString(stain));
            }
        }
        if (!(sine(hematoxylin, eosin) >= LEAST_SINE)) {
            throw new IllegalArgumentException("two different stains");
        }
    }

    static StainVectors of(final StainSample sample, final StainMethod method, final RunControl control)
            throws RunFailed, RunCancelled {
        final double[] densities = sample.densities();
        final Optional<double[][]> stains = method == StainMethod.MACENKO
                ? Macenko.stains(densities)
                : Vahadane.stains(densities, Vahadane.LAMBDA, control);
        if (stains.isEmpty() || !(sine(stains.get()[0], stains.get()[1]) > LEAST_SINE)) {
            throw new RunFailed(
                    "The stains cannot be found: all tissue of the slide has the same colour",
                    sample.name(),
                    "Leave the slide out, or normalise it by Reinhard's method.");
        }
        final double[] most = most(densities, stains.get());
        if (!areThere(most)) {
            throw new RunFailed(
                    "The stains cannot be found: one of them is hardly there",
                    sample.name(),
                    "Leave the slide out, or normalise it by Reinhard's method.");
        }
        return new StainVectors(method, sample.white(), stains.get()[0], stains.get()[1], most);
    }

    private static boolean areThere(final double[] most) {
        return most[0] >= LEAST_AMOUNT && most[1] >= LEAST_AMOUNT;
    }

    private static double sine(final double[] a, final double[] b) {
        return Vectors.length(Vectors.cross(a, b));
    }

    private static double[] most(final double[] densities, final double[][] stains) {
        final StainMix mix = StainMix.of(stains[0], stains[1]);
        final double[] most = new double[2];
        final double[] amounts = new double[densities.length / 3];
        for (int s = 0; s < 2; s++) {
            for (int i = 0; i < amounts.length; i++) {
                // the third stain stands at right angles to both, so that solving for three is least squares for two
                amounts[i] = densities[3 * i] * mix.unmixing(0, s)
                        + densities[3 * i + 1] * mix.unmixing(1, s)
                        + densities[3 * i + 2] * mix.unmixing(2, s);
            }
            Arrays.sort(amounts);
            most[s] = Math.min(MOST_AMOUNT, Quantiles.of(amounts, PERCENTILE));
        }
        return most;
    }

    /** The stains as a mix with a rest at right angles, for augmentation in the slide's own stains. */
    public StainMix mix() {
        return StainMix.of(hematoxylin, eosin);
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof StainVectors v && text().equals(v.text());
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
