package org.selfdiff.stages.diffusion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.selfdiff.diffusion.conditions.Amount;
import org.selfdiff.diffusion.conditions.Jitter;
import org.selfdiff.diffusion.conditions.Sources;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;

class SampleConditionsTest {
    private static SampleConditions.Request request(final Amount amount) {
        final List<float[]> vectors = new ArrayList<>();
        final List<Optional<String>> labels = new ArrayList<>();
        final List<String> names = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            vectors.add(new float[] {i, -i});
            labels.add(Optional.empty());
            names.add("Row" + i);
        }
        return new SampleConditions.Request(
                new Sources(vectors, labels, names), new Jitter(0.1, Jitter.Unit.NEIGHBOUR), amount, 3);
    }

    /** More than a block of them, in order, each from its source. */
    @Test
    void conditionsComeInOrder() throws Exception {
        final List<Integer> sources = new ArrayList<>();
        final int count = SampleConditions.run(request(new Amount.Each(7)), RunControl.silent(), (number, made) -> {
            assertEquals(sources.size(), number);
            assertEquals(made.sources().get(0), made.vector()[0], 3);
            sources.add(made.sources().get(0));
        });
        assertEquals(350, count);
        for (int i = 0; i < count; i++) {
            assertEquals(i / 7, sources.get(i));
        }
    }

    @Test
    void aSlipOfTheKeyboardIsRefused() {
        final RunFailed refused = assertThrows(
                RunFailed.class,
                () -> SampleConditions.run(request(new Amount.Each(10_000_000)), RunControl.silent(), (n, c) -> {}));
        assertTrue(refused.getMessage().contains("500000000"), refused.getMessage());
    }

    @Test
    void stopsWhenCancelled() {
        final List<Integer> made = new ArrayList<>();
        final RunControl control = new RunControl() {
            @Override
            public boolean isCancelled() {
                return made.size() > 100;
            }

            @Override
            public void progress(final double fraction, final String message) {
                // nobody is looking
            }

            @Override
            public void warn(final String message) {
                // nobody is listening
            }
        };
        assertThrows(
                RunCancelled.class,
                () -> SampleConditions.run(request(new Amount.Total(1_000_000)), control, (n, c) -> made.add(n)));
        assertTrue(made.size() < 2000, made.size() + " were made");
    }
}
