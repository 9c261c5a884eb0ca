package org.selfdiff.bench.slides;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class SlideOptionsTest {
    @Test
    void nothingMeansEverything() {
        final SlideOptions options = SlideOptions.parse();
        assertEquals(List.of(SlideKind.values()), options.kinds());
        assertEquals(List.of(Task.values()), options.tasks());
        assertEquals(List.of(1, 2), options.threads());
    }

    @Test
    void optionsChoose() {
        final SlideOptions options = SlideOptions.parse(
                "--quick", "--kind", "LZW", "--kind", "JPEG", "--threads", "4", "--task", "TILES", "--rounds", "3");
        assertEquals(List.of(SlideKind.LZW, SlideKind.JPEG), options.kinds());
        assertEquals(List.of(Task.TILES), options.tasks());
        assertEquals(List.of(4), options.threads());
        assertEquals(3, options.pace().rounds());
        assertTrue(options.pace().milliseconds() < SlideOptions.parse().pace().milliseconds());
    }

    @Test
    void wrongOptionsAreNamed() {
        for (final String[] wrong :
                new String[][] {{"--slow", "1"}, {"--rounds"}, {"--kind", "PNG"}, {"--threads", "0"}}) {
            final var e = assertThrows(IllegalArgumentException.class, () -> SlideOptions.parse(wrong));
            assertTrue(e.getMessage().contains(wrong[wrong.length - 1]), e.getMessage());
        }
    }
}
