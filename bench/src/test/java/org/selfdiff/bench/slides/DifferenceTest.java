package org.selfdiff.bench.slides;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class DifferenceTest {
    @Test
    void samplesAreUnsigned() throws IOException {
        final Difference difference = Difference.of(new byte[] {(byte) 255, 0, 10, 20}, new byte[] {0, 1, 10, 20});
        assertEquals(255, difference.max());
        assertEquals(64, difference.mean());
    }

    @Test
    void equalSamplesDoNotDiffer() throws IOException {
        assertEquals(new Difference(0, 0), Difference.of(new byte[] {1, 2}, new byte[] {1, 2}));
    }

    @Test
    void anotherNumberOfSamplesIsNoDifference() {
        assertThrows(IOException.class, () -> Difference.of(new byte[3], new byte[6]));
        assertThrows(IOException.class, () -> Difference.of(new byte[0], new byte[0]));
    }
}
