package org.selfdiff.stages.diffusion;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.selfdiff.data.Tile;
import org.selfdiff.diffusion.Clipping;
import org.selfdiff.diffusion.DiffusionScript;
import org.selfdiff.diffusion.SampleRows;
import org.selfdiff.diffusion.SampleScript;
import org.selfdiff.diffusion.Sampler;
import org.selfdiff.diffusion.SamplerStep;
import org.selfdiff.diffusion.Sampling;
import org.selfdiff.engine.DeviceChoice;
import org.selfdiff.imaging.Picture;
import org.selfdiff.model.ModelTask;
import org.selfdiff.nn.ComputeType;
import org.selfdiff.nn.ScriptOps;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.compute.ComputeSession;
import org.selfdiff.stages.compute.DeviceCalls;
import org.selfdiff.stages.compute.Planes;
import org.selfdiff.stages.compute.TileInput;
import org.selfdiff.tensors.ScriptMethod;
import org.selfdiff.tensors.ScriptModule;
import org.selfdiff.tensors.Tensor;
import org.selfdiff.tensors.TensorScope;
import org.selfdiff.train.Precision;

/**
 * Draws pictures from a diffusion model: out of nothing, from conditions with guidance, or from tiles to which noise is
 * added. A row's picture is a function
 * of the seed and the row's number alone, whatever is drawn with it and however many at once; a CPU draws them one by one.
 */
public final class SamplePictures {
    private static final String STAGE = "SamplePictures";

    private SamplePictures() {}

    /**
     * What is asked for.
     *
     * @param model the diffusion model
     * @param conditions one embedding for each picture; empty for a model that is told nothing
     * @param count number of pictures where there are no conditions
     * @param start what pictures start from; empty for noise
     * @param sampler how the noise is taken away
     * @param guidance scale of classifier-free guidance; 1 for none
     * @param batchSize pictures that a GPU draws at once
     * @param seed of the noise
     * @param precision number type
     * @param device where it runs
     */
    public record Request(
            Path model,
            Optional<List<float[]>> conditions,
            int count,
            Optional<Start> start,
            Sampler sampler,
            double guidance,
            int batchSize,
            long seed,
            Precision precision,
            DeviceChoice device) {

        /** Number of pictures. */
        int pictures() {
            return conditions.map(List::size).orElse(count);
        }
    }

    /**
     * Tiles to start from.
     *
     * @param tiles one for each picture, of the side of the model's pictures
     * @param strength 0 keeps the tile, 1 starts from almost pure noise
     */
    public record Start(List<Tile> tiles, double strength) {

        /** Copies the list. */
        public Start {
            tiles = List.copyOf(tiles);
        }
    }

    /** Takes the pictures in the order of their rows. */
    @FunctionalInterface
    public interface Receiver {
        /** Takes one. */
        void accept(int row, Picture picture) throws RunFailed, RunCancelled;
    }

    /**
     * Runs the stage.
     *
     * @throws RunFailed when the model, the conditions or the device do not do
     * @throws RunCancelled when the user stops it; pictures that were received are whole
     */
    public static void run(final Request request, final Receiver receiver, final RunControl control)
            throws RunFailed, RunCancelled {
        final Denoiser model = Denoiser.open(request.model);
        require(request, model);
        if (request.conditions.isPresent() && request.conditions.get().isEmpty()) {
            return;
        }
        final Sampling sampling = sampling(request, model);
        try (ComputeSession session = ComputeSession.open(request.device, request.precision, STAGE, control);
                ScriptModule module = session.compile(methods(model, sampling, session.type()))) {
            final List<Tensor> parameters = DeviceCalls.upload(model.weights(), session.scope());
            final List<Tensor> decoder = model.coder().isPresent()
                    ? DeviceCalls.upload(model.coder().get().weights(), session.scope())
                    : List.of();
            DeviceCalls.call(session, "sampling", control, () -> {
                try (TensorScope scope = session.scope().child();
                        Rows rows = Rows.of(request, model, module, decoder, scope, control)) {
                    sampling.draw(
                            module,
                            parameters,
                            scope,
                            rows.rows,
                            // a CPU's sums are added in another order where there are neighbours
                            session.device().isCpu() ? 1 : request.batchSize,
                            control,
                            (row, planes) -> receiver.accept(
                                    row, picture(planes, model.coder(), sampling, module, scope, decoder)));
                    return null;
                }
            });
        }
    }

    /** What is drawn, with what must be closed afterwards. */
    private record Rows(SampleRows rows, Optional<StartingTiles> started) implements AutoCloseable {
        static Rows of(
                final Request request,
                final Denoiser model,
                final ScriptModule module,
                final List<Tensor> coder,
                final TensorScope scope,
                final RunControl control)
                throws RunFailed {
            final SampleRows told = request.conditions.isPresent()
                    ? new ToldRows(
                            request.conditions.get(),
                            model.condition().orElseThrow().standardisation(),
                            request.guidance)
                    : SampleRows.nothing(request.count);
            if (request.start.isEmpty()) {
                return new Rows(told, Optional.empty());
            }
            final StartingTiles tiles =
                    new StartingTiles(told, request.start.get().tiles(), model, module, coder, scope, control);
            return new Rows(tiles, Optional.of(tiles));
        }

        @Override
        public void close() {
            started.ifPresent(StartingTiles::close);
        }
    }

    private static List<ScriptMethod> methods(final Denoiser model, final Sampling sampling, final ComputeType type) {
        final List<ScriptMethod> methods = new ArrayList<>(List.of(
                ScriptOps.method(model.spec().network(), DiffusionScript.PREDICT, type),
                sampling.script().method()));
        model.coder().ifPresent(coder -> methods.addAll(coder.methods(type)));
        return methods;
    }

    private static Sampling sampling(final Request request, final Denoiser model) throws RunFailed {
        final List<SamplerStep> steps = request.start.isPresent()
                ? request.sampler.stepsFromPicture(
                        model.process(), request.start.get().strength())
                : request.sampler.steps(model.process());
        final int factor = model.coder().map(c -> c.latents().factor()).orElse(1);
        final int side = model.pixels().side() / factor;
        return new Sampling(
                steps,
                request.sampler.start(model.process()),
                new SampleScript(
                        model.coder().isPresent() ? new Clipping.None() : new Clipping.Range(TileInput.HIGH),
                        SampleScript.order(steps),
                        request.conditions.isPresent() ? 1 : 0,
                        request.guidance,
                        false),
                model.spec().channels(),
                side,
                side,
                request.seed);
    }

    private static void require(final Request request, final Denoiser model) throws RunFailed {
        requireConditions(request, model);
        if (request.start.isPresent()) {
            final double strength = request.start.get().strength();
            if (!(strength >= 0 && strength <= 1)) {
                throw new RunFailed(
                        "The strength is " + strength, "setting \"Strength\"", "Choose 0 to 1, for instance 0.5.");
            }
            StartingTiles.require(request.start.get().tiles(), request.pictures(), model.pixels());
        }
    }

    private static void requireConditions(final Request request, final Denoiser model) throws RunFailed {
        final Optional<ModelTask.Condition> wanted = model.condition();
        if (wanted.isPresent() && request.conditions.isEmpty()) {
            throw new RunFailed(
                    "The model draws pictures from embeddings of "
                            + wanted.get().encoder() + ", and there are none",
                    "port \"Conditions\"",
                    "Connect a table of embeddings, for instance that of a Condition Sampler.");
        }
        if (wanted.isEmpty() && request.conditions.isPresent()) {
            throw new RunFailed(
                    "The model draws pictures out of nothing and cannot be told what to make",
                    "port \"Conditions\"",
                    "Leave the port open, or use a model that was trained with embeddings.");
        }
        if (request.conditions.isPresent()) {
            final int width = wanted.orElseThrow().width();
            for (int i = 0; i < request.conditions.get().size(); i++) {
                final int found = request.conditions.get().get(i).length;
                if (found != width) {
                    throw new RunFailed(
                            "The condition has " + found + " numbers, the model takes " + width,
                            "row " + (i + 1) + " of port \"Conditions\"",
                            "Embed with the encoder that the model was trained with, "
                                    + wanted.get().encoder() + ".");
                }
            }
        } else if (request.count < 1) {
            throw new RunFailed(
                    "The number of pictures is " + request.count, "setting \"pictures\"", "Choose 1 or more.");
        }
        if (wanted.isEmpty() && request.guidance != 1) {
            throw new RunFailed(
                    "Guidance of " + request.guidance + " needs a model that is told what to make",
                    "setting \"guidance scale\"",
                    "Choose 1, or use a model that was trained with embeddings.");
        }
    }

    /** Planes, or a latent, as a picture. */
    static Picture picture(
            final float[] planes,
            final Optional<LatentCoder> coder,
            final Sampling sampling,
            final ScriptModule module,
            final TensorScope scope,
            final List<Tensor> decoder) {
        if (coder.isEmpty()) {
            return Planes.picture(planes, sampling.width(), sampling.height());
        }
        final int factor = coder.get().latents().factor();
        final float[] decoded = coder.get().decode(module, scope, planes, sampling.height(), sampling.width(), decoder);
        return Planes.picture(decoded, sampling.width() * factor, sampling.height() * factor);
    }
}
