package org.selfdiff.headless.runner.results;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileNamesTest {
    @ParameterizedTest
    @CsvSource({
        "Training log, Training log",
        "a/b\\c:d, a_b_c_d",
        "'../..', '_/_'",
        "'..', '_'",
        "'', '_'",
        "Größe (µm), Größe (µm)"
    })
    void special(final String text, final String expected) {
        assertEquals(expected.replace('/', '_'), FileNames.safe(text));
    }
}
