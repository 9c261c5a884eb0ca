package org.selfdiff.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.selfdiff.engine.Device;
import org.selfdiff.run.RunFailed;
import org.selfdiff.tensors.ScriptModule;
import org.selfdiff.tensors.Tensor;
import org.selfdiff.tensors.TensorScope;
import org.selfdiff.weights.SafeTensors;
import org.selfdiff.weights.StoredTensor;
import org.selfdiff.weights.Weight;

/**
 * Weights, inputs and outputs of a reference network, computed by its own code. Small ones lie among the test's
 * resources, large ones beside the project in {@code ../shared/fixtures}; where those are absent the test is skipped and
 * says so. Weights and inputs are stored, or made by a formula from the parameter's name.
 */
public final class Fixture {
    /** Share of an output's largest value that a result may differ by. */
    public static final double TOLERANCE = 2e-5;

    private final String name;

    private final JsonObject json;

    private final Map<String, Weight> weights = new LinkedHashMap<>();

    private final Map<String, Weight> stored = new LinkedHashMap<>();

    /** Reads a fixture, for instance {@code dino/vit_tiny_p8}. */
    public static Fixture of(final String name) throws RunFailed, IOException {
        return new Fixture(name);
    }

    private Fixture(final String name) throws RunFailed, IOException {
        this.name = name;
        this.json = JsonParser.parseString(Files.readString(file(name, ".json"), StandardCharsets.UTF_8))
                .getAsJsonObject();
        read(file(name, ".io.safetensors"), stored);
        if (json.has("inputs_from")) {
            final Map<String, Weight> other = new LinkedHashMap<>();
            final String from = json.get("inputs_from").getAsString();
            final String folder = name.substring(0, name.indexOf('/') + 1);
            read(file(folder + from.substring(0, from.indexOf('.')), ".io.safetensors"), other);
            other.forEach((key, weight) -> {
                if (key.startsWith("in.")) {
                    stored.put(key, weight);
                }
            });
        }
        if (json.get("kind").getAsString().equals("T")) {
            read(file(name, ".weights.safetensors"), weights);
        } else {
            for (final JsonElement e : json.getAsJsonArray("parameters")) {
                final JsonArray p = e.getAsJsonArray();
                weights.put(
                        p.get(0).getAsString(), formula(p.get(0).getAsString(), shape(p.get(1)), p.get(2), p.get(3)));
            }
        }
    }

    private static Path file(final String name, final String ending) {
        final Path own = Path.of("src/test/resources/fixtures").resolve(name + ending);
        final Path shared = Path.of("../../shared/fixtures").resolve(name + ending);
        final Path found = Files.exists(own) ? own : shared;
        assumeTrue(Files.exists(found), "skipped: there is no " + shared);
        return found;
    }

    private static void read(final Path file, final Map<String, Weight> into) throws RunFailed {
        try (SafeTensors in = SafeTensors.open(file)) {
            for (final StoredTensor t : in.tensors().values()) {
                if (t.type().name().startsWith("F") || t.type().name().startsWith("BF")) {
                    into.put(t.name(), new Weight(t.shape(), in.floats(t.name())));
                } else {
                    final long[] whole = in.longs(t.name());
                    final float[] values = new float[whole.length];
                    for (int i = 0; i < values.length; i++) {
                        values[i] = whole[i];
                    }
                    into.put(t.name(), new Weight(t.shape(), values));
                }
            }
        }
    }

    private Weight formula(final String key, final long[] shape, final JsonElement base, final JsonElement amp) {
        long size = 1;
        for (final long side : shape) {
            size *= side;
        }
        final float[] values = new float[Math.toIntExact(size)];
        if (base != null) {
            fill(json.get("salt").getAsString() + "/" + key, base.getAsDouble(), amp.getAsDouble(), values);
        }
        return new Weight(shape, values);
    }

    /** The formula: FNV-1a of the key, SplitMix64 of its sum with the index, 24 bits of that in [-1, 1). */
    public static void fill(final String key, final double base, final double amp, final float[] values) {
        long hash = 0xcbf29ce484222325L;
        for (final byte b : key.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ b & 0xff) * 0x100000001b3L;
        }
        for (int i = 0; i < values.length; i++) {
            long z = (hash ^ i) + 0x9E3779B97F4A7C15L;
            z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
            z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
            z ^= z >>> 31;
            values[i] = (float) (base + amp * ((z >>> 40) / 8388608.0 - 1.0));
        }
    }

    private static long[] shape(final JsonElement list) {
        final long[] shape = new long[list.getAsJsonArray().size()];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = list.getAsJsonArray().get(i).getAsLong();
        }
        return shape;
    }

    /** Names and values under the reference's names. */
    public Map<String, Weight> weights() {
        return weights;
    }

    /** What is said about it. */
    public JsonObject json() {
        return json;
    }

    /** An input. */
    public Weight input(final String key) {
        if (stored.containsKey("in." + key)) {
            return stored.get("in." + key);
        }
        final JsonObject how = json.getAsJsonObject("inputs").getAsJsonObject(key);
        return formula(key, shape(how.get("shape")), how.get("base"), how.get("amp"));
    }

    /** An output. */
    public Weight output(final String key) {
        final Weight output = stored.get("out." + key);
        assertTrue(output != null, name + " has no output " + key + " but " + stored.keySet());
        return output;
    }

    /**
     * What a function gives, as script, with the fixture's weights and the given inputs.
     *
     * @param rename the reference's name of a parameter of ours
     */
    public List<Weight> run(
            final Network network, final String function, final UnaryOperator<String> rename, final List<Weight> inputs)
            throws RunFailed {
        final Map<String, Weight> renamed = new LinkedHashMap<>();
        for (final Parameter parameter : network.parameters()) {
            final Weight weight = weights.get(rename.apply(parameter.name()));
            assertTrue(weight != null, name + " has no " + rename.apply(parameter.name()) + ": " + weights.keySet());
            renamed.put(parameter.name(), weight);
        }
        return run(network, function, renamed, inputs);
    }

    /** What a function gives, as script. */
    public static List<Weight> run(
            final Network network, final String function, final Map<String, Weight> weights, final List<Weight> inputs)
            throws RunFailed {
        try (ScriptModule module = ScriptModule.compile(
                        Device.CPU, List.of(ScriptOps.method(network, function, ComputeType.FLOAT32)));
                TensorScope scope = TensorScope.open(Device.CPU)) {
            final List<Object> arguments = new ArrayList<>();
            inputs.forEach(input -> arguments.add(scope.floats(input.values(), input.shape())));
            final List<Tensor> parameters = new ArrayList<>();
            for (final Parameter parameter : network.parameters()) {
                final Weight weight = weights.get(parameter.name());
                assertArrayEquals(parameter.dimensions(), weight.shape(), parameter.name());
                parameters.add(scope.floats(weight.values(), weight.shape()));
            }
            arguments.add(parameters);
            return module.call(scope, false, function, arguments.toArray()).stream()
                    .map(t -> new Weight(t.shape(), t.toFloats()))
                    .toList();
        }
    }

    /** Compares with an output, relative to the output's largest value. */
    public void check(final String key, final float[] actual) {
        check(key, actual, TOLERANCE);
    }

    /** Compares with an output. */
    public void check(final String key, final float[] actual, final double tolerance) {
        final float[] expected = output(key).values();
        assertEquals(expected.length, actual.length, name + " " + key);
        double most = 0;
        double error = 0;
        for (int i = 0; i < expected.length; i++) {
            most = Math.max(most, Math.abs(expected[i]));
            error = Math.max(error, Math.abs((double) expected[i] - actual[i]));
        }
        assertTrue(error <= tolerance * most, name + " " + key + ": differs by " + error / most + " of " + most);
    }
}
