package org.selfdiff.diffusion;

/**
 * The numbers of one training batch, one per picture: the noisy picture is {@code a x_0 + b eps}, the target
 * {@code p x_0 + q eps}, and its mean squared error counts {@code w}.
 *
 * @param t time-steps
 * @param a amplitude of the signal
 * @param b amplitude of the noise
 * @param p factor of the clean picture in the target
 * @param q factor of the noise in the target
 * @param w weight of the error
 */
public record NoisyBatch(float[] t, float[] a, float[] b, float[] p, float[] q, float[] w) {

    /** Number of rows of {@link #table()}: t, a, b, p, q, w. */
    public static final int COLUMNS = 6;

    /**
     * Draws time-steps. Each is uniform over the schedule, but those of a batch are spread: picture i draws from the
     * i-th of as many equal parts, which makes the loss less noisy without changing its mean.
     *
     * @param process the process
     * @param uniforms a number in [0, 1) per picture
     * @param offset a number in [0, 1) for the batch: turns the parts, so that no picture is bound to one
     */
    public static NoisyBatch draw(final DiffusionProcess process, final float[] uniforms, final double offset) {
        final int n = uniforms.length;
        final NoisyBatch batch =
                new NoisyBatch(new float[n], new float[n], new float[n], new float[n], new float[n], new float[n]);
        final int steps = process.schedule().steps();
        for (int i = 0; i < n; i++) {
            final double at = ((i + uniforms[i]) / n + offset) % 1.0;
            batch.set(i, process, Math.min(steps - 1, (int) (at * steps)));
        }
        return batch;
    }

    private void set(final int i, final DiffusionProcess process, final int step) {
        final double share = process.schedule().signalShare(step);
        final double signal = Math.sqrt(share);
        final double noise = Math.sqrt(1 - share);
        t[i] = step;
        a[i] = (float) signal;
        b[i] = (float) noise;
        p[i] = (float) process.objective().cleanShare(signal, noise);
        q[i] = (float) process.objective().noiseShare(signal, noise);
        w[i] = (float) process.weighting().weight(process.schedule().signalToNoise(step), process.objective());
    }

    /** All columns one after the other, (6, batch). */
    public float[] table() {
        final float[][] columns = {t, a, b, p, q, w};
        final float[] table = new float[columns.length * t.length];
        for (int i = 0; i < columns.length; i++) {
            System.arraycopy(columns[i], 0, table, i * t.length, t.length);
        }
        return table;
    }
}
