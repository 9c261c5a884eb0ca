package org.selfdiff.nn;

import com.google.gson.JsonObject;
import java.util.List;
import org.selfdiff.run.RunFailed;
import org.selfdiff.weights.JsonFields;

/**
 * One linear map of a vector to a number for each class: what a linear probe is.
 *
 * @param width numbers of a vector
 * @param outputs one for each class
 */
public record LinearClassifier(int width, int outputs) implements Network, NetworkFunction {
    /** The function {@code x -> logits} (batch, outputs). */
    public static final String CLASSIFY = "classify";

    /** Name of the map's matrix (outputs, width). */
    public static final String WEIGHT = "linear.weight";

    /** Name of what is added (outputs). */
    public static final String BIAS = "linear.bias";

    @Override
    public List<NetworkFunction> functions() {
        return List.of(this);
    }

    @Override
    public String name() {
        return CLASSIFY;
    }

    @Override
    public List<Input> inputs() {
        return List.of(Input.of("x", 2, width));
    }

    @Override
    public <T> List<T> apply(final Ops<T> ops, final List<T> inputs) {
        final T weight = ops.parameter(WEIGHT, Initial.fanIn(width), outputs, width);
        return List.of(ops.linear(inputs.get(0), weight, ops.parameter(BIAS, Initial.fanIn(width), outputs)));
    }

    /** As the {@code architecture} of a card. */
    public JsonObject toJson() {
        final JsonObject json = new JsonObject();
        json.addProperty("type", "linear classifier");
        json.addProperty("width", width);
        json.addProperty("outputs", outputs);
        return json;
    }

    /**
     * Reads {@link #toJson()}'s form.
     *
     * @param where the file or port it comes from, for messages
     * @throws RunFailed when a key is missing, of the wrong type or out of range
     */
    public static LinearClassifier fromJson(final JsonObject json, final String where) throws RunFailed {
        final JsonFields f = JsonFields.of(json, where, "architecture");
        if (!"linear classifier".equals(f.text("type"))) {
            throw f.wrong("type", "\"linear classifier\"");
        }
        final LinearClassifier network =
                new LinearClassifier(f.integer("width", 1, 1 << 20), f.integer("outputs", 1, 1 << 16));
        f.done();
        return network;
    }
}
