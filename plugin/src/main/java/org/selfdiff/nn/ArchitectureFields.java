package org.selfdiff.nn;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.selfdiff.run.RunFailed;

/**
 * Reads the values of an architecture's JSON object and names the key when one is not what it should be.
 *
 * @param json the object
 * @param where the file or port it comes from
 */
record ArchitectureFields(JsonObject json, String where) {

    String text(final String key) throws RunFailed {
        return text(key, json.get(key));
    }

    int integer(final String key) throws RunFailed {
        return integer(key, json.get(key));
    }

    boolean truth(final String key) throws RunFailed {
        if (json.get(key) instanceof JsonPrimitive primitive && primitive.isBoolean()) {
            return primitive.getAsBoolean();
        }
        throw wrong(key, "is not true or false");
    }

    List<Integer> integers(final String key) throws RunFailed {
        final List<Integer> values = new ArrayList<>();
        for (final JsonElement element : array(key)) {
            values.add(integer(key, element));
        }
        return values;
    }

    <E extends Enum<E>> E choice(final String key, final Class<E> type) throws RunFailed {
        return choice(key, json.get(key), type);
    }

    <E extends Enum<E>> List<E> choices(final String key, final Class<E> type) throws RunFailed {
        final List<E> values = new ArrayList<>();
        for (final JsonElement element : array(key)) {
            values.add(choice(key, element, type));
        }
        return values;
    }

    RunFailed wrong(final String key, final String what) {
        return new RunFailed(
                "The model's architecture: \"" + key + "\" " + what,
                where,
                "The file was made by another version or is damaged; use a model written by this extension.");
    }

    private Iterable<JsonElement> array(final String key) throws RunFailed {
        final JsonElement element = json.get(key);
        if (element == null || !element.isJsonArray()) {
            throw wrong(key, "is not a list");
        }
        return element.getAsJsonArray();
    }

    private int integer(final String key, final JsonElement element) throws RunFailed {
        if (element instanceof JsonPrimitive primitive && primitive.isNumber()) {
            final double value = primitive.getAsDouble();
            if (value == Math.rint(value) && Math.abs(value) <= Integer.MAX_VALUE) {
                return (int) value;
            }
        }
        throw wrong(key, "is not a whole number");
    }

    private String text(final String key, final JsonElement element) throws RunFailed {
        if (element instanceof JsonPrimitive primitive && primitive.isString()) {
            return primitive.getAsString();
        }
        throw wrong(key, "is not a text");
    }

    private <E extends Enum<E>> E choice(final String key, final JsonElement element, final Class<E> type)
            throws RunFailed {
        final String name = text(key, element);
        for (final E value : type.getEnumConstants()) {
            if (value.name().equals(name.toUpperCase(Locale.ROOT))) {
                return value;
            }
        }
        throw wrong(key, "is \"" + name + "\", which is none of " + List.of(type.getEnumConstants()));
    }
}
