package org.selfdiff.metrics.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.selfdiff.metrics.Golden.integers;
import static org.selfdiff.metrics.Golden.numbers;
import static org.selfdiff.metrics.Golden.same;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.selfdiff.metrics.Golden;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.Workers;

/** Values of pytorch-fid, torch-fidelity, prdc, FID_IS_infinity and Vendi-Score. */
class DistributionGoldenTest {
    private static final JsonObject ALL = Golden.read("distribution");

    private static final RunControl SILENT = RunControl.silent();

    private static final Workers WORKERS = new Workers(2);

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    private static FeatureSet set(final JsonObject o, final String key) throws Exception {
        return Samples.golden(o.get(key).getAsString());
    }

    @Test
    void frechetOfFeatures() throws Exception {
        for (final JsonObject o : Golden.cases(ALL, "fid_from_features")) {
            final String name = o.get("name").getAsString();
            final JsonObject expected = o.getAsJsonObject("expected");
            final FrechetDistance ours = FrechetDistance.of(
                    Samples.gaussian(set(o, "set_1")), Samples.gaussian(set(o, "set_2")), WORKERS, SILENT);
            same(expected.get("squared_mean_distance"), ours.means(), 1e-12, name);
            same(expected.get("trace_1"), ours.firstTrace(), 1e-12, name);
            same(expected.get("trace_2"), ours.secondTrace(), 1e-12, name);
            // The root of a singular matrix is where the references differ from each other.
            final double tolerance =
                    Math.max(1e-10, 20 * expected.get("largest_disagreement").getAsDouble());
            same(expected.get("symmetric_square_root_own_formula"), ours.value(), tolerance, name);
            same(expected.get("torch_fidelity"), ours.value(), tolerance, name);
            same(expected.get("pytorch_fid"), ours.value(), tolerance, name);
        }
    }

    @Test
    void frechetOfStatistics() throws Exception {
        for (final JsonObject o : Golden.cases(ALL, "fid_from_statistics")) {
            final double ours = FrechetDistance.of(gaussian(o, "_1"), gaussian(o, "_2"), WORKERS, SILENT)
                    .value();
            final JsonObject expected = o.getAsJsonObject("expected");
            final String key = expected.has("closed_form") ? "closed_form" : "pytorch_fid";
            same(expected.get(key), ours, 1e-12, o.get("name").getAsString());
        }
    }

    private static Gaussian gaussian(final JsonObject o, final String suffix) {
        return new Gaussian(
                1000,
                numbers(o.get("mu" + suffix)),
                Arrays.stream(Golden.table(o.get("sigma" + suffix)))
                        .flatMapToDouble(Arrays::stream)
                        .toArray());
    }

    @Test
    void kernelDistance() throws Exception {
        for (final JsonObject o : Golden.cases(ALL, "kid")) {
            final String name = o.get("name").getAsString();
            final KernelDistance ours = KernelDistance.of(
                    set(o, "set_1"),
                    indices(o, "indices_1"),
                    set(o, "set_2"),
                    indices(o, "indices_2"),
                    WORKERS,
                    SILENT);
            final JsonObject expected = o.getAsJsonObject("expected");
            same(
                    expected.get("mmd2_per_subset"),
                    ours.subsets().stream().mapToDouble(Double::doubleValue).toArray(),
                    1e-11,
                    name);
            same(expected.get("mean"), ours.mean(), 1e-11, name);
            same(expected.get("standard_deviation_population"), ours.deviation(), 1e-11, name);
        }
    }

    private static int[][] indices(final JsonObject o, final String key) {
        return StreamSupport.stream(o.getAsJsonArray(key).spliterator(), false)
                .map(Golden::integers)
                .toArray(int[][]::new);
    }

    @Test
    void manifold() throws Exception {
        for (final JsonObject o : Golden.cases(ALL, "prdc")) {
            final String name = o.get("name").getAsString();
            final JsonObject expected = o.getAsJsonObject("expected");
            final FeatureSet real = set(o, "real");
            final FeatureSet generated = set(o, "generated");
            final int k = o.get("k").getAsInt();
            final ManifoldScores ours =
                    ManifoldScores.of(real, generated, k, ManifoldScores.Edge.OUTSIDE, WORKERS, SILENT);
            for (final String reference : new String[] {"prdc", "own_double_loop"}) {
                final JsonObject values = expected.getAsJsonObject(reference);
                same(values.get("precision"), ours.precision(), 1e-12, name);
                same(values.get("recall"), ours.recall(), 1e-12, name);
                same(values.get("density"), ours.density(), 1e-12, name);
                same(values.get("coverage"), ours.coverage(), 1e-12, name);
            }
            final ManifoldScores closed =
                    ManifoldScores.of(real, generated, k, ManifoldScores.Edge.INSIDE, WORKERS, SILENT);
            final JsonObject fidelity = expected.getAsJsonObject("torch_fidelity_precision_recall_le");
            same(fidelity.get("precision"), closed.precision(), 1e-6, name);
            same(fidelity.get("recall"), closed.recall(), 1e-6, name);
            radii(expected.get("radii_real_first_5"), real, k, name);
            radii(expected.get("radii_generated_first_5"), generated, k, name);
        }
    }

    private static void radii(final JsonElement expected, final FeatureSet set, final int k, final String name)
            throws Exception {
        same(
                expected,
                Arrays.stream(Neighbours.squaredRadii(set, k, WORKERS, SILENT))
                        .limit(5)
                        .map(Math::sqrt)
                        .toArray(),
                1e-12,
                name);
    }

    @Test
    void infinitelyManyPictures() throws Exception {
        final JsonObject o = ALL.getAsJsonObject("fid_infinity");
        final FeatureSet fake = set(o, "fake_set");
        final FrechetDistance.From real =
                new FrechetDistance.From(Samples.gaussian(set(o, "reference_set")), WORKERS, SILENT);
        final int[][] subsets = indices(o, "subset_indices");
        final double[] distances = new double[subsets.length];
        for (int i = 0; i < subsets.length; i++) {
            distances[i] =
                    real.to(Samples.gaussian(fake.subset(subsets[i])), SILENT).value();
        }
        final JsonObject expected = o.getAsJsonObject("expected");
        same(expected.get("fid_n"), distances, 1e-10, "distances");
        final int[] sizes = integers(o.get("subset_sizes"));
        line(expected, InfiniteSample.of(sizes, distances));
        final int[] ours = InfiniteSample.sizes(60, 300, sizes.length);
        assertEquals(Arrays.toString(sizes), Arrays.toString(ours));
        final JsonObject toy = ALL.getAsJsonObject("fid_infinity_toy");
        line(
                toy.getAsJsonObject("expected"),
                InfiniteSample.of(integers(toy.get("subset_sizes")), numbers(toy.get("fid_n"))));
    }

    private static void line(final JsonObject expected, final InfiniteSample ours) {
        same(expected.get("slope"), ours.slope(), 1e-8, "slope");
        same(expected.get("fid_infinity"), ours.value(), 1e-10, "value");
    }

    @Test
    void vendi() throws Exception {
        for (final JsonObject o : Golden.cases(ALL, "vendi")) {
            final String name = o.get("name").getAsString();
            final JsonObject expected = o.getAsJsonObject("expected");
            if (o.has("kernel")) {
                final double[] kernel = Arrays.stream(Golden.table(o.get("kernel")))
                        .flatMapToDouble(Arrays::stream)
                        .toArray();
                final double[] equal = new double[4];
                Arrays.fill(equal, 0.25);
                for (final String key : expected.keySet()) {
                    final double order = Double.parseDouble(key.substring(1));
                    same(expected.get(key), VendiScore.of(kernel, equal, order, SILENT), 1e-12, name + key);
                }
                continue;
            }
            final FeatureSet set = name.startsWith("generated")
                    ? Samples.golden("generated")
                            .subset(java.util.stream.IntStream.range(
                                            0, o.get("rows").getAsInt())
                                    .toArray())
                    : Samples.golden(name);
            for (final String key : expected.keySet()) {
                if (key.startsWith("score")) {
                    final String order = key.replaceAll(".*_q([0-9.]+|inf).*", "$1");
                    final double q = order.equals("inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(order);
                    final double ours = key.contains("weighted")
                            ? weighted(set, numbers(expected.get("weights")), q)
                            : VendiScore.of(set, q, WORKERS, SILENT);
                    same(expected.get(key), ours, q < 1 ? 1e-5 : 1e-10, name + " " + key);
                }
            }
        }
    }

    private static double weighted(final FeatureSet set, final double[] weights, final double order) throws Exception {
        final int n = set.count();
        final double[] cosine = Products.of(set, set, WORKERS, SILENT);
        final double[] norms = new double[n];
        Arrays.setAll(norms, i -> Math.sqrt(cosine[i * n + i]));
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                cosine[i * n + j] /= norms[i] * norms[j];
            }
        }
        return VendiScore.of(cosine, weights, order, SILENT);
    }
}
