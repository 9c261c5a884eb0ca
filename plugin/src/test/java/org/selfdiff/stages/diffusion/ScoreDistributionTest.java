package org.selfdiff.stages.diffusion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.selfdiff.metrics.Golden.same;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.selfdiff.data.Embeddings;
import org.selfdiff.data.EncodedBy;
import org.selfdiff.metrics.Golden;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.weights.SafeTensors;

class ScoreDistributionTest {
    private static final ScoreDistribution.Settings SETTINGS =
            new ScoreDistribution.Settings(8, 10, 60, 5, 10_000, 3, 1);

    private static final EncodedBy INCEPTION = new EncodedBy("Inception (pytorch-fid)", "1234567890", 16);

    private static PictureSet golden(final String tensor, final String name, final EncodedBy by) throws Exception {
        final Path file = Path.of(Golden.class
                .getResource("/metrics/distribution_features.safetensors")
                .toURI());
        try (SafeTensors tensors = SafeTensors.open(file)) {
            final float[] values = tensors.floats(tensor);
            final List<float[]> rows = new ArrayList<>();
            for (int i = 0; i < values.length; i += 16) {
                rows.add(Arrays.copyOfRange(values, i, i + 16));
            }
            return set(name, rows, 16, Optional.ofNullable(by), Optional.empty());
        }
    }

    private static PictureSet set(
            final String name,
            final List<float[]> rows,
            final int width,
            final Optional<EncodedBy> by,
            final Optional<List<String>> classes) {
        return new PictureSet(
                name,
                new Embeddings(rows, width, by),
                IntStream.range(0, rows.size()).mapToObj(i -> name + i).toList(),
                classes);
    }

    private static List<float[]> normal(final long seed, final int count, final int width, final double mean) {
        final Random random = new Random(seed);
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    final float[] row = new float[width];
                    for (int k = 0; k < width; k++) {
                        row[k] = (float) (mean + random.nextGaussian());
                    }
                    return row;
                })
                .toList();
    }

    private static DistributionScore find(
            final List<DistributionScore> scores, final String pictures, final String name) {
        return scores.stream()
                .filter(s -> s.pictures().equals(pictures) && s.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " in " + scores));
    }

    @Test
    void goldenSetsWithTheNamesThatTheirEncoderDeserves() throws Exception {
        final ScoreDistribution.Result result = ScoreDistribution.run(
                new ScoreDistribution.Request(
                        golden("real", "real", INCEPTION),
                        golden("generated", "synthetic", INCEPTION),
                        Optional.empty(),
                        SETTINGS),
                RunControl.silent());
        final JsonObject distance = Golden.cases(Golden.read("distribution"), "fid_from_features")
                .get(0)
                .getAsJsonObject("expected");
        final DistributionScore fid = find(result.scores(), DistributionScore.ALL, "FID");
        same(distance.get("pytorch_fid"), fid.value(), 1e-10, "FID");
        assertEquals(300, fid.first());
        assertEquals(300, fid.second());
        final JsonObject prdc = Golden.cases(Golden.read("distribution"), "prdc")
                .get(0)
                .getAsJsonObject("expected")
                .getAsJsonObject("prdc");
        for (final String name : List.of("Precision", "Recall", "Density", "Coverage")) {
            same(
                    prdc.get(name.toLowerCase(java.util.Locale.ROOT)),
                    find(result.scores(), DistributionScore.ALL, name).value(),
                    1e-12,
                    name);
        }
        final DistributionScore kid = find(result.scores(), DistributionScore.ALL, "KID");
        assertEquals(0.41, kid.value(), 4 * kid.deviation() / Math.sqrt(10));
        final DistributionScore infinite =
                find(result.scores(), DistributionScore.ALL, "FID, infinitely many synthetic pictures");
        assertTrue(infinite.value() < fid.value(), "fewer pictures are farther apart");
        assertEquals(3, result.pairs().size());
        assertTrue(result.pairs().get(0).pair().distance()
                <= result.pairs().get(1).pair().distance());
        final ScoreDistribution.Result other = ScoreDistribution.run(
                new ScoreDistribution.Request(
                        golden("real", "real", null),
                        golden("generated", "synthetic", null),
                        Optional.empty(),
                        SETTINGS),
                RunControl.silent());
        assertEquals(
                fid.value(),
                find(other.scores(), DistributionScore.ALL, "FD (unknown encoder)")
                        .value());
    }

    @Test
    void copiesShowBesideHeldOutPictures() throws Exception {
        final List<float[]> training = normal(1, 300, 12, 0);
        final List<float[]> copies = new ArrayList<>(normal(2, 50, 12, 0));
        copies.addAll(training.subList(20, 70));
        final List<DistributionScore> scores = ScoreDistribution.run(
                        new ScoreDistribution.Request(
                                set("real", training, 12, Optional.empty(), Optional.empty()),
                                set("synthetic", copies, 12, Optional.empty(), Optional.empty()),
                                Optional.of(
                                        set("held-out", normal(3, 100, 12, 0), 12, Optional.empty(), Optional.empty())),
                                SETTINGS),
                        RunControl.silent())
                .scores();
        final double closer = find(
                        scores, DistributionScore.ALL, "Share nearer than the nearest twentieth of held-out pictures")
                .value();
        assertEquals(0.525, closer, 0.05, "half are copies, and a twentieth of the others is as near");
        assertTrue(find(scores, DistributionScore.ALL, "Authenticity").value() < 0.5);
        assertTrue(
                find(scores, DistributionScore.ALL, "FD (unknown encoder), held-out pictures instead of synthetic ones")
                                .value()
                        < 1.5);
    }

    @Test
    void classesAreScoredByThemselves() throws Exception {
        final List<float[]> real = new ArrayList<>(normal(1, 60, 6, 0));
        real.addAll(normal(2, 60, 6, 5));
        final List<float[]> synthetic = new ArrayList<>(normal(3, 60, 6, 0));
        synthetic.addAll(normal(4, 60, 6, 8));
        final List<String> classes =
                IntStream.range(0, 120).mapToObj(i -> i < 60 ? "well" : "ill").toList();
        final ScoreDistribution.Request request = new ScoreDistribution.Request(
                set("real", real, 6, Optional.empty(), Optional.of(classes)),
                set("synthetic", synthetic, 6, Optional.empty(), Optional.of(classes)),
                Optional.empty(),
                SETTINGS);
        final List<DistributionScore> scores =
                ScoreDistribution.run(request, RunControl.silent()).scores();
        assertEquals(6 * 9, find(scores, "ill", "FD (unknown encoder)").value(), 6);
        assertTrue(find(scores, "well", "FD (unknown encoder)").value() < 1);
        assertEquals(60, find(scores, "ill", "Precision").first());
        assertEquals(scores, ScoreDistribution.run(request, RunControl.silent()).scores(), "the seed decides");
    }

    /** Variants near their held-out sources find them; others do so by chance. */
    @Test
    void variantsAreNearestToTheirOwnSource() throws Exception {
        final PictureSet real = set("real", normal(1, 100, 8, 0), 8, Optional.empty(), Optional.empty());
        final List<float[]> sources = normal(2, 20, 8, 0);
        final PictureSet heldOut = set("held-out", sources, 8, Optional.empty(), Optional.empty());
        final List<float[]> near = new ArrayList<>();
        final List<List<String>> names = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            final float[] row = sources.get(i / 2).clone();
            row[0] += 0.01f;
            near.add(row);
            names.add(List.of("held-out" + i / 2, "real5"));
        }
        names.set(39, List.of()); // made from a whole label
        names.set(38, List.of("gone"));
        final ScoreDistribution.Result result = ScoreDistribution.run(
                new ScoreDistribution.Request(
                        real,
                        set("synthetic", near, 8, Optional.empty(), Optional.empty())
                                .withSources(Optional.of(names)),
                        Optional.of(heldOut),
                        SETTINGS),
                RunControl.silent());
        final DistributionScore own = find(result.scores(), DistributionScore.ALL, "Own source nearest");
        assertEquals(1, own.value());
        assertEquals(20, own.first(), "19 held-out sources and one real one");
        assertEquals(38, own.second());
        assertTrue(own.note().endsWith("by chance 0.100"), own.note());
        assertEquals(19, result.variants().size());
        final ScoreDistribution.Variants third = result.variants().get(2);
        assertEquals(List.of(4, 5), third.variants());
        assertTrue(third.heldOut());
        assertEquals(2, third.source());
        assertEquals(third.nearest().get(0), third.nearest().get(1));
        final ScoreDistribution.Result unknown = ScoreDistribution.run(
                new ScoreDistribution.Request(
                        real,
                        set("synthetic", near, 8, Optional.empty(), Optional.empty()),
                        Optional.of(heldOut),
                        SETTINGS),
                RunControl.silent());
        assertTrue(unknown.scores().stream().noneMatch(s -> s.name().equals("Own source nearest")));
        assertEquals(List.of(), unknown.variants());
    }

    private static void refused(
            final String what, final String where, final PictureSet real, final PictureSet synthetic) {
        final RunFailed e = assertThrows(
                RunFailed.class,
                () -> ScoreDistribution.run(
                        new ScoreDistribution.Request(real, synthetic, Optional.empty(), SETTINGS),
                        RunControl.silent()));
        assertTrue(e.what().contains(what), e.getMessage());
        assertTrue(e.where().contains(where), e.getMessage());
        assertTrue(e.remedy().length() > 10, e.getMessage());
    }

    @Test
    void whatHasNoDistributionIsRefused() {
        final PictureSet real = set("real", normal(1, 9, 4, 0), 4, Optional.empty(), Optional.empty());
        refused(
                "one synthetic picture",
                "\"synthetic0\"",
                real,
                set("synthetic", normal(1, 1, 4, 0), 4, Optional.empty(), Optional.empty()));
        refused(
                "no synthetic pictures",
                "table of synthetic pictures",
                real,
                set("synthetic", List.of(), 0, Optional.empty(), Optional.empty()));
        refused(
                "4 numbers, those of synthetic pictures 5",
                "\"synthetic0\"",
                real,
                set("synthetic", normal(1, 9, 5, 0), 5, Optional.empty(), Optional.empty()));
        refused(
                "embedded by \"A\"",
                "table of synthetic pictures",
                set("real", normal(1, 9, 4, 0), 4, Optional.of(new EncodedBy("A", "aa", 4)), Optional.empty()),
                set("synthetic", normal(1, 9, 4, 0), 4, Optional.of(new EncodedBy("B", "bb", 4)), Optional.empty()));
        refused(
                "Class \"rare\" has one real picture",
                "\"real3\"",
                set("real", normal(1, 5, 4, 0), 4, Optional.empty(), Optional.of(List.of("a", "a", "a", "rare", "a"))),
                set(
                        "synthetic",
                        normal(1, 5, 4, 0),
                        4,
                        Optional.empty(),
                        Optional.of(List.of("a", "a", "rare", "rare", "a"))));
    }

    /** Whatever small sets come, there is a number or a refusal with a remedy. */
    @Test
    void twoPicturesAreEnough() throws Exception {
        final List<DistributionScore> scores = ScoreDistribution.run(
                        new ScoreDistribution.Request(
                                set("real", normal(1, 2, 4, 0), 4, Optional.empty(), Optional.empty()),
                                set("synthetic", normal(2, 2, 4, 0), 4, Optional.empty(), Optional.empty()),
                                Optional.empty(),
                                SETTINGS),
                        RunControl.silent())
                .scores();
        assertTrue(scores.stream().noneMatch(s -> s.name().contains("infinitely")), "no line through so few");
        for (final DistributionScore s : scores) {
            assertTrue(Double.isFinite(s.value()), s.toString());
        }
    }
}
