package org.selfdiff.diffusion;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Arrays;
import java.util.List;
import org.selfdiff.run.RunFailed;

/**
 * All that a diffusion model must know about its process to be trained and sampled.
 *
 * @param schedule how noise is added
 * @param objective what the network predicts
 * @param weighting how time-steps count in the loss
 */
public record DiffusionProcess(NoiseSchedule schedule, Objective objective, LossWeighting weighting) {

    /** Refuses noise as what is predicted where the last time-step is nothing else. */
    public DiffusionProcess {
        if (schedule.zeroTerminalSnr() && objective == Objective.EPSILON) {
            throw new IllegalArgumentException("pure noise says nothing about the picture; predict V or X0");
        }
    }

    /** That of GenSelfDiff-HIS: quadratic, 1000 steps, noise, P2 with k = gamma = 1. */
    public static DiffusionProcess paper() {
        return new DiffusionProcess(
                new NoiseSchedule(BetaCurve.QUADRATIC, 1000), Objective.EPSILON, new LossWeighting.P2(1, 1));
    }

    /** As the {@code diffusion} object of a model card. */
    public JsonObject toJson() {
        final JsonObject json = new JsonObject();
        json.addProperty("schedule", schedule.curve().name());
        json.addProperty("timesteps", schedule.steps());
        if (schedule.zeroTerminalSnr()) {
            json.addProperty("zero_terminal_snr", true);
        }
        json.addProperty("objective", objective.name());
        if (weighting instanceof LossWeighting.P2 p2) {
            json.addProperty("weighting", "P2");
            json.addProperty("k", p2.k());
            json.addProperty("gamma", p2.gamma());
        } else if (weighting instanceof LossWeighting.MinSnr minSnr) {
            json.addProperty("weighting", "MIN_SNR");
            json.addProperty("gamma", minSnr.gamma());
        } else {
            json.addProperty("weighting", "NONE");
        }
        return json;
    }

    /**
     * Reads {@link #toJson()}'s form.
     *
     * @param where the file or port it comes from, for messages
     * @throws RunFailed naming the key that is missing or wrong
     */
    public static DiffusionProcess fromJson(final JsonObject json, final String where) throws RunFailed {
        final double steps = number(json, "timesteps", where);
        if (steps < 1 || steps > 100_000 || steps != Math.rint(steps)) {
            throw wrong("timesteps", where);
        }
        final BetaCurve curve = choice(json, "schedule", BetaCurve.class, where);
        final Objective objective = choice(json, "objective", Objective.class, where);
        final boolean zeroTerminalSnr = flag(json, "zero_terminal_snr", where);
        if (zeroTerminalSnr && (steps < 2 || objective == Objective.EPSILON)) {
            throw wrong("zero_terminal_snr", where);
        }
        return new DiffusionProcess(
                new NoiseSchedule(curve, (int) steps, zeroTerminalSnr), objective, weighting(json, where));
    }

    private static LossWeighting weighting(final JsonObject json, final String where) throws RunFailed {
        return switch (text(json, "weighting", where)) {
            case "NONE" -> new LossWeighting.None();
            case "P2" -> new LossWeighting.P2(number(json, "k", where), number(json, "gamma", where));
            case "MIN_SNR" -> new LossWeighting.MinSnr(number(json, "gamma", where));
            default -> throw wrong("weighting", where);
        };
    }

    private static <E extends Enum<E>> E choice(
            final JsonObject json, final String key, final Class<E> type, final String where) throws RunFailed {
        final String name = text(json, key, where);
        final List<E> values = Arrays.asList(type.getEnumConstants());
        return values.stream().filter(v -> v.name().equals(name)).findFirst().orElseThrow(() -> wrong(key, where));
    }

    private static String text(final JsonObject json, final String key, final String where) throws RunFailed {
        final JsonElement value = json.get(key);
        if (value instanceof JsonPrimitive primitive && primitive.isString()) {
            return primitive.getAsString();
        }
        throw wrong(key, where);
    }

    /** False where absent: older models do not have it. */
    private static boolean flag(final JsonObject json, final String key, final String where) throws RunFailed {
        if (!json.has(key)) {
            return false;
        }
        if (json.get(key) instanceof JsonPrimitive primitive && primitive.isBoolean()) {
            return primitive.getAsBoolean();
        }
        throw wrong(key, where);
    }

    private static double number(final JsonObject json, final String key, final String where) throws RunFailed {
        final JsonElement value = json.get(key);
        if (value instanceof JsonPrimitive primitive && primitive.isNumber() && Double.isFinite(value.getAsDouble())) {
            return value.getAsDouble();
        }
        throw wrong(key, where);
    }

    private static RunFailed wrong(final String key, final String where) {
        return new RunFailed(
                "The model's diffusion settings: \"" + key + "\" is missing or not one of the known values",
                where,
                "The file was made by another version or is damaged; use a model written by this extension.");
    }
}
