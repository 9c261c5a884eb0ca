package org.selfdiff.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line. */
class OptionsTest {

    @Test
    void withoutArgumentsTheShortSessionOverAllTargets() {
        final Options options = Options.parse();
        assertEquals(Targets.all().size(), options.targets().size());
        assertEquals(0, options.secondsEach());
        assertEquals(100, options.percent());
    }

    @Test
    void fewerInputs() {
        final Options options = Options.parse("--percent", "20");
        assertEquals(20, options.percent());
        assertEquals(0, options.secondsEach());
    }

    @Test
    void minutesAreSharedByTheTargets() {
        final Options options = Options.parse("10", "png", "tiff");
        assertEquals(2, options.targets().size());
        assertEquals(1, options.jobs());
        assertEquals(300, options.secondsEach());
        assertEquals(600, Options.parse("10", "png", "tiff", "--jobs", "2").secondsEach());
        assertEquals(600, Options.parse("10", "png", "--jobs", "9").secondsEach());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--fast", "no-such-target", "--jobs", "--percent", "-1"})
    void whatIsNotUnderstoodIsNamed(final String argument) {
        final String message = assertThrows(IllegalArgumentException.class, () -> Options.parse(argument))
                .getMessage();
        assertTrue(message.contains(argument), message);
    }
}
