package org.selfdiff.stages.diffusion;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.selfdiff.diffusion.Clipping;
import org.selfdiff.diffusion.SampleRows;
import org.selfdiff.diffusion.SampleScript;
import org.selfdiff.diffusion.SamplerStep;
import org.selfdiff.diffusion.Sampling;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.SeededRandom;
import org.selfdiff.imaging.draw.Montage;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.compute.DeviceCalls;
import org.selfdiff.stages.compute.TileInput;
import org.selfdiff.stages.compute.TrainNetwork;
import org.selfdiff.tensors.Tensor;
import org.selfdiff.tensors.TensorScope;

/**
 * Pictures that are drawn with a network as soon as it is trained; of one that is told embeddings, variants of tiles
 * spread evenly over the list.
 *
 * @param request of the training
 * @param coder the way back from latents; empty for pixels
 * @param told what the network is told
 * @param sampling how they are drawn
 */
record FirstSamples(
        PretrainDiffusion.Request request, Optional<LatentCoder> coder, Optional<ToldTiles> told, Sampling sampling) {
    /** Samples are enlarged to about this side. */
    private static final int SHOWN_SIDE = 128;

    static FirstSamples of(
            final PretrainDiffusion.Request request,
            final Examples examples,
            final Optional<LatentCoder> coder,
            final Optional<ToldTiles> told) {
        final List<SamplerStep> steps = request.sampler().steps(request.process());
        final Clipping clipping = coder.isPresent() ? new Clipping.None() : new Clipping.Range(TileInput.HIGH);
        return new FirstSamples(
                request,
                coder,
                told,
                new Sampling(
                        steps,
                        request.sampler().start(request.process()),
                        new SampleScript(clipping, SampleScript.order(steps), told.isPresent() ? 1 : 0, 1, false),
                        examples.channels(),
                        examples.height(),
                        examples.width(),
                        SeededRandom.mix(request.seed(), SeededRandom.mix("samples"))));
    }

    /** Draws them; empty if none were asked for. */
    Optional<Picture> draw(final TrainNetwork.Trained trained, final RunControl control)
            throws RunFailed, RunCancelled {
        if (request.samples() <= 0) {
            return Optional.empty();
        }
        final SampleRows rows =
                told.isPresent() ? told.get().spread(request.samples()) : SampleRows.nothing(request.samples());
        final List<Picture> pictures = new ArrayList<>();
        DeviceCalls.call(trained.session(), "sampling", control, () -> {
            try (TensorScope scope = trained.session().scope().child()) {
                final List<Tensor> parameters =
                        DeviceCalls.upload(trained.outcome().weights(), scope);
                final List<Tensor> decoder =
                        coder.isPresent() ? DeviceCalls.upload(coder.get().weights(), scope) : List.of();
                sampling.draw(
                        trained.module(),
                        parameters,
                        scope,
                        rows,
                        request.plan().batchSize(),
                        control,
                        (row, planes) -> pictures.add(
                                SamplePictures.picture(planes, coder, sampling, trained.module(), scope, decoder)));
                return null;
            }
        });
        final int columns = (int) Math.ceil(Math.sqrt(pictures.size()));
        return Optional.of(Montage.grid(
                pictures, columns, Math.max(1, SHOWN_SIDE / pictures.get(0).width())));
    }
}
