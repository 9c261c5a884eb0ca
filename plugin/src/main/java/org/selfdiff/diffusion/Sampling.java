package org.selfdiff.diffusion;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.selfdiff.run.Pace;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.tensors.Philox;
import org.selfdiff.tensors.ScriptModule;
import org.selfdiff.tensors.Tensor;
import org.selfdiff.tensors.TensorScope;

/**
 * Draws pictures with a trained network. The noise of a picture is a function of the seed and the picture's row, so that
 * a picture does not depend on which others are drawn with it.
 *
 * @param steps the sampler's steps
 * @param start standard deviation of the noise to start from where no picture is given, {@link Sampler#start}
 * @param script of a step
 * @param channels of a picture
 * @param height of a picture
 * @param width of a picture
 * @param seed of the noise
 */
public record Sampling(
        List<SamplerStep> steps, double start, SampleScript script, int channels, int height, int width, long seed) {
    /** More steps than any sampler has; keeps the noise of one picture apart from that of the next. */
    private static final long STREAMS = 1L << 20;

    /** Takes pictures in the order of their rows. */
    @FunctionalInterface
    public interface Receiver {
        /** Takes the planes of a row's picture, in the value range of the training. */
        void accept(int row, float[] planes) throws RunFailed, RunCancelled;
    }

    /** Copies the steps and checks that the script looks at as many clean pictures as they do. */
    public Sampling {
        steps = List.copyOf(steps);
        if (script.order() < SampleScript.order(steps)) {
            throw new IllegalArgumentException("the script looks at " + script.order() + " clean pictures only");
        }
    }

    /** All steps of a sampler, without conditions. */
    public static Sampling of(
            final Sampler sampler,
            final DiffusionProcess process,
            final Clipping clipping,
            final int channels,
            final int height,
            final int width,
            final long seed) {
        final List<SamplerStep> steps = sampler.steps(process);
        final SampleScript script = new SampleScript(clipping, SampleScript.order(steps));
        return new Sampling(steps, sampler.start(process), script, channels, height, width, seed);
    }

    /**
     * Draws a few pictures out of nothing.
     *
     * @return for each picture its planes, in the value range of the training
     */
    public List<float[]> draw(
            final ScriptModule module,
            final List<Tensor> parameters,
            final TensorScope scope,
            final int count,
            final int together,
            final RunControl control)
            throws RunFailed, RunCancelled {
        final List<float[]> pictures = new ArrayList<>();
        draw(module, parameters, scope, SampleRows.nothing(count), together, control, (row, p) -> pictures.add(p));
        return pictures;
    }

    /**
     * Draws pictures.
     *
     * @param module a module with {@link #script()}'s method
     * @param parameters the network's parameters on the device
     * @param scope where tensors are made; they are freed again
     * @param rows what is drawn
     * @param together how many are computed at once
     * @param receiver takes them; only those computed at once are held
     */
    public void draw(
            final ScriptModule module,
            final List<Tensor> parameters,
            final TensorScope scope,
            final SampleRows rows,
            final int together,
            final RunControl control,
            final Receiver receiver)
            throws RunFailed, RunCancelled {
        final int rounds = (rows.count() + together - 1) / together;
        final long all = Math.max(1, (long) rounds * steps.size());
        final Pace pace = new Pace("sampling steps", 0, all);
        for (int round = 0; round < rounds; round++) {
            final int first = round * together;
            final int n = Math.min(together, rows.count() - first);
            try (TensorScope state = scope.child()) {
                final List<Tensor> inputs = rows.inputs(state, first, n);
                final Deque<Tensor> history = new ArrayDeque<>();
                Tensor x = state.floats(start(rows, first, n), n, channels, height, width);
                for (int i = 0; i < steps.size(); i++) {
                    control.checkCancelled();
                    x = step(module, parameters, state, x, history, inputs, first, i);
                    final long done = (long) round * steps.size() + i + 1;
                    control.progress((double) done / all, "samples: " + pace.line(done));
                }
                split(x.toFloats(), first, n, receiver);
            }
        }
    }

    /** One step; replaces {@code x} and adds its clean picture to the history. */
    private Tensor step(
            final ScriptModule module,
            final List<Tensor> parameters,
            final TensorScope state,
            final Tensor x,
            final Deque<Tensor> history,
            final List<Tensor> inputs,
            final int first,
            final int i) {
        try (TensorScope passing = state.child()) {
            final SamplerStep step = steps.get(i);
            final int n = (int) x.shape()[0];
            final Tensor fresh =
                    step.sigma() == 0 ? x : passing.floats(noise(first, n, i + 1), n, channels, height, width);
            final float[] numbers = step.numbers();
            final Tensor row = passing.floats(numbers, numbers.length);
            final List<Tensor> results = module.call(
                    state, false, SampleScript.NAME, x, fresh, row, earlier(history, x), inputs, parameters);
            remember(history, results.get(1));
            x.close();
            return results.get(0);
        }
    }

    /** As many tensors as the script wants; steps do not look at what is not there yet. */
    private List<Tensor> earlier(final Deque<Tensor> history, final Tensor x) {
        final List<Tensor> earlier = new ArrayList<>(history);
        while (earlier.size() < script.order() - 1) {
            earlier.add(x);
        }
        return earlier;
    }

    private void remember(final Deque<Tensor> history, final Tensor clean) {
        history.addFirst(clean);
        if (history.size() >= script.order()) {
            history.removeLast().close();
        }
    }

    private float[] start(final SampleRows rows, final int first, final int n) throws RunFailed, RunCancelled {
        final float[] x = noise(first, n, 0);
        final int size = x.length / n;
        for (int k = 0; k < n; k++) {
            final Optional<float[]> picture = rows.picture(first + k);
            final NoiseLevel level =
                    steps.isEmpty() ? NoiseLevel.CLEAN : steps.get(0).from();
            final float signal = (float) (picture.isPresent() ? level.signal() : 0);
            final float deviation = (float) (picture.isPresent() ? level.noise() : start);
            for (int i = 0; i < size; i++) {
                final float given = picture.isPresent() ? signal * picture.get()[i] : 0;
                x[k * size + i] = given + deviation * x[k * size + i];
            }
        }
        return x;
    }

    private float[] noise(final int first, final int n, final int step) {
        final int size = channels * height * width;
        final float[] noise = new float[Math.multiplyExact(n, size)];
        for (int k = 0; k < n; k++) {
            Philox.gaussians(seed, (first + k) * STREAMS + step, 0, noise, k * size, size);
        }
        return noise;
    }

    private static void split(final float[] all, final int first, final int n, final Receiver receiver)
            throws RunFailed, RunCancelled {
        final int size = all.length / n;
        for (int k = 0; k < n; k++) {
            receiver.accept(first + k, Arrays.copyOfRange(all, k * size, (k + 1) * size));
        }
    }
}
