package org.selfdiff.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {
    @Test
    void nothingMeansEverything() {
        final Options options = Options.parse();
        assertEquals(Workload.ALL, options.workloads());
        assertEquals(List.of(StepKind.values()), options.kinds());
        assertEquals(List.of(1, 2), options.threads());
    }

    @Test
    void quickIsTheSmallNetworkWithinThreeMinutes() {
        final Options options = Options.parse("--quick", "--threads", "4");
        assertEquals(List.of(Workload.QUICK), options.workloads());
        assertEquals(List.of(4), options.threads());
        assertTrue(options.seconds() <= 180);
    }

    @Test
    void wrongOptionsAreNamed() {
        for (final String[] wrong : new String[][] {{"--slow", "1"}, {"--seconds"}, {"--workload", "huge"}}) {
            final var e = assertThrows(IllegalArgumentException.class, () -> Options.parse(wrong));
            assertTrue(e.getMessage().contains(wrong[wrong.length - 1]), e.getMessage());
        }
    }
}
