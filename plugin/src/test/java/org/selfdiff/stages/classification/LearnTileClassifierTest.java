package org.selfdiff.stages.classification;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfdiff.data.Augmentation;
import org.selfdiff.data.Embeddings;
import org.selfdiff.data.EncodedBy;
import org.selfdiff.data.Tile;
import org.selfdiff.engine.DeviceChoice;
import org.selfdiff.engine.NeedsTorch;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.PngEncoder;
import org.selfdiff.imaging.SeededRandom;
import org.selfdiff.model.ModelFile;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.train.Precision;
import org.selfdiff.train.TrainingPlan;

/** Pictures of noise with a square or not; or with stripes, or with both. */
@NeedsTorch.Engine
class LearnTileClassifierTest {
    private static final int SIDE = 16;

    @TempDir
    Path folder;

    private Tile tile(final String name, final boolean square, final boolean stripes, final long seed)
            throws Exception {
        final SeededRandom random = new SeededRandom(seed);
        final int left = 1 + random.nextInt(SIDE - 8);
        final int top = 1 + random.nextInt(SIDE - 8);
        final byte[] rgb = new byte[3 * SIDE * SIDE];
        for (int i = 0; i < SIDE * SIDE; i++) {
            final int x = i % SIDE;
            final int y = i / SIDE;
            int level = 80 + random.nextInt(40);
            level += square && x >= left && x < left + 6 && y >= top && y < top + 6 ? 90 : 0;
            level += stripes && x % 4 < 2 ? 60 : 0;
            Arrays.fill(rgb, 3 * i, 3 * i + 3, (byte) level);
        }
        final Path file = folder.resolve(name + ".png");
        Files.write(file, PngEncoder.picture(new Picture(SIDE, SIDE, rgb)));
        return Tile.of(file, Optional.empty(), 0, 0, SIDE, SIDE, Double.NaN, name)
                .withChannels(1);
    }

    private LabelledTiles squares(final String set, final int count, final long seed) throws Exception {
        final List<Tile> tiles = new ArrayList<>();
        final List<boolean[]> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            tiles.add(tile(set + i, i % 2 == 1, false, SeededRandom.mix(seed, i)));
            rows.add(new boolean[] {i % 2 == 0, i % 2 == 1});
        }
        return new LabelledTiles(tiles, new Labels(List.of("none", "square"), false, rows));
    }

    private static ClassifierSettings settings(final int steps) {
        return new ClassifierSettings(
                8,
                2,
                1,
                Augmentation.light(),
                true,
                new TrainingPlan(
                        TrainingPlan.Length.ofSteps(steps),
                        8,
                        new TrainingPlan.AdamW(5e-3, 0.9, 0.999, 0.01, 1e-8),
                        2,
                        0.1,
                        0.9,
                        1,
                        Precision.FP32,
                        10,
                        Duration.ZERO),
                DeviceChoice.CPU);
    }

    private LearnTileClassifier.Request request(
            final LabelledTiles real, final int steps, final double share, final String model) {
        return new LearnTileClassifier.Request(
                real,
                Optional.empty(),
                0,
                HeldOut.ofGroups(share),
                settings(steps),
                1,
                Optional.empty(),
                folder.resolve(model));
    }

    private List<double[]> predicted(final String model, final List<Tile> tiles) throws Exception {
        return PredictTileClasses.run(
                new PredictTileClasses.Request(
                        folder.resolve(model), new PredictTileClasses.Shown.Pictures(tiles), 8, DeviceChoice.CPU),
                RunControl.silent());
    }

    private static double accuracy(final List<double[]> p, final LabelledTiles truth, final int k) {
        int right = 0;
        for (int i = 0; i < p.size(); i++) {
            right += p.get(i)[k] > 0.5 == truth.labels().rows().get(i)[k] ? 1 : 0;
        }
        return (double) right / p.size();
    }

    @Tag("slow")
    @Test
    void findsSquaresAndIsTheSameEveryTime() throws Exception {
        final LabelledTiles real = squares("real", 40, 1);
        final LabelledTiles test = squares("test", 40, 2);
        final LearnTileClassifier.Result result =
                LearnTileClassifier.run(request(real, 50, 0.25, "one"), RunControl.silent());
        assertEquals(30, result.training());
        assertEquals(10, result.validation());
        assertFalse(result.log().checks().isEmpty());
        assertEquals(
                List.of("none", "square"),
                result.card().classes().stream().map(c -> c.name()).toList());
        assertEquals(1, result.card().pixels("model").channels());
        final List<double[]> p = predicted("one", test.tiles());
        assertTrue(accuracy(p, test, 1) >= 0.9, "accuracy " + accuracy(p, test, 1));
        assertEquals(1, p.get(0)[0] + p.get(0)[1], 1e-9);
        assertArrayEquals(p.get(7), predicted("one", test.tiles().subList(7, 8)).get(0), "alone as beside others");
        LearnTileClassifier.run(request(real, 50, 0.25, "two"), RunControl.silent());
        assertEquals(ModelFile.fingerprint(folder.resolve("one")), ModelFile.fingerprint(folder.resolve("two")));
    }

    @Tag("slow")
    @Test
    void severalLabelsAtOnce() throws Exception {
        final List<Tile> tiles = new ArrayList<>();
        final List<boolean[]> rows = new ArrayList<>();
        for (int i = 0; i < 48; i++) {
            tiles.add(tile("m" + i, i % 2 == 1, i / 2 % 2 == 1, 100 + i));
            rows.add(new boolean[] {i % 2 == 1, i / 2 % 2 == 1});
        }
        final LabelledTiles all = new LabelledTiles(tiles, new Labels(List.of("square", "stripes"), true, rows));
        final List<Integer> first = IntStream.range(0, 36).boxed().toList();
        final LabelledTiles test = all.at(IntStream.range(36, 48).boxed().toList());
        LearnTileClassifier.run(request(all.at(first), 100, 0, "m"), RunControl.silent());
        final List<double[]> p = predicted("m", test.tiles());
        assertTrue(accuracy(p, test, 0) >= 0.75, "squares " + accuracy(p, test, 0));
        assertTrue(accuracy(p, test, 1) >= 0.75, "stripes " + accuracy(p, test, 1));
    }

    @Test
    void syntheticTilesAreAddedToTrainingAlone() throws Exception {
        final LabelledTiles real = squares("real", 8, 1);
        final LearnTileClassifier.Request plain = request(real, 2, 0.25, "s");
        final LearnTileClassifier.Result result = LearnTileClassifier.run(
                new LearnTileClassifier.Request(
                        real,
                        Optional.of(squares("synthetic", 20, 3)),
                        1.5,
                        plain.heldOut(),
                        plain.settings(),
                        1,
                        Optional.empty(),
                        plain.modelFile()),
                RunControl.silent());
        assertEquals(6, result.training());
        assertEquals(2, result.validation());
        assertEquals(9, result.synthetic());
        assertEquals(9, result.card().training().get("syntheticTiles").getAsInt());
    }

    @Test
    void cancelledTrainingEndsWithTheSameBytes() throws Exception {
        final LabelledTiles real = squares("real", 12, 1);
        final LearnTileClassifier.Request plain = request(real, 24, 0, "whole");
        LearnTileClassifier.run(plain, RunControl.silent());
        final LearnTileClassifier.Request resumed = new LearnTileClassifier.Request(
                real,
                Optional.empty(),
                0,
                plain.heldOut(),
                plain.settings(),
                1,
                Optional.of(folder.resolve("states")),
                folder.resolve("resumed"));
        assertThrows(RunCancelled.class, () -> LearnTileClassifier.run(resumed, new WhenSaved()));
        assertFalse(Files.exists(folder.resolve("resumed")));
        LearnTileClassifier.run(resumed, RunControl.silent());
        assertEquals(ModelFile.fingerprint(folder.resolve("whole")), ModelFile.fingerprint(folder.resolve("resumed")));
    }

    /** Cancels as soon as there is a state to go on from. */
    private final class WhenSaved implements RunControl {
        @Override
        public boolean isCancelled() {
            final File[] states = folder.resolve("states").toFile().listFiles();
            return states != null
                    && Arrays.stream(states).anyMatch(f -> f.getName().endsWith(".checkpoint.safetensors"));
        }

        @Override
        public void progress(final double fraction, final String message) {
            // nobody looks
        }

        @Override
        public void warn(final String message) {
            // nobody is listening
        }
    }

    @Test
    void whatDoesNotFitIsNamed() throws Exception {
        final LabelledTiles real = squares("real", 4, 1);
        LearnTileClassifier.run(request(real, 1, 0, "m"), RunControl.silent());
        final Tile small = Tile.of(real.tiles().get(0).image(), Optional.empty(), 0, 0, 8, 8, Double.NaN, "g");
        final RunFailed size = assertThrows(
                RunFailed.class, () -> predicted("m", List.of(real.tiles().get(0), small)));
        assertEquals("The tile has 8 x 8 pixels, the model was trained on 16 x 16", size.what());
        assertTrue(size.where().startsWith("row 2"), size.where());
        assertEquals(List.of(), predicted("m", List.of()));
        final RunFailed one = assertThrows(
                RunFailed.class,
                () -> LearnTileClassifier.run(request(real.at(List.of(0, 1, 2)), 1, 0, "x"), RunControl.silent()));
        assertEquals("There is one picture of the class \"square\"", one.what());
    }

    /** The probe's model through its file: the same numbers, and no other encoder's embeddings. */
    @Test
    void probeKnowsItsEncoder() throws Exception {
        final EncodedBy dino = new EncodedBy("DINO", "0123456789", 2);
        final List<float[]> x = new ArrayList<>();
        final List<boolean[]> rows = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            x.add(new float[] {i, i % 3});
            rows.add(new boolean[] {i < 6, i >= 6});
        }
        final Labels labels = new Labels(List.of("low", "high"), false, rows);
        final Path file = folder.resolve("probe");
        FitLinearProbe.run(
                new FitLinearProbe.Request(
                        new FitLinearProbe.LabelledEmbeddings(new Embeddings(x, 2, Optional.of(dino)), labels),
                        Optional.empty(),
                        0,
                        Optional.empty(),
                        new ProbeSettings(1, true, true),
                        1,
                        file),
                RunControl.silent());
        final List<double[]> p = shown(file, new Embeddings(x, 2, Optional.of(dino)));
        final LinearProbe direct = LinearProbe.fit(x, labels, new ProbeSettings(1, true, true), RunControl.silent());
        for (int i = 0; i < 12; i++) {
            assertArrayEquals(direct.probabilities(x.get(i)), p.get(i));
            assertEquals(i >= 6, p.get(i)[1] > 0.5);
        }
        final RunFailed other = assertThrows(
                RunFailed.class,
                () -> shown(file, new Embeddings(x, 2, Optional.of(new EncodedBy("UNI", "abcdef", 2)))));
        assertTrue(other.what().contains("UNI") && other.what().contains("DINO"), other.what());
        assertTrue(assertThrows(
                        RunFailed.class,
                        () -> predicted("probe", squares("r", 2, 1).tiles()))
                .what()
                .contains("is shown pictures"));
    }

    private static List<double[]> shown(final Path model, final Embeddings embeddings) throws Exception {
        return PredictTileClasses.run(
                new PredictTileClasses.Request(
                        model, new PredictTileClasses.Shown.Vectors(embeddings), 8, DeviceChoice.CPU),
                RunControl.silent());
    }
}
