package org.selfdiff.stages.encoders;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfdiff.data.MultiCrop;
import org.selfdiff.data.Tile;
import org.selfdiff.engine.DeviceChoice;
import org.selfdiff.engine.NeedsTorch;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.PngEncoder;
import org.selfdiff.imaging.SeededRandom;
import org.selfdiff.model.ModelTask;
import org.selfdiff.nn.vit.DinoHead;
import org.selfdiff.nn.vit.VitSpec;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.compute.CancelAtCheckpoint;
import org.selfdiff.stages.compute.ComputeSession;
import org.selfdiff.train.Precision;
import org.selfdiff.train.TrainingPlan;
import org.selfdiff.weights.SafeTensors;
import org.selfdiff.weights.Weight;

@NeedsTorch.Engine
class LearnDinoTest {
    private static final int SIDE = 16;

    private static final int TILES = 48;

    @TempDir
    Path folder;

    /** Dark stripes and light checks alternately, of any phase and contrast, with noise. */
    private static Picture picture(final int index) {
        final SeededRandom random = new SeededRandom(11, index);
        final int dx = random.nextInt(4);
        final int dy = random.nextInt(4);
        final double middle = random.between(60, 100) + (index % 2 == 0 ? 0 : 80);
        final double contrast = random.between(10, 40);
        final byte[] rgb = new byte[3 * SIDE * SIDE];
        for (int i = 0; i < SIDE * SIDE; i++) {
            final int row = (i / SIDE + dy) / 2 % 2;
            final int column = index % 2 == 0 ? 0 : (i % SIDE + dx) / 2 % 2;
            final double grey = middle + ((row ^ column) == 0 ? contrast : -contrast) + 8 * random.gaussian();
            for (int c = 0; c < 3; c++) {
                rgb[3 * i + c] = (byte) Math.max(0, Math.min(255, Math.round(grey)));
            }
        }
        return new Picture(SIDE, SIDE, rgb);
    }

    private List<Tile> tiles() throws Exception {
        final List<Tile> tiles = new ArrayList<>();
        for (int i = 0; i < TILES; i++) {
            final Path file = folder.resolve("tile" + i + ".png");
            Files.write(file, PngEncoder.picture(picture(i)));
            tiles.add(Tile.of(file, Optional.empty(), 0, 0, SIDE, SIDE, 0.5, "g" + i));
        }
        return tiles;
    }

    private LearnDino.Request request(final int steps, final int patch, final long seed, final String name)
            throws Exception {
        return new LearnDino.Request(
                tiles(),
                new VitSpec(1, patch, 16, 1, 2, 64, false, false, 0, VitSpec.Positions.dino(SIDE / patch), 1e-6),
                new MultiCrop(SIDE, 8, 4, false, 0.3),
                new DinoHead(16, 32, 16, 32),
                new TrainingPlan(
                        TrainingPlan.Length.ofSteps(steps),
                        16,
                        new TrainingPlan.AdamW(3e-3, 0.9, 0.999, 0.04, 1e-8),
                        10,
                        0.1,
                        0.9,
                        3,
                        Precision.FP32,
                        Math.max(1, steps / 20),
                        Duration.ofHours(1)),
                0.1,
                0.04,
                seed,
                DeviceChoice.parse("cpu"),
                Optional.empty(),
                folder.resolve(name));
    }

    /** Share of new pictures whose nearest mean of embeddings is that of their kind. */
    private double probe(final Path model) throws Exception {
        final Encoder encoder = Encoder.open(model, Pooling.GLOBAL);
        final List<Picture> pictures = new ArrayList<>();
        for (int i = 0; i < 3 * TILES; i++) {
            pictures.add(picture(i));
        }
        try (ComputeSession session =
                        ComputeSession.open(DeviceChoice.parse("cpu"), Precision.FP32, "test", RunControl.silent());
                EncoderOnDevice onDevice = EncoderOnDevice.open(encoder, session, 1)) {
            final List<float[]> rows = onDevice.embed(pictures, RunControl.silent());
            final double[][] means = new double[2][16];
            for (int i = 0; i < TILES; i++) {
                for (int k = 0; k < 16; k++) {
                    means[i % 2][k] += rows.get(i)[k] * 2.0 / TILES;
                }
            }
            int right = 0;
            for (int i = TILES; i < rows.size(); i++) {
                final double[] distance = new double[2];
                for (int k = 0; k < 16; k++) {
                    for (int kind = 0; kind < 2; kind++) {
                        distance[kind] += Math.pow(rows.get(i)[k] - means[kind][k], 2);
                    }
                }
                right += (distance[0] < distance[1] ? 0 : 1) == i % 2 ? 1 : 0;
            }
            return right / (double) (rows.size() - TILES);
        }
    }

    @Test
    void embeddingsTellKindsApartAndDoNotCollapse() throws Exception {
        final LearnDino.Request after = request(80, 4, 3, "model");
        final LearnDino.Result result = LearnDino.run(after, RunControl.silent());
        final double trained = probe(after.modelFile());
        assertTrue(trained > 0.9, trained + " right");
        assertTrue(result.spread().information() > 0.1, result.spread().toString());
        final ModelTask.Encoder task = (ModelTask.Encoder) result.card().task();
        assertEquals("DINO ViT-16/4, trained on 48 tiles", task.name());
        assertEquals(SIDE, result.card().pixels("card").side());
    }

    @Test
    void theSameSeedMakesTheSameModel() throws Exception {
        final List<List<Weight>> weights = new ArrayList<>();
        for (final long seed : new long[] {5, 5, 6}) {
            final LearnDino.Request request = request(3, 4, seed, "seed" + weights.size());
            LearnDino.run(request, RunControl.silent());
            try (SafeTensors file = SafeTensors.open(request.modelFile())) {
                final List<Weight> all = new ArrayList<>();
                for (final String name : file.tensors().keySet()) {
                    all.add(new Weight(file.tensors().get(name).shape(), file.floats(name)));
                }
                weights.add(all);
            }
        }
        assertEquals(weights.get(0), weights.get(1));
        assertNotEquals(weights.get(0), weights.get(2));
    }

    @Test
    void aStoppedTrainingEndsWithTheSameBytes() throws Exception {
        final LearnDino.Request whole = request(12, 4, 7, "whole");
        final LearnDino.Result expected = LearnDino.run(whole, RunControl.silent());
        final Path states = folder.resolve("states");
        final LearnDino.Request stopped = with(request(12, 4, 7, "stopped"), states);
        final CancelAtCheckpoint control = new CancelAtCheckpoint(states, 5);
        assertThrows(RunCancelled.class, () -> LearnDino.run(stopped, control));
        assertTrue(control.reached() >= 5 && control.reached() < 12, control.reached() + " steps");
        assertFalse(Files.exists(stopped.modelFile()));
        final LearnDino.Result actual = LearnDino.run(stopped, RunControl.silent());
        assertArrayEquals(Files.readAllBytes(whole.modelFile()), Files.readAllBytes(stopped.modelFile()));
        assertEquals(expected.spread(), actual.spread());
        assertEquals(expected.log().checks(), actual.log().checks());
        for (int i = 0; i < 12; i++) {
            assertEquals(
                    expected.log().entries().get(i).loss(),
                    actual.log().entries().get(i).loss());
        }
    }

    /** States are kept after every step. */
    private static LearnDino.Request with(final LearnDino.Request r, final Path states) {
        final TrainingPlan p = r.plan();
        return new LearnDino.Request(
                r.tiles(),
                r.network(),
                r.views(),
                r.head(),
                new TrainingPlan(
                        p.length(),
                        p.batchSize(),
                        p.optimiser(),
                        p.warmupSteps(),
                        p.finalRate(),
                        p.emaDecay(),
                        p.clipNorm(),
                        p.precision(),
                        p.validateEvery(),
                        Duration.ofNanos(1)),
                r.finalDecay(),
                r.temperature(),
                r.seed(),
                r.device(),
                Optional.of(states),
                r.modelFile());
    }

    /** Equal tiles cannot be told apart, whatever is learnt: the teacher says the same of all. */
    @Test
    void aTrainingThatCollapsesIsStoppedWithAWarning() throws Exception {
        final LearnDino.Request usual = request(80, 4, 3, "collapsed");
        final Path file = folder.resolve("same.png");
        Files.write(file, PngEncoder.picture(picture(0)));
        final List<Tile> same = new ArrayList<>();
        for (int i = 0; i < TILES; i++) {
            same.add(Tile.of(file, Optional.empty(), 0, 0, SIDE, SIDE, 0.5, "g" + i));
        }
        final List<String> warnings = Collections.synchronizedList(new ArrayList<>());
        final LearnDino.Result result = LearnDino.run(
                new LearnDino.Request(
                        same,
                        usual.network(),
                        usual.views(),
                        usual.head(),
                        usual.plan(),
                        usual.finalDecay(),
                        usual.temperature(),
                        usual.seed(),
                        usual.device(),
                        usual.checkpoints(),
                        usual.modelFile()),
                new RunControl() {
                    @Override
                    public boolean isCancelled() {
                        return false;
                    }

                    @Override
                    public void progress(final double fraction, final String message) {
                        // not looked at
                    }

                    @Override
                    public void warn(final String message) {
                        warnings.add(message);
                    }
                });
        assertEquals(20, result.log().entries().size(), "stopped at a quarter");
        assertEquals(1, warnings.size(), warnings.toString());
        assertTrue(warnings.get(0).contains("collapsed: after 20 of 80 steps"), warnings.get(0));
        assertTrue(result.card().training().get("stopped").getAsString().contains("collapsed"));
        assertEquals(5, result.log().checks().size(), "the entropy of every fourth step is in the log");
    }

    @Test
    void viewsThatAreNoMultiplesOfThePatchAreRefused() throws Exception {
        final LearnDino.Request request = request(1, 16, 1, "none");
        final RunFailed failed = assertThrows(RunFailed.class, () -> LearnDino.run(request, RunControl.silent()));
        assertTrue(failed.getMessage().contains("8 pixels"), failed.getMessage());
    }

    @Test
    void bothWaysOfCollapseLeaveNoInformation() {
        final OutputSpread.Sum same = new OutputSpread.Sum();
        final OutputSpread.Sum even = new OutputSpread.Sum();
        final OutputSpread.Sum apart = new OutputSpread.Sum();
        for (int i = 0; i < 8; i++) {
            same.add(new float[] {1, 0, 0, 0});
            even.add(new float[] {0.25f, 0.25f, 0.25f, 0.25f});
            final float[] own = new float[4];
            own[i % 4] = 1;
            apart.add(own);
        }
        assertEquals(0, same.spread().information(), 1e-9);
        assertEquals(0, same.spread().entropy(), 1e-9);
        assertEquals(0, even.spread().information(), 1e-9);
        assertEquals(Math.log(4), even.spread().entropy(), 1e-9);
        assertEquals(Math.log(4), apart.spread().information(), 1e-9);
    }
}
