package org.selfdiff.metrics.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.Workers;

class RetrievalTest {
    private static FeatureSet set(final float... values) {
        final FeatureSet set = new FeatureSet(1);
        for (final float value : values) {
            set.add(new float[] {value});
        }
        return set;
    }

    @Test
    void countsVectorsNearestToTheirOwn() throws Exception {
        try (Workers workers = Workers.all()) {
            final Retrieval found = Retrieval.of(
                    set(0.1f, 0.9f, 2.6f, 9),
                    List.of(new int[] {0}, new int[] {0, 1}, new int[] {2}, new int[] {3}),
                    set(0, 1, 2, 3),
                    workers,
                    RunControl.silent());
            assertEquals(0.75, found.share(), "2.6 is nearer to 3 than to its own 2");
            assertEquals((0.25 + 0.5 + 0.25 + 0.25) / 4, found.chance(), 1e-15);
        }
    }
}
