package org.selfdiff.stages.segmentation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfdiff.data.ClassLabels;
import org.selfdiff.data.Tile;
import org.selfdiff.diffusion.BetaCurve;
import org.selfdiff.diffusion.DiffusionProcess;
import org.selfdiff.diffusion.LossWeighting;
import org.selfdiff.diffusion.NoiseSchedule;
import org.selfdiff.diffusion.Objective;
import org.selfdiff.engine.DeviceChoice;
import org.selfdiff.engine.NeedsTorch;
import org.selfdiff.imaging.MaskCoding;
import org.selfdiff.imaging.Picture;
import org.selfdiff.model.ModelCard;
import org.selfdiff.model.ModelFile;
import org.selfdiff.model.ModelInput;
import org.selfdiff.model.ModelTask;
import org.selfdiff.nn.AttentionKind;
import org.selfdiff.nn.InitialWeights;
import org.selfdiff.nn.UNetSpec;
import org.selfdiff.nn.unet.ContextUNetSpec;
import org.selfdiff.nn.vae.Autoencoder;
import org.selfdiff.nn.vae.AutoencoderSpec;
import org.selfdiff.run.Provenance;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.compute.CancelAfter;
import org.selfdiff.stages.compute.DiscTiles;
import org.selfdiff.stages.diffusion.DenoiserSpec;
import org.selfdiff.stages.segmentation.SegmentZeroShot.Naming;
import org.selfdiff.stages.segmentation.SegmentZeroShot.Segmented;
import org.selfdiff.stages.slides.CutTiles;
import org.selfdiff.weights.NamedWeights;
import org.selfdiff.weights.Weight;

@NeedsTorch.Engine
class SegmentZeroShotTest {
    private static final int SIDE = 16;

    private static final DiffusionProcess PROCESS =
            new DiffusionProcess(new NoiseSchedule(BetaCurve.COSINE, 100), Objective.V, new LossWeighting.None());

    private static final ClassLabels CLASSES = new ClassLabels(MaskCoding.foreground(), List.of("background", "disc"));

    @TempDir
    Path folder;

    /** A single level, so that every pixel looks at every pixel. */
    private static DenoiserSpec plain(final AttentionKind kind) {
        return new DenoiserSpec.Plain(UNetSpec.of(3, 8, List.of(1), 1, List.of(kind)));
    }

    private static DenoiserSpec context(final int channels, final int told) {
        return new DenoiserSpec.Context(new ContextUNetSpec(
                channels, channels, List.of(16, 16), List.of(true, true), List.of(2, 2), 1, told, false, 4));
    }

    private Path model(final DenoiserSpec network, final Map<String, Weight> weights) throws Exception {
        final Optional<ModelTask.Condition> told = network.contextWidth() == 0
                ? Optional.empty()
                : Optional.of(new ModelTask.Condition("encoder", "", network.contextWidth()));
        return model(network.toJson(), weights, new ModelTask.Diffusion(PROCESS.toJson(), told, Optional.empty()));
    }

    private Path model(final JsonObject architecture, final Map<String, Weight> weights, final ModelTask task)
            throws Exception {
        final Path file = folder.resolve("model.safetensors");
        ModelFile.write(
                file,
                new ModelCard(
                        task,
                        architecture,
                        ModelInput.Pixels.between(-1, 1, 3, SIDE, Double.NaN),
                        new JsonObject(),
                        new Provenance("PretrainDiffusion", "", Map.of(), "", Map.of(), List.of())),
                new NamedWeights(weights));
        return file;
    }

    private static Map<String, Weight> drawn(final DenoiserSpec network) {
        return new LinkedHashMap<>(InitialWeights.draw(network.network(), 1).weights());
    }

    /**
     * Weights by which places look at those that are as bright: the first convolution gives brightness, smoothed, in one
     * channel and its negative in another, whose product is what queries and keys of every head agree in.
     */
    private static Map<String, Weight> bright(final DenoiserSpec network) {
        final Map<String, Weight> weights = drawn(network);
        weights.replaceAll((name, weight) -> {
            final float[] values = name.contains("norm") ? weight.values() : new float[weight.values().length];
            if (name.equals("stem.weight")) {
                Arrays.fill(values, 0, 27, 1 / 27f);
                Arrays.fill(values, 27, 54, -1 / 27f);
            }
            if (name.endsWith("qkv.weight")) {
                final int row = 8;
                final int heads = values.length / row / 3 / row;
                for (int head = 0; head < 2 * heads; head++) {
                    values[head * row * row] = 2;
                }
            }
            return new Weight(weight.shape(), values);
        });
        return weights;
    }

    private static SegmentZeroShot.Request request(
            final Path model, final List<Tile> tiles, final Naming naming, final double threshold) {
        return new SegmentZeroShot.Request(
                model,
                tiles,
                new SegmentZeroShot.Settings(2, new SegmentZeroShot.Merging.Below(threshold), 8, 3, 1),
                naming,
                CutTiles.OnFailure.FAIL,
                DeviceChoice.CPU);
    }

    private static List<Segmented> run(final SegmentZeroShot.Request request) throws Exception {
        final List<Segmented> all = new ArrayList<>();
        final SegmentZeroShot.Result result =
                SegmentZeroShot.run(request, (segmented, c) -> all.add(segmented), RunControl.silent());
        assertEquals(all.size(), result.tiles());
        return all;
    }

    private static double dice(final Segmented segmented, final int index) {
        final int[] truth = DiscTiles.mask(index, SIDE).labels();
        final int[] found = segmented.labels().orElseThrow().labels();
        double both = 0;
        double sum = 0;
        for (int i = 0; i < truth.length; i++) {
            both += truth[i] * found[i];
            sum += truth[i] + found[i];
        }
        return 2 * both / sum;
    }

    /** A network of a single level whose places look at those of their colour: discs are found, named by one labelled disc. */
    @Test
    void findsDiscsByOneLabelledPictureByPointsAndByTheirMasks() throws Exception {
        final DenoiserSpec network = plain(AttentionKind.FULL);
        final Path model = model(network, bright(network));
        final List<Tile> tiles = DiscTiles.write(folder, 6, SIDE);
        final List<Tile> rest = tiles.subList(1, 6);
        final Naming.Labelled labelled =
                new Naming.Labelled(CLASSES, SegmentRule.MAJORITY, List.of(new LabelledTile(tiles.get(0), List.of())));
        final List<Segmented> byMask = run(request(model, rest, labelled, 0.5));
        final Naming.Labelled points = new Naming.Labelled(
                CLASSES,
                SegmentRule.MAJORITY,
                List.of(new LabelledTile(
                        tiles.get(0).unlabelled(),
                        List.of(new LabelledTile.Point(5.5, 5.5, 1), new LabelledTile.Point(14, 14, 0)))));
        final List<Segmented> byPoints = run(request(model, rest, points, 0.5));
        final List<Segmented> own = run(request(model, rest, new Naming.OwnMask(CLASSES, SegmentRule.MAJORITY), 0.5));
        for (int i = 0; i < rest.size(); i++) {
            assertTrue(dice(byMask.get(i), i + 1) > 0.8, i + ": " + dice(byMask.get(i), i + 1));
            assertTrue(dice(byPoints.get(i), i + 1) > 0.8, i + ": " + dice(byPoints.get(i), i + 1));
            assertTrue(dice(own.get(i), i + 1) >= dice(byMask.get(i), i + 1) - 1e-12);
            assertEquals(own.get(i).segments(), byMask.get(i).segments());
        }
    }

    /** A tile's segments depend on it alone; in one-to-one a single segment is the disc. */
    @Test
    void theOrderOfTilesChangesNothing() throws Exception {
        final DenoiserSpec network = plain(AttentionKind.FULL);
        final Path model = model(network, bright(network));
        final List<Tile> tiles = DiscTiles.write(folder, 3, SIDE);
        final Naming own = new Naming.OwnMask(CLASSES, SegmentRule.ONE_TO_ONE);
        final List<Segmented> forth = run(request(model, tiles, own, 0.05));
        final List<Tile> reversed = new ArrayList<>(tiles);
        Collections.reverse(reversed);
        final List<Segmented> back = run(request(model, reversed, own, 0.05));
        for (int i = 0; i < 3; i++) {
            assertEquals(forth.get(i).segments(), back.get(2 - i).segments());
            assertEquals(forth.get(i).labels(), back.get(2 - i).labels());
            final Segmented one = forth.get(i);
            final int[] labels = one.labels().orElseThrow().labels();
            int disc = 0;
            for (int k = 0; k < labels.length; k++) {
                if (labels[k] == 1) {
                    disc = disc == 0 ? one.segments().labels()[k] : disc;
                    assertEquals(disc, one.segments().labels()[k], "one segment is the disc");
                }
            }
            assertTrue(disc > 0);
            assertTrue(one.segments().max() > 2, "several segments at a low threshold");
        }
    }

    /** With embeddings and in latents; without labels segments have numbers from 1. */
    @Test
    void modelsOfEveryKindAreTaken() throws Exception {
        final List<Tile> tiles = DiscTiles.write(folder, 2, SIDE);
        final DenoiserSpec told = context(3, 4);
        final AutoencoderSpec autoencoder = new AutoencoderSpec(3, 2, List.of(4, 8), 1, 2, true);
        final DenoiserSpec latent = context(2, 0);
        final Map<String, Weight> both = drawn(latent);
        InitialWeights.draw(new Autoencoder(autoencoder), 1)
                .weights()
                .forEach((name, weight) -> both.put("autoencoder." + name, weight));
        final ModelTask task = new ModelTask.Diffusion(
                PROCESS.toJson(), Optional.empty(), Optional.of(new ModelTask.Latents(2, 2, 1.5, 0.1)));
        assertEquals(List.of(16, 8, 8, 8, 8, 16, 16), told.attentionSides(16));
        for (int kind = 0; kind < 2; kind++) {
            final Path model =
                    kind == 0 ? model(told, drawn(told)) : model(latent.toJson(Optional.of(autoencoder)), both, task);
            final SegmentZeroShot.Request few = new SegmentZeroShot.Request(
                    model,
                    tiles,
                    new SegmentZeroShot.Settings(2, new SegmentZeroShot.Merging.AtMost(4), 16, 3, 1),
                    new Naming.None(),
                    CutTiles.OnFailure.FAIL,
                    DeviceChoice.CPU);
            for (final Segmented segmented : run(few)) {
                assertTrue(segmented.segments().max() <= 4);
                assertTrue(segmented.labels().isEmpty());
                assertEquals(SIDE, segmented.segments().width());
                for (final int number : segmented.segments().labels()) {
                    assertTrue(number >= 1);
                }
            }
        }
    }

    private RunFailed refused(final SegmentZeroShot.Request request) {
        return assertThrows(RunFailed.class, () -> run(request));
    }

    @Test
    void saysWhatIsWrong() throws Exception {
        final DenoiserSpec network = plain(AttentionKind.FULL);
        final List<Tile> tiles = DiscTiles.write(folder, 2, SIDE);
        final DenoiserSpec blind = plain(AttentionKind.LINEAR);
        final RunFailed noAttention = refused(request(model(blind, drawn(blind)), tiles, new Naming.None(), 0.5));
        assertTrue(noAttention.remedy().contains("Coarsest level"), noAttention.getMessage());
        final Path model = model(network, drawn(network));
        final Tile small = Tile.of(tiles.get(1).image(), Optional.empty(), 0, 0, 8, 8, 0.5, "small");
        final RunFailed size = refused(request(model, List.of(tiles.get(0), small), new Naming.None(), 0.5));
        assertTrue(size.what().contains("8 x 8") && size.where().startsWith("row 2"), size.getMessage());
        assertTrue(refused(request(model, tiles, new Naming.None(), 0)).where().contains("merge threshold"));
        final SegmentZeroShot.Request late = new SegmentZeroShot.Request(
                model,
                tiles,
                new SegmentZeroShot.Settings(100, new SegmentZeroShot.Merging.AtMost(4), 8, 3, 1),
                new Naming.None(),
                CutTiles.OnFailure.FAIL,
                DeviceChoice.CPU);
        assertTrue(refused(late).where().contains("time-step"));
        final RunFailed none =
                refused(request(model, tiles, new Naming.Labelled(CLASSES, SegmentRule.MAJORITY, List.of()), 0.5));
        assertEquals("port \"Labels\"", none.where());
        final LabelledTile unmasked = new LabelledTile(tiles.get(0).unlabelled(), List.of());
        final RunFailed mask = refused(
                request(model, tiles, new Naming.Labelled(CLASSES, SegmentRule.MAJORITY, List.of(unmasked)), 0.5));
        assertTrue(mask.what().contains("no mask"), mask.getMessage());
        final LabelledTile outside = new LabelledTile(tiles.get(0), List.of(new LabelledTile.Point(99, 0, 1)));
        final RunFailed point = refused(
                request(model, tiles, new Naming.Labelled(CLASSES, SegmentRule.MAJORITY, List.of(outside)), 0.5));
        assertTrue(point.what().contains("(99.0, 0.0)"), point.getMessage());
        Files.writeString(tiles.get(1).image(), "no picture");
        final RunFailed broken = refused(request(model, tiles, new Naming.None(), 0.5));
        assertTrue(
                broken.getMessage().contains(tiles.get(1).image().getFileName().toString()), broken.getMessage());
    }

    @Test
    void isCancelled() throws Exception {
        final DenoiserSpec network = plain(AttentionKind.FULL);
        final Path model = model(network, drawn(network));
        final List<Tile> tiles = DiscTiles.write(folder, 9, SIDE);
        assertThrows(
                RunCancelled.class,
                () -> SegmentZeroShot.run(
                        request(model, tiles, new Naming.None(), 0.5), (segmented, c) -> {}, new CancelAfter(5)));
    }

    /** Two colours and places, by hand; a segment without pixels has no look. */
    @Test
    void looksAreMeansSpreadsAndPlaces() {
        final byte[] rgb = new byte[3 * 4];
        for (int c = 0; c < 3; c++) {
            rgb[3 + c] = (byte) 255;
        }
        final Cut cut = new Cut(
                null,
                new Picture(2, 2, rgb),
                new int[] {0, 0, 1, 1},
                List.of(new float[4], new float[4], new float[4]));
        final List<double[]> looks = SegmentLook.of(cut);
        assertArrayEquals(new double[] {0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.25}, looks.get(0), 1e-12);
        assertArrayEquals(new double[] {0, 0, 0, 0, 0, 0, 0.5, 0.75}, looks.get(1), 1e-12);
        assertTrue(Double.isNaN(looks.get(2)[0]));
        assertEquals(0.25 + 0.25 + 0.25, SegmentLook.squaredDistance(looks.get(0), looks.get(1)), 1e-12);
    }
}
