package org.selfdiff.weights;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.selfdiff.run.RunFailed;

/**
 * Reads the keys of one JSON object; every complaint names the file and the key with its path. {@link #done()} refuses
 * keys that nobody asked for, which are typing errors or come from a later release.
 */
public final class JsonFields {
    private final JsonObject json;

    private final String where;

    private final String path;

    private final Set<String> asked = new HashSet<>();

    private JsonFields(final JsonObject json, final String where, final String path) {
        this.json = json;
        this.where = where;
        this.path = path;
    }

    /**
     * Fields of an object.
     *
     * @param where the file or setting that it comes from
     * @param path name of the object, for instance {@code architecture}; empty for the outermost
     */
    public static JsonFields of(final JsonObject json, final String where, final String path) {
        return new JsonFields(json, where, path.isEmpty() ? "" : path + ".");
    }

    /** Whether the key is there and not null. */
    public boolean has(final String key) {
        asked.add(key);
        return json.has(key) && !json.get(key).isJsonNull();
    }

    /** A text. */
    public String text(final String key) throws RunFailed {
        if (value(key) instanceof JsonPrimitive p && p.isString()) {
            return p.getAsString();
        }
        throw wrong(key, "a text");
    }

    /** A truth value. */
    public boolean flag(final String key) throws RunFailed {
        if (value(key) instanceof JsonPrimitive p && p.isBoolean()) {
            return p.getAsBoolean();
        }
        throw wrong(key, "true or false");
    }

    /** A whole number between two bounds, both included. */
    public int integer(final String key, final int least, final int most) throws RunFailed {
        return (int) whole(value(key), key, least, most);
    }

    /** A whole number between two bounds, both included. */
    public long longInteger(final String key, final long least, final long most) throws RunFailed {
        return whole(value(key), key, least, most);
    }

    private long whole(final JsonElement value, final String key, final long least, final long most) throws RunFailed {
        if (value instanceof JsonPrimitive p && p.isNumber()) {
            final double d = p.getAsDouble();
            final long n = p.getAsNumber().longValue();
            if (d == n && n >= least && n <= most) {
                return n;
            }
        }
        throw wrong(key, "a whole number from " + least + " to " + most);
    }

    /** A finite number. */
    public double number(final String key) throws RunFailed {
        if (value(key) instanceof JsonPrimitive p && p.isNumber() && Double.isFinite(p.getAsDouble())) {
            return p.getAsDouble();
        }
        throw wrong(key, "a number");
    }

    /** One of the names of an enumeration. */
    public <E extends Enum<E>> E constant(final String key, final Class<E> type) throws RunFailed {
        final String name = text(key);
        for (final E constant : type.getEnumConstants()) {
            if (constant.name().equals(name)) {
                return constant;
            }
        }
        throw wrong(key, "one of " + Arrays.toString(type.getEnumConstants()));
    }

    /** An object, as it stands. */
    public JsonObject object(final String key) throws RunFailed {
        if (value(key) instanceof JsonObject o) {
            return o;
        }
        throw wrong(key, "an object");
    }

    /** An object, to be read by its fields. */
    public JsonFields fields(final String key) throws RunFailed {
        return of(object(key), where, path + key);
    }

    /** A list. */
    public JsonArray array(final String key) throws RunFailed {
        if (value(key) instanceof JsonArray a) {
            return a;
        }
        throw wrong(key, "a list");
    }

    /** A list of whole numbers between two bounds. */
    public int[] integers(final String key, final int least, final int most) throws RunFailed {
        final JsonArray array = array(key);
        final int[] numbers = new int[array.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (int) whole(array.get(i), key + "[" + i + "]", least, most);
        }
        return numbers;
    }

    /** A list of texts. */
    public String[] texts(final String key) throws RunFailed {
        final JsonArray array = array(key);
        final String[] texts = new String[array.size()];
        for (int i = 0; i < texts.length; i++) {
            if (!(array.get(i) instanceof JsonPrimitive p) || !p.isString()) {
                throw wrong(key + "[" + i + "]", "a text");
            }
            texts[i] = array.get(i).getAsString();
        }
        return texts;
    }

    /** An object whose values are all texts. */
    public Map<String, String> textMap(final String key) throws RunFailed {
        final Map<String, String> map = new LinkedHashMap<>();
        final JsonFields inner = fields(key);
        for (final String name : inner.json.keySet()) {
            map.put(name, inner.text(name));
        }
        return map;
    }

    /** A failure that names the key, for what this class cannot check. */
    public RunFailed wrong(final String key, final String needed) {
        final JsonElement value = json.get(key);
        final String found = value == null ? "is missing" : "is " + shorten(value.toString());
        return new RunFailed(
                "The model card's entry " + path + key + " " + found + "; it must be " + needed,
                where,
                "Use the model as it was saved.");
    }

    /** Refuses keys that were not asked for. */
    public void done() throws RunFailed {
        for (final String key : json.keySet()) {
            if (!asked.contains(key)) {
                throw new RunFailed(
                        "The model card has an unknown entry " + path + shorten(key),
                        where,
                        "Use the model as it was saved; if it comes from a newer release, update this one.");
            }
        }
    }

    private JsonElement value(final String key) {
        asked.add(key);
        return json.get(key);
    }

    private static String shorten(final String text) {
        return text.length() > 60 ? text.substring(0, 60) + "..." : text;
    }
}
