package org.selfdiff.stages.segmentation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.selfdiff.diffusion.diffseg.AttentionSum;
import org.selfdiff.imaging.Picture;
import org.selfdiff.model.ModelInput;
import org.selfdiff.nn.ScriptOps;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.run.Workers;
import org.selfdiff.stages.compute.ComputeSession;
import org.selfdiff.stages.compute.DeviceCalls;
import org.selfdiff.stages.compute.Planes;
import org.selfdiff.stages.diffusion.Denoiser;
import org.selfdiff.stages.diffusion.DenoiserSpec;
import org.selfdiff.tensors.Philox;
import org.selfdiff.tensors.ScriptMethod;
import org.selfdiff.tensors.ScriptModule;
import org.selfdiff.tensors.Tensor;
import org.selfdiff.tensors.TensorScope;

/**
 * The self-attention of a diffusion model that sees a picture with noise of one time-step. Every picture gets the same
 * noise, so that what comes out depends on the picture alone. A model that is told embeddings is told nothing.
 */
final class AttentionOnDevice implements AutoCloseable {
    /** The maps of all places take the fourth power of this many numbers: 1 GiB. */
    private static final int MOST_PLACES = 128;

    private final Denoiser model;

    private final ModelInput.Pixels input;

    private final ComputeSession session;

    private final ScriptModule module;

    private final List<Tensor> parameters;

    private final List<Tensor> encoder;

    private final int timestep;

    private final long seed;

    /**
     * Brings the model there.
     *
     * @param timestep of the noise, from 0
     * @param seed of the noise
     */
    AttentionOnDevice(final Denoiser model, final ComputeSession session, final int timestep, final long seed)
            throws RunFailed {
        this.model = model;
        this.input = model.pixels();
        this.session = session;
        this.timestep = timestep;
        this.seed = seed;
        final List<ScriptMethod> methods = new ArrayList<>(
                List.of(ScriptOps.method(model.spec().network(), DenoiserSpec.SELF_ATTENTION, session.type())));
        model.coder().ifPresent(coder -> methods.addAll(coder.methods(session.type())));
        parameters = DeviceCalls.upload(model.weights(), session.scope());
        encoder = model.coder().isPresent()
                ? DeviceCalls.upload(model.coder().get().weights(), session.scope())
                : List.of();
        module = session.compile(methods);
    }

    /**
     * Refuses a model without self-attention, or with one of too many places.
     *
     * @param where its file, for messages
     * @return places along a side of the finest
     */
    static int requireSide(final Denoiser model, final Path where) throws RunFailed {
        SegmentZeroShot.requireSelfAttention(model.spec(), where.toString());
        final int side = model.pixels().side()
                / model.coder().map(c -> c.latents().factor()).orElse(1);
        final int finest = model.spec().attentionSides(side).stream()
                .mapToInt(Integer::intValue)
                .max()
                .orElseThrow();
        if (finest > MOST_PLACES) {
            throw new RunFailed(
                    "The finest attention of the model has " + finest + " x " + finest + " places, more than "
                            + MOST_PLACES + " x " + MOST_PLACES,
                    where.toString(),
                    "Train a model on smaller tiles, with more levels, or in the latents of an autoencoder.");
        }
        return finest;
    }

    /**
     * The self-attention of all layers at the resolution of the finest.
     *
     * @param picture of the model's side
     * @return for each place its map, of sum 1
     */
    List<float[]> maps(final Picture picture, final Workers workers, final RunControl control)
            throws RunFailed, RunCancelled {
        return summed(layers(picture, control), workers, control);
    }

    static List<float[]> summed(final List<float[]> layers, final Workers workers, final RunControl control)
            throws RunFailed, RunCancelled {
        final int finest =
                layers.stream().mapToInt(AttentionOnDevice::side).max().orElseThrow();
        final AttentionSum sum = new AttentionSum(finest);
        for (final float[] layer : layers) {
            sum.add(side(layer), layer, workers, control);
        }
        return sum.maps();
    }

    /** Places along a side of a map of all places by all places. */
    private static int side(final float[] layer) {
        return (int) Math.round(Math.sqrt(Math.sqrt(layer.length)));
    }

    List<float[]> layers(final Picture picture, final RunControl control) throws RunFailed, RunCancelled {
        return DeviceCalls.call(session, "attention", control, () -> layers(picture));
    }

    private List<float[]> layers(final Picture picture) {
        try (TensorScope scope = session.scope().child()) {
            final int factor = model.coder().map(c -> c.latents().factor()).orElse(1);
            final int side = input.side() / factor;
            final int channels = model.spec().channels();
            final float[] values = noisy(clean(picture, scope));
            final Tensor x = scope.floats(values, 1, channels, side, side);
            final Tensor t = scope.floats(new float[] {timestep}, 1);
            final int told = model.spec().contextWidth();
            final List<Tensor> maps = told == 0
                    ? module.call(scope, false, DenoiserSpec.SELF_ATTENTION, x, t, parameters)
                    : module.call(
                            scope,
                            false,
                            DenoiserSpec.SELF_ATTENTION,
                            x,
                            t,
                            scope.floats(new float[told], 1, 1, told), // zeros mean: without condition
                            parameters);
            return maps.stream().map(Tensor::toFloats).toList();
        }
    }

    /** The picture as the network knows it: pixels, or its latent. */
    private float[] clean(final Picture picture, final TensorScope scope) {
        final int side = input.side();
        final int channels = input.channels();
        final float[] pixels = new float[Math.multiplyExact(channels, side * side)];
        Planes.write(picture, channels, input.low(0), input.high(0), pixels, 0);
        return model.coder().isEmpty()
                ? pixels
                : model.coder().get().encode(module, scope, scope.floats(pixels, 1, channels, side, side), encoder);
    }

    private float[] noisy(final float[] clean) {
        final float[] noise = new float[clean.length];
        Philox.gaussians(seed, 0, noise);
        final double share = model.process().schedule().signalShare(timestep);
        final float signal = (float) Math.sqrt(share);
        final float spread = (float) Math.sqrt(1 - share);
        for (int i = 0; i < noise.length; i++) {
            noise[i] = signal * clean[i] + spread * noise[i];
        }
        return noise;
    }

    @Override
    public void close() {
        module.close();
    }
}
