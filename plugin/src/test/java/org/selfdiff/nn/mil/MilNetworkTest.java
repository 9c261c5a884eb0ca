package org.selfdiff.nn.mil;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.selfdiff.engine.NeedsTorch;
import org.selfdiff.nn.Fixture;
import org.selfdiff.nn.InitialWeights;
import org.selfdiff.run.RunFailed;
import org.selfdiff.weights.SafeTensors;
import org.selfdiff.weights.StoredTensor;
import org.selfdiff.weights.Weight;

/** Networks for bags against the published ones, and what the regional one promises. */
@NeedsTorch.Engine
class MilNetworkTest {
    private static Map<String, Weight> read(final String name) throws RunFailed {
        final Map<String, Weight> all = new LinkedHashMap<>();
        try (SafeTensors in = SafeTensors.open(Path.of("src/test/resources/fixtures/mil", name + ".safetensors"))) {
            for (final StoredTensor t : in.tensors().values()) {
                if (t.type().name().equals("F32")) {
                    // attention without a gate has names of its own there
                    final String ours =
                            t.name().replace("attention.0.", "attention_V.0.").replace("attention.2.", "attention_w.");
                    all.put(ours, new Weight(t.shape(), in.floats(t.name())));
                }
            }
        }
        return all;
    }

    private static Weight unseen(final int regions, final int cells) {
        return new Weight(new long[] {regions, 1, 1, 1 + cells}, new float[regions * (1 + cells)]);
    }

    private static void assertClose(final float[] expected, final float[] actual) {
        assertEquals(expected.length, actual.length);
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], actual[i], 1e-5 * Math.max(1, Math.abs(expected[i])));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "abmil_plain_n1, ABMIL, out.logit",
        "abmil_plain_n7, ABMIL, out.logit",
        "abmil_gated_n7, GATED_ABMIL, out.logit",
        "abmil_gated_n40, GATED_ABMIL, out.logit",
        "mean_pool_n8, MEAN, out.logits",
        "max_pool_n8, MAX, out.logits"
    })
    void equalsThePublishedCode(final String name, final MilSpec.Method method, final String output) throws RunFailed {
        final Map<String, Weight> all = read(name);
        final Weight features = all.get("in.features");
        final int n = (int) features.shape()[0];
        final int outputs = (int) all.get(output).shape()[1];
        final boolean attends = name.startsWith("abmil");
        final MilSpec spec =
                new MilSpec(method, (int) features.shape()[1], attends ? 24 : 20, attends ? 16 : 1, outputs, 1, 1, 1);
        final List<Weight> out = Fixture.run(
                new MilNetwork(spec),
                MilNetwork.CLASSIFY,
                all,
                List.of(new Weight(new long[] {n, 1, features.shape()[1]}, features.values()), unseen(n, 1)));
        assertClose(all.get(output).values(), out.get(0).values());
        if (attends) {
            assertClose(all.get("out.attention").values(), out.get(1).values());
        }
    }

    private static final MilSpec REGIONAL = new MilSpec(MilSpec.Method.REGIONAL, 5, 8, 4, 2, 2, 2, 2);

    private static List<Weight> regional(final float[] x, final float[] seen, final int regions) throws RunFailed {
        final MilNetwork network = new MilNetwork(REGIONAL);
        return Fixture.run(
                network,
                MilNetwork.CLASSIFY,
                InitialWeights.draw(network, 3).weights(),
                List.of(new Weight(new long[] {regions, 4, 5}, x), new Weight(new long[] {regions, 1, 1, 5}, seen)));
    }

    /** What an empty cell holds changes nothing, nor does the order of the regions. */
    @Test
    void emptyCellsAndTheOrderOfRegionsChangeNothing() throws RunFailed {
        final float[] x = new float[3 * 4 * 5];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) Math.sin(i);
        }
        final float[] seen = new float[3 * 5];
        seen[2] = Float.NEGATIVE_INFINITY; // region 0, cell 1
        final List<Weight> before = regional(x, seen, 3);
        final float[] changed = x.clone();
        Arrays.fill(changed, 5, 10, 77);
        assertClose(before.get(0).values(), regional(changed, seen, 3).get(0).values());
        final float[] turned = new float[x.length];
        final float[] turnedSeen = new float[seen.length];
        for (int r = 0; r < 3; r++) {
            System.arraycopy(x, r * 20, turned, (2 - r) * 20, 20);
            System.arraycopy(seen, r * 5, turnedSeen, (2 - r) * 5, 5);
        }
        assertClose(
                before.get(0).values(), regional(turned, turnedSeen, 3).get(0).values());
        final float[] other = x.clone();
        Arrays.fill(other, 0, 5, 77);
        assertTrue(Math.abs(before.get(0).values()[0]
                        - regional(other, seen, 3).get(0).values()[0])
                > 1e-4);
        assertEquals(0, before.get(2).values()[1], 1e-9, "an empty cell gets no attention");
    }
}
