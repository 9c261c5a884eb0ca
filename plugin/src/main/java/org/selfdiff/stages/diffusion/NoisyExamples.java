package org.selfdiff.stages.diffusion;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.selfdiff.diffusion.DiffusionProcess;
import org.selfdiff.diffusion.NoisyBatch;
import org.selfdiff.imaging.SeededRandom;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.compute.BatchFeed;
import org.selfdiff.tensors.GaussianNoise;
import org.selfdiff.tensors.Philox;
import org.selfdiff.tensors.Tensor;
import org.selfdiff.tensors.TensorScope;

/**
 * What a step of diffusion training sees: examples, noise, time-steps and conditions, functions of the seed and the step,
 * each from a stream of its own.
 */
final class NoisyExamples {
    private final Examples examples;

    private final DiffusionProcess process;

    private final Optional<ToldTiles> told;

    private final GaussianNoise noise;

    private final long timeSeed;

    private final int contextWidth;

    /** What a batch is made of on the Java side. */
    record Inputs(long step, Examples.Chosen clean, float[] noise, float[] table, float[] context) {}

    private NoisyExamples(
            final PretrainDiffusion.Request request,
            final Examples examples,
            final Optional<ToldTiles> told,
            final GaussianNoise noise) {
        this.examples = examples;
        this.process = request.process();
        this.told = told;
        this.noise = noise;
        timeSeed = SeededRandom.mix(request.seed(), SeededRandom.mix("time-steps"));
        contextWidth = request.network().contextWidth();
    }

    static BatchFeed<Inputs> feed(
            final PretrainDiffusion.Request request,
            final Examples examples,
            final Optional<ToldTiles> told,
            final GaussianNoise noise) {
        final NoisyExamples made = new NoisyExamples(request, examples, told, noise);
        return new BatchFeed<>(made::inputs, made::tensors);
    }

    private Inputs inputs(final long step, final RunControl control) throws RunFailed, RunCancelled {
        final Examples.Chosen clean = examples.batch(step, control);
        final int n = clean.rows().length;
        final float[] draws = new float[n + 1];
        Philox.uniforms(timeSeed, step, draws);
        final NoisyBatch numbers = NoisyBatch.draw(process, Arrays.copyOf(draws, n), draws[n]);
        final int size = examples.channels() * examples.height() * examples.width();
        return new Inputs(
                step,
                clean,
                noise.ahead(step, n, size, control),
                numbers.table(),
                told.map(t -> t.context(clean.rows(), step)).orElse(new float[0]));
    }

    private List<Tensor> tensors(final Inputs inputs, final TensorScope scope) throws RunFailed {
        final int n = inputs.clean.rows().length;
        final long[] shape = {n, examples.channels(), examples.height(), examples.width()};
        final List<Tensor> tensors = new ArrayList<>(List.of(
                examples.tensor(inputs.clean, scope),
                noise.tensor(inputs.step, inputs.noise, scope, shape),
                scope.floats(inputs.table, NoisyBatch.COLUMNS, n)));
        if (told.isPresent()) {
            tensors.add(scope.floats(inputs.context, n, 1, contextWidth));
        }
        return tensors;
    }
}
