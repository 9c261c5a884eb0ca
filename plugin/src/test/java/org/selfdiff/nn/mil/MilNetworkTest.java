package org.selfdiff.nn.mil;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.selfdiff.engine.NeedsTorch;
import org.selfdiff.nn.Fixture;
import org.selfdiff.nn.InitialWeights;
import org.selfdiff.run.RunFailed;
import org.selfdiff.weights.Weight;

/** What the regional network promises. */
@NeedsTorch.Engine
class MilNetworkTest {
    private static void assertClose(final float[] expected, final float[] actual) {
        assertEquals(expected.length, actual.length);
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], actual[i], 1e-5 * Math.max(1, Math.abs(expected[i])));
        }
    }

    private static final MilSpec REGIONAL = new MilSpec(MilSpec.Method.REGIONAL, 5, 8, 4, 2, 2, 2, 2);

    private static List<Weight> regional(final float[] x, final float[] seen, final int regions) throws RunFailed {
        final MilNetwork network = new MilNetwork(REGIONAL);
        return Fixture.run(
                network,
                MilNetwork.CLASSIFY,
                InitialWeights.draw(network, 3).weights(),
                List.of(
                        new Weight(new long[] {regions, 4, 5}, x),
                        new Weight(new long[] {regions, 1, 1, 5}, seen),
                        new Weight(new long[] {regions, 4, 2}, new float[8 * regions])));
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
