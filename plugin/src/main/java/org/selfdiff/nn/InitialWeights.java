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
        } else if (parameter.initial() instanceof Initial.TruncatedNormal normal) {
            truncated(seed, parameter.name(), normal.deviation(), values);
        } else if (parameter.initial() instanceof Initial.Constant constant) {
            Arrays.fill(values, constant.value());
        }
        return values;
    }

    /** Draws anew, from further streams, what lies beyond two deviations. */
    private static void truncated(final long seed, final String name, final double deviation, final float[] values) {
        Philox.gaussians(seed, stream(name), values);
        final float[] more = new float[values.length];
        boolean again = true;
        for (int round = 1; again; round++) {
            Philox.gaussians(seed, stream(name + "#" + round), more);
            again = false;
            for (int i = 0; i < values.length; i++) {
                if (Math.abs(values[i]) > 2) {
                    values[i] = more[i];
                    again |= Math.abs(values[i]) > 2;
                }
            }
        }
        for (int i = 0; i < values.length; i++) {
            values[i] *= (float) deviation;
        }
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
