package org.selfdiff.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** How a session's log is read. */
class OutcomeTest {
    private static final Target TARGET = Target.of("test", 1, input -> {}, Map::of);

    private static final String DONE =
            "#2\tINITED cov: 4 ft: 5 corp: 1/4b\n#900\tDONE   cov: 40 ft: 50 corp: 7/90b lim: 4\n"
                    + "stat::number_of_executed_units: 900\n";

    @Test
    void aSessionThatFoundNothing() {
        final Outcome outcome = Outcome.of(TARGET, DONE, 0, 1.5);
        assertEquals(new Outcome("test", 900, 40, 7, 1.5, ""), outcome);
        assertTrue(outcome.clean());
        assertTrue(outcome.line().contains(" 900 "), outcome.line());
    }

    @Test
    void findingsOfEveryKind() {
        for (final String line : new String[] {
            "== Java Exception: java.lang.NullPointerException",
            "==123== ERROR: libFuzzer: timeout after 10 seconds",
            "# A fatal error has been detected by the Java Runtime Environment:"
        }) {
            final Outcome outcome = Outcome.of(TARGET, DONE + line + "\n", 77, 1);
            assertFalse(outcome.clean());
            assertEquals(line, outcome.problem());
        }
    }

    @Test
    void aSessionThatDidNotSearchIsNotClean() {
        assertFalse(Outcome.of(TARGET, "", 0, 1).clean());
        assertFalse(Outcome.of(TARGET, DONE, 1, 1).clean());
        assertFalse(Outcome.of(TARGET, DONE.replaceAll("cov: [0-9]+", "cov: 0"), 0, 1)
                .clean());
        assertEquals(
                2,
                Outcome.of(TARGET, "#2\tNEW cov: 4 ft: 5 corp: 1/4b\n", 134, 1).executions());
    }
}
