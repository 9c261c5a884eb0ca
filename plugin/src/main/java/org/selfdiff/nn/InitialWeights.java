package org.selfdiff.nn;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.selfdiff.tensors.Philox;
import org.selfdiff.weights.NamedWeights;
import org.selfdiff.weights.Weight;

/**
 * Draws what parameters hold before training: a function of the seed and the parameter's name, whatever else there is.
 */
public final class InitialWeights {
    private InitialWeights() {}

    /** All parameters of a network, in its order. */
    public static NamedWeights draw(final Network network, final long seed) {
        final Map<String, Weight> weights = new LinkedHashMap<>();
        for (final Parameter parameter : network.parameters()) {
            weights.put(parameter.name(), new Weight(parameter.dimensions(), draw(parameter, seed)));
        }
        return new NamedWeights(weights);
    }

    /** The values of a parameter, row-major. */
    public static float[] draw(final Parameter parameter, final long seed) {
        final float[] values = new float[Math.toIntExact(parameter.count())];
        if (parameter.initial() instanceof Initial.Uniform uniform) {
            Philox.uniforms(seed, stream(parameter.name()), values);
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) ((2 * (double) values[i] - 1) * uniform.bound());
            }
        } else if (parameter.initial() instanceof Initial.Constant constant) {
            Arrays.fill(values, constant.value());
        }
        return values;
    }

    /** FNV-1a of the name, 64 bits. */
    private static long stream(final String name) {
        long hash = 0xcbf29ce484222325L;
        for (final byte b : name.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ b & 0xff) * 0x100000001b3L;
        }
        return hash;
    }
}
