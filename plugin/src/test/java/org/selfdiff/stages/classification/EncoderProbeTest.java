package org.selfdiff.stages.classification;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfdiff.data.BatchSettings;
import org.selfdiff.data.MultiCrop;
import org.selfdiff.data.Tile;
import org.selfdiff.engine.DeviceChoice;
import org.selfdiff.engine.NeedsTorch;
import org.selfdiff.imaging.DecodeLimits;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.Pictures;
import org.selfdiff.imaging.PngEncoder;
import org.selfdiff.imaging.phantom.Phantom;
import org.selfdiff.nn.vit.DinoHead;
import org.selfdiff.nn.vit.VitSpec;
import org.selfdiff.run.RunControl;
import org.selfdiff.stages.encoders.EmbedTiles;
import org.selfdiff.stages.encoders.LearnDino;
import org.selfdiff.stages.encoders.Pooling;
import org.selfdiff.stages.slides.CutTiles;
import org.selfdiff.train.Precision;
import org.selfdiff.train.TrainingPlan;

/**
 * What a linear probe makes of embeddings that were learnt without labels, of those of the same network before training,
 * and of means and deviations of the colours: balanced accuracy on pictures that neither the encoder nor the probe has
 * seen. Prints its table. It takes longer than a test may, and runs only where {@code -Dselfdiff.probe.steps=800} says how
 * many steps an encoder is trained.
 */
@Tag("slow")
@NeedsTorch.Engine
class EncoderProbeTest {
    private static final int STEPS = Integer.getInteger("selfdiff.probe.steps", 0);

    private static final Path TEXTURES = Path.of("../../shared/data/colorectal-textures");

    private static final int SIDE = 48;

    private static final int WIDTH = 64;

    @TempDir
    Path folder;

    @BeforeEach
    void onlyWhenWanted() {
        Assumptions.assumeTrue(STEPS > 0, "runs with -Dselfdiff.probe.steps=800 only");
    }

    /** A picture of a class; folds are held out in turn. */
    private record Example(Picture picture, int label, int fold) {}

    /** Balanced accuracies, mean over folds. */
    private record Scores(double colours, double untrained, double trained) {}

    /** Three pictures of each of eight kinds of tissue, nine tiles of each; one picture of each kind is held out. */
    @Test
    void tissueOfPicturesThatWereNotSeen() throws Exception {
        Assumptions.assumeTrue(Files.isDirectory(TEXTURES), TEXTURES + " is absent");
        final List<Example> known = new ArrayList<>();
        final List<Example> dense = new ArrayList<>();
        final List<Path> kinds = list(TEXTURES).filter(Files::isDirectory).toList();
        for (int kind = 0; kind < kinds.size(); kind++) {
            final List<Path> files = list(kinds.get(kind)).toList();
            for (int i = 0; i < files.size(); i++) {
                final Picture picture = Pictures.read(files.get(i), DecodeLimits.standard());
                for (final Picture tile : cut(picture, 64, 3)) {
                    known.add(new Example(tile, kind, i));
                }
                for (final Picture tile : cut(picture, 64, 5)) {
                    dense.add(new Example(tile, kind, i));
                }
            }
        }
        final Scores scores = scores("colorectal textures", known, dense, 3, kinds.size());
        assertTrue(scores.trained > scores.untrained, scores.toString());
    }

    /** Four kinds of tissue, every picture stained in its own way. */
    @Test
    void scenesOfPhantoms() throws Exception {
        final List<String> scenes = List.of("glands", "stroma", "inflamed", "sheet");
        final List<Example> all = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            final Phantom phantom = Phantom.draw(96, 96, 1, 7, i, RunControl.silent());
            all.add(new Example(phantom.picture(), scenes.indexOf(phantom.scene()), i % 2));
        }
        final Scores scores = scores("phantom, scenes", all, all, 1, 4);
        assertTrue(scores.trained > scores.untrained, scores.toString());
    }

    private static Stream<Path> list(final Path path) throws Exception {
        try (Stream<Path> all = Files.list(path)) {
            return all.sorted().toList().stream();
        }
    }

    private static List<Picture> cut(final Picture picture, final int side, final int across) {
        final List<Picture> tiles = new ArrayList<>();
        for (int i = 0; i < across * across; i++) {
            final int left = i % across * (picture.width() - side) / (across - 1);
            final int top = i / across * (picture.height() - side) / (across - 1);
            final byte[] rgb = new byte[3 * side * side];
            for (int row = 0; row < side; row++) {
                System.arraycopy(
                        picture.rgb(), 3 * ((top + row) * picture.width() + left), rgb, 3 * row * side, 3 * side);
            }
            tiles.add(new Picture(side, side, rgb));
        }
        return tiles;
    }

    private Scores scores(
            final String name,
            final List<Example> examples,
            final List<Example> unlabelled,
            final int folds,
            final int classes)
            throws Exception {
        final List<float[]> colours =
                examples.stream().map(e -> statistics(e.picture)).toList();
        double plain = 0;
        double untrained = 0;
        double trained = 0;
        for (int fold = 0; fold < folds; fold++) {
            final int held = fold;
            final List<Tile> tiles = write(
                    name + fold, unlabelled.stream().filter(e -> e.fold != held).toList());
            plain += accuracy(colours, examples, fold, classes) / folds;
            untrained += accuracy(embedded(learn(tiles, 0), examples), examples, fold, classes) / folds;
            trained += accuracy(embedded(learn(tiles, STEPS), examples), examples, fold, classes) / folds;
        }
        System.out.printf(Locale.ROOT, "| %s | %d | %.3f | %.3f | %.3f |%n", name, STEPS, plain, untrained, trained);
        return new Scores(plain, untrained, trained);
    }

    private List<Tile> write(final String name, final List<Example> examples) throws Exception {
        final Path sub = Files.createDirectories(folder.resolve(name));
        final List<Tile> tiles = new ArrayList<>();
        for (int i = 0; i < examples.size(); i++) {
            final Picture picture = examples.get(i).picture;
            final Path file = sub.resolve(i + ".png");
            Files.write(file, PngEncoder.picture(picture));
            tiles.add(Tile.of(file, Optional.empty(), 0, 0, picture.width(), picture.height(), 0.5, "g" + i));
        }
        return tiles;
    }

    /** An encoder; with no steps it is what its training starts from. */
    private Path learn(final List<Tile> tiles, final int steps) throws Exception {
        final Path file = folder.resolve("model" + System.nanoTime() + ".safetensors");
        LearnDino.run(
                new LearnDino.Request(
                        tiles,
                        new VitSpec(
                                BatchSettings.COLOUR,
                                8,
                                WIDTH,
                                2,
                                2,
                                4 * WIDTH,
                                false,
                                false,
                                0,
                                VitSpec.Positions.dino(SIDE / 8),
                                1e-6),
                        new MultiCrop(SIDE, SIDE / 2, 4, true, 0.4),
                        new DinoHead(WIDTH, 128, 64, 128),
                        new TrainingPlan(
                                TrainingPlan.Length.ofSteps(Math.max(1, steps)),
                                steps == 0 ? 2 : 32,
                                new TrainingPlan.AdamW(steps == 0 ? 1e-12 : 5e-4, 0.9, 0.999, 0.04, 1e-8),
                                steps / 10,
                                0.01,
                                0.996,
                                3,
                                Precision.FP32,
                                Math.max(1, steps),
                                Duration.ofHours(1)),
                        0.4,
                        0.03,
                        1,
                        DeviceChoice.parse("cpu"),
                        Optional.empty(),
                        file),
                RunControl.silent());
        return file;
    }

    private List<float[]> embedded(final Path model, final List<Example> examples) throws Exception {
        final List<float[]> rows = new ArrayList<>();
        EmbedTiles.run(
                new EmbedTiles.Request(
                        model,
                        write("all", examples),
                        Pooling.BOTH,
                        1,
                        CutTiles.OnFailure.FAIL,
                        DeviceChoice.parse("cpu"),
                        Optional.empty(),
                        Optional.empty()),
                encodedBy -> (index, embedding) -> rows.add(embedding.orElseThrow()),
                RunControl.silent());
        return rows;
    }

    /** Means and deviations of the channels. */
    private static float[] statistics(final Picture picture) {
        final byte[] rgb = picture.rgb();
        final int n = rgb.length / 3;
        final float[] row = new float[6];
        for (int c = 0; c < 3; c++) {
            double sum = 0;
            double squares = 0;
            for (int i = c; i < rgb.length; i += 3) {
                sum += rgb[i] & 0xff;
                squares += (rgb[i] & 0xff) * (rgb[i] & 0xff);
            }
            row[c] = (float) (sum / n);
            row[3 + c] = (float) Math.sqrt(Math.max(0, squares / n - sum / n * (sum / n)));
        }
        return row;
    }

    /** Mean share of each class that the probe finds. */
    private static double accuracy(
            final List<float[]> rows, final List<Example> examples, final int fold, final int classes)
            throws Exception {
        final List<float[]> x = new ArrayList<>();
        final List<double[]> y = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            if (examples.get(i).fold != fold) {
                x.add(rows.get(i));
                final double[] one = new double[classes];
                one[examples.get(i).label] = 1;
                y.add(one);
            }
        }
        final double[] weight = new double[x.size()];
        Arrays.fill(weight, 1);
        final LogisticRegression.Fit fit =
                LogisticRegression.fit(x, y.toArray(double[][]::new), weight, 1, true, RunControl.silent());
        final int[] right = new int[classes];
        final int[] all = new int[classes];
        for (int i = 0; i < rows.size(); i++) {
            final Example example = examples.get(i);
            if (example.fold == fold) {
                all[example.label]++;
                right[example.label] += most(fit, rows.get(i)) == example.label ? 1 : 0;
            }
        }
        double sum = 0;
        for (int c = 0; c < classes; c++) {
            sum += right[c] / (double) all[c];
        }
        return sum / classes;
    }

    private static int most(final LogisticRegression.Fit fit, final float[] row) {
        int best = 0;
        double highest = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < fit.bias().length; c++) {
            double value = fit.bias()[c];
            for (int k = 0; k < row.length; k++) {
                value += fit.weight()[c][k] * row[k];
            }
            if (value > highest) {
                highest = value;
                best = c;
            }
        }
        return best;
    }
}
