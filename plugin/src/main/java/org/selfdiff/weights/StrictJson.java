package org.selfdiff.weights;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import org.selfdiff.run.RunFailed;

/** Reads JSON without the usual leniency: no duplicate keys, no nesting without end, nothing behind it. */
public final class StrictJson {
    private static final int MAX_DEPTH = 32;

    private static final int MAX_DIGITS = 40;

    private StrictJson() {}

    /**
     * Reads an object.
     *
     * @param where the file or setting, for the message
     */
    public static JsonObject object(final String text, final String where) throws RunFailed {
        final JsonReader reader = new JsonReader(new StringReader(text));
        reader.setStrictness(Strictness.STRICT);
        try {
            final JsonElement value = value(reader, 0);
            if (value instanceof JsonObject object && reader.peek() == JsonToken.END_DOCUMENT) {
                return object;
            }
            throw new IOException("not one object");
        } catch (IOException | IllegalStateException | NumberFormatException e) {
            throw new RunFailed(
                    "The model card is not the JSON that it should be: " + e.getMessage(),
                    where,
                    "Use the model as it was saved.",
                    e);
        }
    }

    private static JsonElement value(final JsonReader reader, final int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw new IOException("nested more than " + MAX_DEPTH + " deep");
        }
        return switch (reader.peek()) {
            case BEGIN_OBJECT -> members(reader, depth);
            case BEGIN_ARRAY -> items(reader, depth);
            case STRING -> new JsonPrimitive(reader.nextString());
            case NUMBER -> number(reader.nextString());
            case BOOLEAN -> new JsonPrimitive(reader.nextBoolean());
            case NULL -> {
                reader.nextNull();
                yield JsonNull.INSTANCE;
            }
            default -> throw new IOException("something is missing");
        };
    }

    private static JsonObject members(final JsonReader reader, final int depth) throws IOException {
        final JsonObject object = new JsonObject();
        reader.beginObject();
        while (reader.hasNext()) {
            final String key = reader.nextName();
            if (object.has(key)) {
                throw new IOException("the key " + key + " twice");
            }
            object.add(key, value(reader, depth + 1));
        }
        reader.endObject();
        return object;
    }

    private static JsonArray items(final JsonReader reader, final int depth) throws IOException {
        final JsonArray array = new JsonArray();
        reader.beginArray();
        while (reader.hasNext()) {
            array.add(value(reader, depth + 1));
        }
        reader.endArray();
        return array;
    }

    private static JsonPrimitive number(final String digits) throws IOException {
        if (digits.length() > MAX_DIGITS) {
            throw new IOException("a number of " + digits.length() + " characters");
        }
        final BigDecimal exact = new BigDecimal(digits);
        try {
            return new JsonPrimitive(exact.longValueExact());
        } catch (ArithmeticException e) {
            return new JsonPrimitive(exact.doubleValue());
        }
    }
}
