package org.selfdiff.diffusion.diffseg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.selfdiff.Fixtures;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.run.Workers;
import org.selfdiff.weights.SafeTensors;

class DiffSegTest {
    private static final int SIDE = 64;

    private static JsonObject json(final String name) throws Exception {
        return JsonParser.parseString(Files.readString(Fixtures.path("diffseg/" + name + ".json")))
                .getAsJsonObject();
    }

    private static float[] floats(final String file, final String tensor) throws RunFailed {
        final Path path = Fixtures.path("diffseg/" + file + ".safetensors");
        try (SafeTensors tensors = SafeTensors.open(path)) {
            return tensors.floats(tensor);
        }
    }

    private static List<float[]> blobs(final JsonObject json) {
        final List<float[]> maps = new ArrayList<>();
        json.getAsJsonArray("maps").forEach(element -> {
            final double cx = element.getAsJsonArray().get(0).getAsDouble();
            final double cy = element.getAsJsonArray().get(1).getAsDouble();
            final double s = element.getAsJsonArray().get(2).getAsDouble();
            final double[] map = new double[SIDE * SIDE];
            for (int i = 0; i < map.length; i++) {
                final double dx = i % SIDE - cx;
                final double dy = i / SIDE - cy;
                map[i] = Math.exp(-(dx * dx + dy * dy) / (2 * s * s)) + 1e-3;
            }
            final double sum = Arrays.stream(map).sum();
            final float[] normed = new float[map.length];
            for (int i = 0; i < map.length; i++) {
                normed[i] = (float) (map[i] / sum);
            }
            maps.add(normed);
        });
        return maps;
    }

    @Test
    void divergencesAndLaterRoundsAreThoseOfTheReference() throws Exception {
        final JsonObject json = json("merging");
        List<float[]> maps = blobs(json);
        try (Workers workers = new Workers(2)) {
            final List<double[]> divergences = new Divergences(maps).of(maps, workers, RunControl.silent());
            final float[] expected = floats("merging", "kl_first");
            for (int i = 0; i < 10; i++) {
                for (int j = 0; j < 10; j++) {
                    assertEquals(expected[i * 10 + j], divergences.get(i)[j], 2e-6 * Math.max(1, expected[i * 10 + j]));
                }
            }
            for (int round = 1; round <= 3; round++) {
                maps = DiffSeg.together(maps, json.get("kl_threshold").getAsDouble(), workers, RunControl.silent());
                assertEquals(json.getAsJsonArray("counts").get(round - 1).getAsInt(), maps.size());
                final float[] every4th = floats("merging", "maps_every_4th." + round);
                for (int m = 0; m < maps.size(); m++) {
                    for (int i = 0; i < 256; i++) {
                        final float value = maps.get(m)[i / 16 * 4 * SIDE + i % 16 * 4];
                        assertEquals(every4th[m * 256 + i], value, 1e-9, "map " + m + " place " + i);
                    }
                }
            }
        }
    }

    /** Softmax over places of {@code scale F F^T}, mean over two heads. */
    private static float[] attention(final int side) throws RunFailed {
        final float[] features = floats("segmentation", "features." + side);
        final int places = side * side;
        final float[] heads = new float[2 * places * places];
        for (int head = 0; head < 2; head++) {
            final double scale = head == 0 ? 4 : 6;
            for (int q = 0; q < places; q++) {
                final double[] row = new double[places];
                double most = Double.NEGATIVE_INFINITY;
                for (int k = 0; k < places; k++) {
                    for (int f = 0; f < 5; f++) {
                        row[k] += scale * features[q * 5 + f] * features[k * 5 + f];
                    }
                    most = Math.max(most, row[k]);
                }
                double sum = 0;
                for (int k = 0; k < places; k++) {
                    row[k] = Math.exp(row[k] - most);
                    sum += row[k];
                }
                for (int k = 0; k < places; k++) {
                    heads[(head * places + q) * places + k] = (float) (row[k] / sum);
                }
            }
        }
        return AttentionSum.meanOfHeads(heads, 2);
    }

    @Test
    void segmentsAreThoseOfTheReference() throws Exception {
        final JsonObject json = json("segmentation");
        final int points = json.getAsJsonObject("arguments").get("num_points").getAsInt();
        try (Workers workers = Workers.all()) {
            final AttentionSum sum = new AttentionSum(SIDE);
            for (final int side : new int[] {64, 32, 16, 8}) {
                sum.add(side, attention(side), workers, RunControl.silent());
            }
            final List<float[]> maps = sum.maps();
            final float[] rows = floats("segmentation", "aggregated_rows");
            final int[] places = {0, 10 * SIDE + 20, 31 * SIDE + 40, 50 * SIDE + 7, 63 * SIDE + 63};
            for (int i = 0; i < places.length; i++) {
                final float[] expected = Arrays.copyOfRange(rows, i * 4096, (i + 1) * 4096);
                assertArrayEquals(expected, maps.get(places[i]), 2e-6f * max(expected), "row " + i);
            }
            for (final boolean refine : new boolean[] {false, true}) {
                final DiffSeg method = new DiffSeg(List.of(0.9, 0.9, 0.9), points, refine);
                final List<float[]> merged = method.merge(maps, workers, RunControl.silent());
                assertEquals(4, merged.size());
                final int[] segments = DiffSeg.segments(merged, 512);
                final String name = refine ? "segmentation_refined_every_4th" : "segmentation_every_4th";
                try (SafeTensors file = SafeTensors.open(Fixtures.path("diffseg/segmentation.safetensors"))) {
                    final byte[] expected = file.bytes(name);
                    int equal = 0;
                    for (int i = 0; i < expected.length; i++) {
                        equal += expected[i] == segments[i / 128 * 4 * 512 + i % 128 * 4] ? 1 : 0;
                    }
                    assertTrue(equal >= 0.999 * expected.length, name + ": " + equal + " of " + expected.length);
                }
                final JsonObject counts = json.getAsJsonObject(refine ? "labels_refined" : "labels");
                for (int label = 0; label < 4; label++) {
                    final int at = label;
                    final long count =
                            Arrays.stream(segments).filter(s -> s == at).count();
                    assertEquals(counts.get("" + label).getAsLong(), count, 26, "pixels of " + label);
                }
            }
        }
    }

    private static float max(final float[] values) {
        float max = 0;
        for (final float value : values) {
            max = Math.max(max, value);
        }
        return max;
    }

    @Test
    void theGridOfTheReference() throws Exception {
        try (SafeTensors file = SafeTensors.open(Fixtures.path("diffseg/segmentation.safetensors"))) {
            final long[] expected = file.longs("grid");
            final int[] grid = DiffSeg.grid(SIDE, 8);
            for (int i = 0; i < grid.length; i++) {
                assertEquals(expected[2 * i] * SIDE + expected[2 * i + 1], grid[i]);
            }
        }
    }

    /** Places of two halves look only at their own half: two segments, whatever the threads. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void halvesAreFound(final int threads) throws Exception {
        final int side = 16;
        final float[] attention = new float[256 * 256];
        for (int q = 0; q < 256; q++) {
            for (int k = 0; k < 256; k++) {
                attention[q * 256 + k] = (q % side < 8) == (k % side < 8) ? 1f / 128 : 0;
            }
        }
        try (Workers workers = new Workers(threads)) {
            final AttentionSum sum = new AttentionSum(side);
            sum.add(side, attention, workers, RunControl.silent());
            final List<float[]> merged = new DiffSeg(0.9, 4).merge(sum.maps(), workers, RunControl.silent());
            assertEquals(2, merged.size());
            final int[] segments = DiffSeg.segments(merged, 32);
            for (int i = 0; i < segments.length; i++) {
                assertEquals(i % 32 < 16 ? 0 : 1, segments[i]);
            }
        }
    }

    /** Maps of quarters that differ by strips within: as few as asked for are left, at any sharpness of the attention. */
    @ParameterizedTest
    @ValueSource(doubles = {4, 0.04})
    void mergesUntilFewAreLeft(final double sharpness) throws Exception {
        final int side = 16;
        final List<float[]> maps = new ArrayList<>();
        for (int q = 0; q < side * side; q++) {
            final float[] map = new float[side * side];
            double sum = 0;
            for (int k = 0; k < map.length; k++) {
                final boolean half = (q % side < 8) == (k % side < 8);
                final boolean quarter = half && (q / side < 8) == (k / side < 8);
                map[k] = (float) Math.exp(sharpness * ((half ? 1 : 0) + (quarter ? 0.4 : 0)));
                sum += map[k];
            }
            for (int k = 0; k < map.length; k++) {
                map[k] /= (float) sum;
            }
            maps.add(map);
        }
        try (Workers workers = new Workers(2)) {
            assertEquals(
                    4,
                    DiffSeg.atMost(maps, 8, 3, 5, workers, RunControl.silent()).size());
            assertEquals(
                    4,
                    DiffSeg.atMost(maps, 8, 3, 4, workers, RunControl.silent()).size());
            assertEquals(
                    2,
                    DiffSeg.atMost(maps, 8, 3, 3, workers, RunControl.silent()).size());
            assertEquals(
                    1,
                    DiffSeg.atMost(maps, 8, 3, 1, workers, RunControl.silent()).size());
            final int[] halves = DiffSeg.segments(DiffSeg.atMost(maps, 8, 3, 2, workers, RunControl.silent()), side);
            for (int i = 0; i < halves.length; i++) {
                assertEquals(i % side < 8 ? halves[0] : halves[side - 1], halves[i]);
            }
        }
    }
}
