package org.selfdiff.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class InitialWeightsTest {
    private static Parameter uniform(final String name) {
        return new Parameter(name, List.of(100L, 200L), new Initial.Uniform(0.25), Parameter.Role.TRAINED);
    }

    @Test
    void dependOnSeedAndNameAlone() {
        final float[] once = InitialWeights.draw(uniform("a.weight"), 5);
        assertArrayEquals(once, InitialWeights.draw(uniform("a.weight"), 5));
        assertFalse(Arrays.equals(once, InitialWeights.draw(uniform("a.weight"), 6)));
        assertFalse(Arrays.equals(once, InitialWeights.draw(uniform("b.weight"), 5)));
    }

    @Test
    void haveTheMomentsOfTheUniformDistribution() {
        final float[] values = InitialWeights.draw(uniform("a.weight"), 5);
        double sum = 0;
        double squares = 0;
        for (final float value : values) {
            assertTrue(Math.abs(value) <= 0.25);
            sum += value;
            squares += value * value;
        }
        // standard errors: 0.25 / sqrt(3 * 20000) = 0.001 for the mean, 0.00013 for the mean square
        assertEquals(0, sum / values.length, 0.005);
        assertEquals(0.25 * 0.25 / 3, squares / values.length, 0.0007);
    }

    @Test
    void constantsAreConstant() {
        assertArrayEquals(
                new float[] {1, 1},
                InitialWeights.draw(new Parameter("n", List.of(2L), Initial.ones(), Parameter.Role.TRAINED), 1));
    }
}
