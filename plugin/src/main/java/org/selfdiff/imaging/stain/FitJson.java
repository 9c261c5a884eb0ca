package org.selfdiff.imaging.stain;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.Locale;
import org.selfdiff.run.RunFailed;

/** A fit as JSON: {@code method} and the lists of numbers by their names. */
final class FitJson {
    private static final List<String> STAINS = List.of("white", "hematoxylin", "eosin", "most");

    private static final List<String> STATISTICS = List.of("white", "mean", "deviation");

    private FitJson() {}

    private static List<String> names(final StainMethod method) {
        return method == StainMethod.REINHARD ? STATISTICS : STAINS;
    }

    static JsonObject write(final StainFit fit) {
        final JsonObject json = new JsonObject();
        json.addProperty("method", fit.method().name().toLowerCase(Locale.ROOT));
        final double[][] numbers = FitText.numbers(fit);
        for (int i = 0; i < numbers.length; i++) {
            final JsonArray list = new JsonArray();
            for (final double number : numbers[i]) {
                list.add(number);
            }
            json.add(names(fit.method()).get(i), list);
        }
        return json;
    }

    static StainFit read(final JsonObject json, final String where) throws RunFailed {
        try {
            if (!(json.get("method") instanceof JsonPrimitive name) || !name.isString()) {
                throw new IllegalArgumentException("no method");
            }
            final StainMethod method = FitText.method(name.getAsString());
            final List<String> names = names(method);
            if (json.size() != names.size() + 1) {
                throw new IllegalArgumentException("the entries are method, " + String.join(", ", names));
            }
            final double[][] numbers = new double[names.size()][];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = list(json.get(names.get(i)), names.get(i));
            }
            return FitText.fit(method, numbers);
        } catch (final IllegalArgumentException e) {
            throw new RunFailed(
                    "This is no description of stains: " + FitText.shorten(String.valueOf(e.getMessage())),
                    where,
                    "Use it as it was written, or fit the stains again.",
                    e);
        }
    }

    private static double[] list(final JsonElement element, final String name) {
        if (!(element instanceof JsonArray array) || array.size() > 3) {
            throw new IllegalArgumentException(name + " is no list of numbers");
        }
        final double[] out = new double[array.size()];
        for (int i = 0; i < out.length; i++) {
            if (!(array.get(i) instanceof JsonPrimitive number) || !number.isNumber()) {
                throw new IllegalArgumentException(name + " is no list of numbers");
            }
            out[i] = number.getAsDouble();
        }
        return out;
    }
}
