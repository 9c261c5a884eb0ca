package org.selfdiff.stages.diffusion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfdiff.data.Embeddings;
import org.selfdiff.data.EncodedBy;
import org.selfdiff.data.Tile;
import org.selfdiff.diffusion.BetaCurve;
import org.selfdiff.diffusion.Ddim;
import org.selfdiff.diffusion.Ddpm;
import org.selfdiff.diffusion.DiffusionProcess;
import org.selfdiff.diffusion.DpmSolver;
import org.selfdiff.diffusion.Euler;
import org.selfdiff.diffusion.LossWeighting;
import org.selfdiff.diffusion.NoiseSchedule;
import org.selfdiff.diffusion.Objective;
import org.selfdiff.diffusion.Sampler;
import org.selfdiff.diffusion.TimestepSpacing;
import org.selfdiff.diffusion.Timesteps;
import org.selfdiff.engine.DeviceChoice;
import org.selfdiff.engine.NeedsTorch;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.PngEncoder;
import org.selfdiff.model.ModelCard;
import org.selfdiff.model.ModelFile;
import org.selfdiff.model.ModelInput;
import org.selfdiff.model.ModelTask;
import org.selfdiff.model.Standardisation;
import org.selfdiff.nn.InitialWeights;
import org.selfdiff.nn.unet.ContextUNetSpec;
import org.selfdiff.nn.vae.Autoencoder;
import org.selfdiff.nn.vae.AutoencoderSpec;
import org.selfdiff.run.Provenance;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.train.Precision;
import org.selfdiff.train.TrainingPlan;

/** Diffusion that is told what to make, on pixels and in latents. */
@NeedsTorch.Engine
class ConditionedDiffusionTest {
    private static final int SIDE = 8;

    private static final DiffusionProcess PROCESS =
            new DiffusionProcess(new NoiseSchedule(BetaCurve.COSINE, 100), Objective.V, new LossWeighting.MinSnr(5));

    @TempDir
    Path folder;

    private static ContextUNetSpec network(final int channels, final int contextWidth) {
        return new ContextUNetSpec(
                channels, channels, List.of(16, 16), List.of(true, true), List.of(1, 1), 1, contextWidth, false, 4);
    }

    /** Black tiles are told as (1, 0), white ones as (0, 1). */
    private List<Tile> tiles(final int count) throws Exception {
        final List<Tile> tiles = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            final byte[] rgb = new byte[3 * SIDE * SIDE];
            Arrays.fill(rgb, (byte) (i % 2 == 0 ? 40 : 215));
            final Path file = folder.resolve("t" + i + ".png");
            java.nio.file.Files.write(file, PngEncoder.picture(new Picture(SIDE, SIDE, rgb)));
            tiles.add(new Tile(
                    file,
                    new Tile.Area(0, 0, SIDE, SIDE, 1, Double.NaN),
                    Optional.empty(),
                    "g" + i,
                    Optional.empty(),
                    Tile.Findings.none()));
        }
        return tiles;
    }

    private static Embeddings told(final int count) {
        final List<float[]> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(i % 2 == 0 ? new float[] {1, 0} : new float[] {0, 1});
        }
        return new Embeddings(rows, 2, Optional.of(new EncodedBy("brightness", "ab", 2)));
    }

    private PretrainDiffusion.Request request(
            final Optional<Path> autoencoder, final int channels, final int steps, final Path model) throws Exception {
        return new PretrainDiffusion.Request(
                tiles(8),
                new DenoiserSpec.Context(network(channels, 2)),
                autoencoder,
                Optional.of(new PretrainDiffusion.Conditions(told(8), 0.1)),
                PROCESS,
                TrainingPlan.ofSteps(steps, 8, 5e-3).with(Precision.FP32),
                false,
                3,
                DeviceChoice.parse("cpu"),
                Optional.empty(),
                4,
                new Ddim(5, 0),
                model);
    }

    private List<Picture> draw(final Path model, final double guidance, final int batch, final float[]... conditions)
            throws Exception {
        final List<Picture> pictures = new ArrayList<>();
        SamplePictures.run(
                new SamplePictures.Request(
                        model,
                        Optional.of(List.of(conditions)),
                        0,
                        Optional.empty(),
                        new Ddim(10, 0),
                        guidance,
                        batch,
                        5,
                        Precision.FP32,
                        DeviceChoice.parse("cpu")),
                (row, picture) -> {
                    assertEquals(pictures.size(), row);
                    pictures.add(picture);
                },
                RunControl.silent());
        return pictures;
    }

    private static double brightness(final Picture picture) {
        double sum = 0;
        for (final byte b : picture.rgb()) {
            sum += b & 0xff;
        }
        return sum / picture.rgb().length;
    }

    /** What is told decides what is drawn; guidance drives them apart; neighbours in a batch change nothing. */
    @Test
    void drawsWhatItIsTold() throws Exception {
        final Path model = folder.resolve("told.safetensors");
        final PretrainDiffusion.Result result =
                PretrainDiffusion.run(request(Optional.empty(), 3, 150, model), RunControl.silent());
        assertTrue(result.samples().isPresent());
        final ModelTask.Diffusion task = (ModelTask.Diffusion) result.card().task();
        assertEquals(
                new ModelTask.Condition(
                        "brightness",
                        "ab",
                        2,
                        Optional.of(new Standardisation(List.of(0.5f, 0.5f), List.of(0.5f, 0.5f)))),
                task.condition().orElseThrow());
        final float[] black = {1, 0};
        final float[] white = {0, 1};
        final List<Picture> pictures = draw(model, 2, 3, black, white, black, white);
        assertTrue(
                brightness(pictures.get(0)) + 60 < brightness(pictures.get(1)),
                "black " + brightness(pictures.get(0)) + ", white " + brightness(pictures.get(1)));
        assertTrue(brightness(pictures.get(2)) + 60 < brightness(pictures.get(3)));
        final List<Picture> alone = draw(model, 2, 1, black, white, black, white);
        for (int i = 0; i < alone.size(); i++) {
            assertArrayEquals(alone.get(i).rgb(), pictures.get(i).rgb(), "neighbours change nothing");
        }
        final RunFailed narrow = assertThrows(RunFailed.class, () -> draw(model, 1, 1, new float[3]));
        assertTrue(narrow.what().contains("3 numbers"), narrow.what());
    }

    @Test
    void worksInLatents() throws Exception {
        final Path autoencoder = folder.resolve("autoencoder.safetensors");
        final AutoencoderSpec spec = new AutoencoderSpec(3, 2, List.of(4, 8), 1, 2, true);
        ModelFile.write(
                autoencoder,
                new ModelCard(
                        new ModelTask.Autoencoder(new ModelTask.Latents(2, 2, 1.5, 0.1)),
                        spec.toJson(),
                        ModelInput.Pixels.between(-1, 1, 3, SIDE, Double.NaN),
                        new JsonObject(),
                        new Provenance("LearnAutoencoder", "", Map.of(), "", Map.of(), List.of())),
                InitialWeights.draw(new Autoencoder(spec), 1));
        final Path model = folder.resolve("latent.safetensors");
        PretrainDiffusion.run(request(Optional.of(autoencoder), 2, 3, model), RunControl.silent());
        final Denoiser denoiser = Denoiser.open(model);
        assertEquals(spec, denoiser.coder().orElseThrow().spec());
        assertEquals(1.5, denoiser.coder().orElseThrow().latents().scale());
        final List<Picture> pictures = draw(model, 1, 4, new float[] {1, 0});
        assertEquals(SIDE, pictures.get(0).width());
        final List<Picture> first = from(model, new Ddim(5, 0), tiles(2), 0, 1);
        assertArrayEquals(
                first.get(1).rgb(),
                from(model, new Ddim(5, 0), tiles(2), 0, 2).get(1).rgb(),
                "no noise is added");
        assertFalse(Arrays.equals(first.get(0).rgb(), first.get(1).rgb()), "latents of the tiles");
        final PretrainDiffusion.Request wrong = request(Optional.of(autoencoder), 3, 3, model);
        final RunFailed channels =
                assertThrows(RunFailed.class, () -> PretrainDiffusion.run(wrong, RunControl.silent()));
        assertTrue(channels.what().contains("3 channels, there are 2"), channels.what());
    }

    private List<Picture> from(
            final Path model, final Sampler sampler, final List<Tile> tiles, final double strength, final long seed)
            throws Exception {
        final List<Picture> pictures = new ArrayList<>();
        SamplePictures.run(
                new SamplePictures.Request(
                        model,
                        Optional.of(told(tiles.size()).rows()),
                        0,
                        Optional.of(new SamplePictures.Start(tiles, strength)),
                        sampler,
                        1,
                        3,
                        seed,
                        Precision.FP32,
                        DeviceChoice.parse("cpu")),
                (row, picture) -> pictures.add(picture),
                RunControl.silent());
        return pictures;
    }

    /** Told black, white, ... but started from the tiles in the opposite order: how much of them stays is the strength. */
    @Tag("slow")
    @Test
    void startsFromTiles() throws Exception {
        final Path model = folder.resolve("start.safetensors");
        PretrainDiffusion.run(request(Optional.empty(), 3, 150, model), RunControl.silent());
        final List<Tile> tiles = new ArrayList<>(tiles(4));
        Collections.swap(tiles, 0, 1);
        Collections.swap(tiles, 2, 3);
        final Timesteps spaced = new Timesteps.Spaced(TimestepSpacing.LINSPACE, 20, 0, false);
        for (final Sampler sampler : List.of(
                new Ddim(20, 0),
                new DpmSolver(20),
                new Ddpm(spaced, Ddpm.Variance.FIXED_SMALL),
                new Euler(20, TimestepSpacing.LINSPACE, 0, false, true))) {
            final List<Picture> kept = from(model, sampler, tiles, 0, 1);
            assertEquals(215, brightness(kept.get(0)), 0, sampler.toString());
            assertEquals(40, brightness(kept.get(3)), 0, sampler.toString());
            final List<Picture> little = from(model, sampler, tiles, 0.2, 1);
            assertTrue(brightness(little.get(0)) > brightness(little.get(1)) + 60, sampler + " keeps the tile");
            final List<Picture> all = from(model, sampler, tiles, 1, 1);
            assertTrue(brightness(all.get(0)) + 60 < brightness(all.get(1)), sampler + " goes by what it is told");
        }
        final RunFailed few = assertThrows(
                RunFailed.class,
                () -> SamplePictures.run(
                        new SamplePictures.Request(
                                model,
                                Optional.of(told(2).rows()),
                                0,
                                Optional.of(new SamplePictures.Start(tiles, 0.5)),
                                new Ddim(5, 0),
                                1,
                                2,
                                1,
                                Precision.FP32,
                                DeviceChoice.parse("cpu")),
                        (row, picture) -> {},
                        RunControl.silent()));
        assertTrue(few.what().contains("4 tiles to start from, and 2 pictures"), few.what());
    }

    @Test
    void latentsThatNoDiskHoldsAreRefused() {
        final RunFailed full = assertThrows(RunFailed.class, () -> LatentStore.create(Integer.MAX_VALUE, 1 << 20));
        assertTrue(full.what().startsWith("The latents need 8589934588 MiB on disk, "), full.what());
        assertTrue(full.where().contains(System.getProperty("java.io.tmpdir")), full.where());
        assertTrue(full.remedy().contains("-Djava.io.tmpdir"), full.remedy());
    }

    @Test
    void latentsComeInANewOrderInEachEpochEachOnce() throws Exception {
        try (LatentStore store = LatentStore.create(5, 2)) {
            store.write(0, new float[] {0, 0, 1, 10, 2, 20, 3, 30, 4, 40});
            final Examples examples = new Examples.LatentExamples(store, 2, 1, 1, 5, 9);
            final Examples.Chosen first = examples.batch(0, RunControl.silent());
            final Examples.Chosen second = examples.batch(1, RunControl.silent());
            for (int i = 0; i < 5; i++) {
                assertEquals(first.rows()[i], first.latents()[2 * i]);
                assertEquals(10f * first.rows()[i], first.latents()[2 * i + 1]);
            }
            assertArrayEquals(
                    new int[] {0, 1, 2, 3, 4},
                    Arrays.stream(first.rows()).sorted().toArray());
            assertFalse(Arrays.equals(first.rows(), second.rows()));
        }
    }
}
