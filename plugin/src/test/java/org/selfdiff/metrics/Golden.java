package org.selfdiff.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.StreamSupport;

/** Values of independent implementations, with NaN and infinities as strings. */
public final class Golden {
    private Golden() {}

    /** A file of them. */
    public static JsonObject read(final String name) {
        try (InputStream in = Golden.class.getResourceAsStream("/metrics/" + name + ".json");
                Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            return JsonParser.parseReader(reader).getAsJsonObject();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The objects of a list; there must be some. */
    public static List<JsonObject> cases(final JsonObject parent, final String key) {
        final List<JsonObject> cases = StreamSupport.stream(
                        parent.getAsJsonArray(key).spliterator(), false)
                .map(JsonElement::getAsJsonObject)
                .toList();
        assertTrue(!cases.isEmpty(), key);
        return cases;
    }

    /** Whether a value is one that the reference refuses. */
    public static boolean undefined(final JsonElement value) {
        return value.isJsonPrimitive()
                && value.getAsJsonPrimitive().isString()
                && (value.getAsString().startsWith("undefined")
                        || value.getAsString().startsWith("raises"));
    }

    public static double number(final JsonElement value) {
        return undefined(value) ? Double.NaN : Double.parseDouble(value.getAsString());
    }

    public static double[] numbers(final JsonElement array) {
        return StreamSupport.stream(array.getAsJsonArray().spliterator(), false)
                .mapToDouble(Golden::number)
                .toArray();
    }

    public static int[] integers(final JsonElement array) {
        return StreamSupport.stream(array.getAsJsonArray().spliterator(), false)
                .mapToInt(JsonElement::getAsInt)
                .toArray();
    }

    public static double[][] table(final JsonElement array) {
        return StreamSupport.stream(array.getAsJsonArray().spliterator(), false)
                .map(Golden::numbers)
                .toArray(double[][]::new);
    }

    /** Truths that are written as 0 and 1. */
    public static boolean[] truths(final JsonElement array) {
        final JsonArray values = array.getAsJsonArray();
        final boolean[] truths = new boolean[values.size()];
        for (int i = 0; i < truths.length; i++) {
            truths[i] = values.get(i).getAsInt() == 1;
        }
        return truths;
    }

    /** Compares a number; what the reference refuses is {@code NaN} here. */
    public static void same(
            final JsonElement expected, final double actual, final double tolerance, final String what) {
        final double value = number(expected);
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            assertEquals(value, actual, what);
        } else {
            assertEquals(value, actual, tolerance, what);
        }
    }

    /** Compares all numbers of a list. */
    public static void same(
            final JsonElement expected, final double[] actual, final double tolerance, final String what) {
        assertEquals(expected.getAsJsonArray().size(), actual.length, what);
        for (int i = 0; i < actual.length; i++) {
            same(expected.getAsJsonArray().get(i), actual[i], tolerance, what + " " + i);
        }
    }
}
