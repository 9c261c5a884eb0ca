package org.selfdiff.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.selfdiff.diffusion.Ddim;
import org.selfdiff.diffusion.DiffusionProcess;
import org.selfdiff.diffusion.NoisyBatch;
import org.selfdiff.diffusion.SamplerStep;
import org.selfdiff.nn.Initial;
import org.selfdiff.nn.Parameter;

/** Weights, pictures, noise and settings that both sides are given; functions of a seed, so that nothing is exchanged. */
public final class Inputs {
    /** Learning rate, the same at every step. */
    public static final double RATE = 1e-4;

    /** AdamW's decay of the moments. */
    public static final double BETA1 = 0.9;

    /** AdamW's decay of the squared moments. */
    public static final double BETA2 = 0.999;

    /** AdamW's weight decay. */
    public static final double WEIGHT_DECAY = 0.01;

    /** AdamW's epsilon. */
    public static final double EPSILON = 1e-8;

    /** Largest norm of the gradient. */
    public static final double CLIP = 1;

    /** Decay of the moving average of the weights. */
    public static final double EMA = 0.999;

    /** Steps of the sampler, of which the first ones are taken again and again. */
    private static final int SAMPLER_STEPS = 50;

    /** Different batches; more would only fill memory. */
    private static final int BATCHES = 4;

    private static final DiffusionProcess PROCESS = DiffusionProcess.paper();

    private final Workload workload;

    private final List<SamplerStep> steps = new Ddim(SAMPLER_STEPS, 0).steps(PROCESS);

    private final List<Batch> batches = new ArrayList<>();

    /**
     * One training batch.
     *
     * @param clean pictures in [-1, 1]
     * @param noise standard normal numbers
     * @param numbers what {@link NoisyBatch} says of each picture
     * @param context what each picture is told; nothing where the network is told nothing
     */
    public record Batch(float[] clean, float[] noise, NoisyBatch numbers, float[] context) {}

    /** Makes the batches of a workload. */
    public Inputs(final Workload workload) {
        this.workload = workload;
        final SplittableRandom random = new SplittableRandom(20_240_917);
        for (int i = 0; i < BATCHES; i++) {
            final float[] uniforms = new float[workload.batch()];
            for (int k = 0; k < uniforms.length; k++) {
                uniforms[k] = (float) random.nextDouble();
            }
            final NoisyBatch numbers = NoisyBatch.draw(PROCESS, uniforms, random.nextDouble());
            batches.add(new Batch(pictures(random), noise(random, workload.values()), numbers, context(random)));
        }
    }

    /** The process of the training. */
    public DiffusionProcess process() {
        return PROCESS;
    }

    /** The batch of a step. */
    public Batch batch(final int step) {
        return batches.get(step % BATCHES);
    }

    /** The sampler's step number {@code step}, from the start again after the last. */
    public SamplerStep samplerStep(final int step) {
        return steps.get(step % steps.size());
    }

    /** What a sampler starts from. */
    public float[] start() {
        return noise(new SplittableRandom(7), workload.values());
    }

    /** The parameters' values before training, in the order of the parameter list. */
    public List<float[]> weights() {
        final SplittableRandom random = new SplittableRandom(1);
        final List<float[]> weights = new ArrayList<>();
        for (final Parameter parameter : workload.parameters()) {
            final float[] values = new float[Math.toIntExact(parameter.count())];
            for (int i = 0; i < values.length; i++) {
                values[i] = initial(parameter.initial(), random);
            }
            weights.add(values);
        }
        return weights;
    }

    private static float initial(final Initial initial, final SplittableRandom random) {
        if (initial instanceof Initial.Uniform uniform) {
            return (float) (uniform.bound() * (2 * random.nextDouble() - 1));
        }
        return ((Initial.Constant) initial).value();
    }

    /** Smooth waves of random direction, one per channel. */
    private float[] pictures(final SplittableRandom random) {
        final int side = workload.side();
        final float[] values = new float[workload.values()];
        for (int start = 0; start < values.length; start += side * side) {
            final double across = random.nextDouble(0.5);
            final double down = random.nextDouble(0.5);
            final double phase = random.nextDouble(Math.PI);
            for (int i = 0; i < side * side; i++) {
                values[start + i] = (float) Math.sin(phase + across * (i % side) + down * (i / side));
            }
        }
        return values;
    }

    /** What pictures are told when they are drawn; with guidance, followed by as many zeros. */
    public float[] told() {
        final float[] context = context(new SplittableRandom(8));
        return workload.guidance() == 1 ? context : Arrays.copyOf(context, 2 * context.length);
    }

    private float[] context(final SplittableRandom random) {
        return noise(random, workload.batch() * workload.contextWidth());
    }

    private static float[] noise(final SplittableRandom random, final int count) {
        final float[] values = new float[count];
        for (int i = 0; i < values.length; i++) {
            // Box and Muller; 1 - u is never 0
            final double radius = Math.sqrt(-2 * Math.log(1 - random.nextDouble()));
            values[i] = (float) (radius * Math.cos(2 * Math.PI * random.nextDouble()));
        }
        return values;
    }
}
