package org.selfdiff.diffusion;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.selfdiff.run.Pace;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.tensors.Philox;
import org.selfdiff.tensors.ScriptModule;
import org.selfdiff.tensors.Tensor;
import org.selfdiff.tensors.TensorScope;

/**
 * Draws pictures with a trained network. The noise of a picture is a function of the seed and the picture's number, so
 * that a picture does not depend on which others are drawn with it.
 *
 * @param steps the sampler's steps
 * @param channels of a picture
 * @param height of a picture
 * @param width of a picture
 * @param limit clean pictures are cut to {@code [-limit, limit]} at every step; infinity to leave them
 * @param seed of the noise
 */
public record Sampling(List<SamplerStep> steps, int channels, int height, int width, double limit, long seed) {
    /** More steps than any sampler has; keeps the noise of one picture apart from that of the next. */
    private static final long STREAMS = 1L << 20;

    /**
     * Draws pictures.
     *
     * @param module a module with {@link DiffusionScript#sampleStep()}
     * @param parameters the network's parameters on the device
     * @param scope where tensors are made; they are freed again
     * @param count how many pictures
     * @param together how many are computed at once
     * @return for each picture its planes, in the value range of the training
     */
    public List<float[]> draw(
            final ScriptModule module,
            final List<Tensor> parameters,
            final TensorScope scope,
            final int count,
            final int together,
            final RunControl control)
            throws RunCancelled {
        final int rounds = (count + together - 1) / together;
        final Pace pace = new Pace("sampling steps", 0, (long) rounds * steps.size());
        final List<float[]> pictures = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            final int first = round * together;
            final int n = Math.min(together, count - first);
            try (TensorScope state = scope.child()) {
                Tensor x = noise(state, first, n, 0);
                for (int i = 0; i < steps.size(); i++) {
                    control.checkCancelled();
                    x = step(module, parameters, state, x, first, i);
                    final long done = (long) round * steps.size() + i + 1;
                    control.progress((double) done / rounds / steps.size(), "samples: " + pace.line(done));
                }
                split(x.toFloats(), n, pictures);
            }
        }
        return pictures;
    }

    private Tensor step(
            final ScriptModule module,
            final List<Tensor> parameters,
            final TensorScope state,
            final Tensor x,
            final int first,
            final int i) {
        try (TensorScope inputs = state.child()) {
            final SamplerStep step = steps.get(i);
            final int n = (int) x.shape()[0];
            final Tensor fresh = step.sigma() == 0 ? x : noise(inputs, first, n, i + 1);
            final float[] row = step.row(limit);
            final Tensor next = module.call(
                            state, false, DiffusionScript.SAMPLE, x, fresh, inputs.floats(row, row.length), parameters)
                    .get(0);
            x.close();
            return next;
        }
    }

    private Tensor noise(final TensorScope scope, final int first, final int n, final int step) {
        final int size = channels * height * width;
        final float[] noise = new float[Math.multiplyExact(n, size)];
        for (int k = 0; k < n; k++) {
            Philox.gaussians(seed, (first + k) * STREAMS + step, 0, noise, k * size, size);
        }
        return scope.floats(noise, n, channels, height, width);
    }

    private void split(final float[] all, final int n, final List<float[]> pictures) {
        final int size = all.length / n;
        for (int k = 0; k < n; k++) {
            pictures.add(Arrays.copyOfRange(all, k * size, (k + 1) * size));
        }
    }
}
