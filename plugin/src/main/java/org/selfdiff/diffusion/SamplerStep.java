package org.selfdiff.diffusion;

/**
 * One step of a sampler as five numbers: the clean picture that the network sees is {@code c = cleanOfX x + cleanOfOut
 * out}, cut to the value range where that is wanted, and the next picture {@code keep x + toward c + sigma z}, with z
 * standard normal.
 *
 * @param t time-step given to the network
 * @param cleanOfX factor of the noisy picture in the clean one
 * @param cleanOfOut factor of the network's output in the clean one
 * @param keep factor of the noisy picture in the next
 * @param toward factor of the clean picture in the next
 * @param sigma standard deviation of fresh noise
 */
public record SamplerStep(int t, double cleanOfX, double cleanOfOut, double keep, double toward, double sigma) {

    /** The step from a time-step to an earlier one, with everything but the fresh noise set by its deviation. */
    static SamplerStep between(final DiffusionProcess process, final int t, final int previous, final double sigma) {
        final double a = Math.sqrt(process.schedule().signalShare(t));
        final double b = Math.sqrt(1 - process.schedule().signalShare(t));
        final double before = process.schedule().signalShare(previous);
        final double[] clean = process.objective().toClean(a, b);
        final double direction = Math.sqrt(Math.max(0, 1 - before - sigma * sigma));
        // eps is (x - a c) / b; written in x and c, the step holds for a clean picture that was cut, too
        return new SamplerStep(t, clean[0], clean[1], direction / b, Math.sqrt(before) - direction * a / b, sigma);
    }

    /** The step on plain numbers, without cutting. */
    public double apply(final double x, final double out, final double z) {
        return keep * x + toward * (cleanOfX * x + cleanOfOut * out) + sigma * z;
    }

    /** The numbers as the script of {@link Sampling} reads them. */
    float[] row(final double limit) {
        return new float[] {
            t, (float) cleanOfX, (float) cleanOfOut, (float) keep, (float) toward, (float) sigma, (float) limit
        };
    }
}
