package org.selfdiff.diffusion;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.selfdiff.run.RunFailed;
import org.selfdiff.weights.SafeTensors;

/** Golden values of diffusers: noise schedules, training targets, trajectories of samplers. */
final class SchedulerFixture {
    private final JsonObject json;

    private final Path tensors;

    private SchedulerFixture(final JsonObject json, final Path tensors) {
        this.json = json;
        this.tensors = tensors;
    }

    /** A case, shown by its name. */
    record Case(SchedulerFixture fixture, JsonObject json) {
        String name() {
            return json.get("name").getAsString();
        }

        double number(final String key, final double otherwise) {
            return json.has(key) && !json.get(key).isJsonNull() ? json.get(key).getAsDouble() : otherwise;
        }

        boolean flag(final String key) {
            return json.has(key) && json.get(key).getAsBoolean();
        }

        JsonObject config() {
            return json.getAsJsonObject("config");
        }

        String text(final String key, final String otherwise) {
            return config().has(key) ? config().get(key).getAsString() : otherwise;
        }

        boolean option(final String key, final boolean otherwise) {
            return config().has(key) ? config().get(key).getAsBoolean() : otherwise;
        }

        int whole(final String key, final int otherwise) {
            return config().has(key) ? config().get(key).getAsInt() : otherwise;
        }

        float[] floats(final String tensor) {
            return fixture.floats(name() + "/" + tensor);
        }

        NoiseSchedule schedule() {
            final BetaCurve curve =
                    switch (text("beta_schedule", "linear")) {
                        case "linear" -> BetaCurve.LINEAR;
                        case "scaled_linear" -> BetaCurve.SCALED_LINEAR;
                        case "squaredcos_cap_v2" -> BetaCurve.COSINE;
                        case "sigmoid" -> BetaCurve.SIGMOID;
                        default -> throw new IllegalArgumentException(config().toString());
                    };
            return new NoiseSchedule(
                    curve, whole("num_train_timesteps", 1000), option("rescale_betas_zero_snr", false));
        }

        DiffusionProcess process() {
            final Objective objective =
                    switch (text("prediction_type", "epsilon")) {
                        case "epsilon" -> Objective.EPSILON;
                        case "sample" -> Objective.X0;
                        default -> Objective.V;
                    };
            return new DiffusionProcess(schedule(), objective, new LossWeighting.None());
        }

        TimestepSpacing spacing(final TimestepSpacing otherwise) {
            return TimestepSpacing.valueOf(
                    text("timestep_spacing", otherwise.name()).toUpperCase(java.util.Locale.ROOT));
        }

        Clipping clipping(final boolean otherwise) {
            if (option("thresholding", false)) {
                return new Clipping.Dynamic(
                        config().get("dynamic_thresholding_ratio").getAsDouble(),
                        config().get("sample_max_value").getAsDouble());
            }
            return option("clip_sample", otherwise) ? new Clipping.Range(1) : new Clipping.None();
        }

        @Override
        public String toString() {
            return name();
        }
    }

    static SchedulerFixture open(final String name) {
        try {
            final Path file = Path.of(SchedulerFixture.class
                    .getResource("/schedulers/" + name + ".json")
                    .toURI());
            return new SchedulerFixture(
                    JsonParser.parseString(Files.readString(file)).getAsJsonObject(),
                    file.resolveSibling(name + ".safetensors"));
        } catch (final IOException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    List<Case> cases() {
        final List<Case> cases = new ArrayList<>();
        for (final JsonElement element : json.getAsJsonArray("cases")) {
            cases.add(new Case(this, element.getAsJsonObject()));
        }
        return cases;
    }

    float[] floats(final String name) {
        try (SafeTensors file = SafeTensors.open(tensors)) {
            return file.floats(name);
        } catch (final RunFailed e) {
            throw new IllegalStateException(e);
        }
    }

    boolean has(final String name) {
        try (SafeTensors file = SafeTensors.open(tensors)) {
            return file.tensors().containsKey(name);
        } catch (final RunFailed e) {
            throw new IllegalStateException(e);
        }
    }

    /** Of I64 or F32. */
    double[] numbers(final String name) {
        try (SafeTensors file = SafeTensors.open(tensors)) {
            final boolean whole = file.tensors().get(name).type().name().startsWith("I");
            return whole
                    ? java.util.Arrays.stream(file.longs(name)).asDoubleStream().toArray()
                    : toDoubles(file.floats(name));
        } catch (final RunFailed e) {
            throw new IllegalStateException(e);
        }
    }

    private static double[] toDoubles(final float[] floats) {
        final double[] doubles = new double[floats.length];
        for (int i = 0; i < floats.length; i++) {
            doubles[i] = floats[i];
        }
        return doubles;
    }
}
