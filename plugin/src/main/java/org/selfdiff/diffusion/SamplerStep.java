package org.selfdiff.diffusion;

import java.util.ArrayList;
import java.util.List;

/**
 * One step of a sampler. The network's output means a clean picture {@code C_i = cleanOfX x + cleanOfOutput out}, cut to
 * the value range where that is wanted ({@link Clipping}), and the next picture is
 *
 * <pre>{@code keep x + ofOutput out + sum_k toward[k] C_(i-k) + sigma z}</pre>
 *
 * with z standard normal and {@code C_(i-1), C_(i-2)} the clean pictures of the steps before.
 *
 * @param from noise in the picture that the network sees
 * @param cleanOfX factor of the noisy picture in the clean one
 * @param cleanOfOutput factor of the network's output in the clean one
 * @param keep factor of the noisy picture in the next
 * @param ofOutput factor of the network's output in the next, 0 in most samplers
 * @param toward factors of the clean pictures in the next: this step's, and up to two earlier ones'
 * @param sigma standard deviation of fresh noise; with a learned variance, that for an output of -1
 * @param spread natural logarithm of sigma for an output of 1 over that for -1; 0 where the variance is not learned
 */
public record SamplerStep(
        NoiseLevel from,
        double cleanOfX,
        double cleanOfOutput,
        double keep,
        double ofOutput,
        List<Double> toward,
        double sigma,
        double spread) {

    /** Largest number of clean pictures that a step may look at. */
    public static final int MOST = 3;

    /** Copies the list and checks its size. */
    public SamplerStep {
        toward = List.copyOf(toward);
        if (toward.isEmpty() || toward.size() > MOST) {
            throw new IllegalArgumentException("factors of 1 to " + MOST + " clean pictures, not " + toward.size());
        }
    }

    /** A step that goes by clean pictures alone. */
    static SamplerStep of(
            final Objective objective,
            final NoiseLevel from,
            final double keep,
            final double sigma,
            final double... toward) {
        final double[] clean = objective.toClean(from.signal(), from.noise());
        final List<Double> factors = new ArrayList<>();
        for (final double factor : toward) {
            factors.add(factor);
        }
        return new SamplerStep(from, clean[0], clean[1], keep, 0, factors, sigma, 0);
    }

    /** The step with a learned variance. */
    SamplerStep withSpread(final double logarithm) {
        return new SamplerStep(from, cleanOfX, cleanOfOutput, keep, ofOutput, toward, sigma, logarithm);
    }

    /** Time-step that the network is told. */
    public double time() {
        return from.time();
    }

    /** The clean picture that an output means, on plain numbers and uncut. */
    public double clean(final double x, final double out) {
        return cleanOfX * x + cleanOfOutput * out;
    }

    /**
     * The next picture on plain numbers.
     *
     * @param clean this step's clean picture, then those of the steps before, at least as many as {@link #toward}
     */
    public double next(final double x, final double out, final double z, final double... clean) {
        double next = keep * x + ofOutput * out + sigma * z;
        for (int k = 0; k < toward.size(); k++) {
            next += toward.get(k) * clean[k];
        }
        return next;
    }

    /** The numbers as {@link SampleScript} reads them. */
    public float[] numbers() {
        final float[] numbers = new float[StepNumber.values().length];
        for (final StepNumber number : StepNumber.values()) {
            numbers[number.ordinal()] = (float) number.of(this);
        }
        return numbers;
    }
}
