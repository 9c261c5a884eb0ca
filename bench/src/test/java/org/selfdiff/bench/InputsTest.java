package org.selfdiff.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.selfdiff.nn.Parameter;

class InputsTest {
    private final Inputs inputs = new Inputs(Workload.QUICK);

    @Test
    void bothSidesAreGivenTheSame() {
        final Inputs again = new Inputs(Workload.QUICK);
        assertArrayEquals(inputs.batch(1).clean(), again.batch(1).clean());
        assertArrayEquals(inputs.batch(1).noise(), again.batch(1).noise());
        assertArrayEquals(inputs.start(), again.start());
        for (int i = 0; i < inputs.weights().size(); i += 20) {
            assertArrayEquals(inputs.weights().get(i), again.weights().get(i));
        }
    }

    @Test
    void weightsFitTheParameterList() {
        final List<float[]> weights = inputs.weights();
        final List<Parameter> parameters = Workload.QUICK.parameters();
        assertEquals(parameters.size(), weights.size());
        for (int i = 0; i < weights.size(); i++) {
            assertEquals(parameters.get(i).count(), weights.get(i).length);
        }
    }

    @Test
    void noiseIsStandardNormal() {
        final float[] noise = inputs.batch(0).noise();
        double sum = 0;
        double squares = 0;
        for (final float value : noise) {
            sum += value;
            squares += value * value;
        }
        // six standard errors of 98304 values
        assertEquals(0, sum / noise.length, 6 / Math.sqrt(noise.length));
        assertEquals(1, squares / noise.length, 6 * Math.sqrt(2.0 / noise.length));
    }
}
