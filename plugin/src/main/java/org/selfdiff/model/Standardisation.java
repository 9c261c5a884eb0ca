package org.selfdiff.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.selfdiff.run.RunFailed;
import org.selfdiff.weights.JsonFields;

/**
 * Brings embeddings to mean 0 and deviation 1 in each dimension: {@code (x - mean) / deviation}. Embeddings of an encoder
 * often have a large mean in common, beside which the differences between pictures are too small for a network to see.
 *
 * @param mean of each dimension
 * @param deviation of each dimension; 0 where nothing differs, which becomes 0
 */
public record Standardisation(List<Float> mean, List<Float> deviation) {
    /** Smaller deviations, as a share of the largest one, are rounding. */
    private static final double LEAST = 1e-5;

    /** Copies the lists and checks the numbers. */
    public Standardisation {
        mean = List.copyOf(mean);
        deviation = List.copyOf(deviation);
        if (mean.isEmpty()
                || mean.size() != deviation.size()
                || !mean.stream().allMatch(Float::isFinite)
                || !deviation.stream().allMatch(d -> Float.isFinite(d) && d >= 0)) {
            throw new IllegalArgumentException("means and deviations must be as many and finite");
        }
    }

    /**
     * That of some embeddings.
     *
     * @param rows at least one; all of one width, finite
     */
    public static Standardisation of(final List<float[]> rows) {
        final int width = rows.get(0).length;
        final double[] mean = new double[width];
        final double[] squares = new double[width];
        for (final float[] row : rows) {
            for (int k = 0; k < width; k++) {
                mean[k] += row[k] / rows.size();
            }
        }
        for (final float[] row : rows) {
            for (int k = 0; k < width; k++) {
                squares[k] += (row[k] - mean[k]) * (row[k] - mean[k]) / rows.size();
            }
        }
        final List<Float> means = new ArrayList<>();
        final List<Float> deviations = new ArrayList<>();
        double largest = 0;
        for (int k = 0; k < width; k++) {
            means.add((float) mean[k]);
            deviations.add((float) Math.sqrt(squares[k]));
            largest = Math.max(largest, deviations.get(k));
        }
        for (int k = 0; k < width; k++) {
            if (deviations.get(k) < LEAST * largest) {
                deviations.set(k, 0f);
            }
        }
        return new Standardisation(means, deviations);
    }

    /** Numbers of an embedding. */
    public int width() {
        return mean.size();
    }

    /** An embedding in the new scale, put into an array at a place. */
    public void apply(final float[] embedding, final float[] into, final int offset) {
        for (int k = 0; k < embedding.length; k++) {
            final float d = deviation.get(k);
            into[offset + k] = d == 0 ? 0 : (embedding[k] - mean.get(k)) / d;
        }
    }

    JsonObject toJson() {
        final JsonObject json = new JsonObject();
        json.add("mean", json(mean));
        json.add("deviation", json(deviation));
        return json;
    }

    private static JsonArray json(final List<Float> numbers) {
        final JsonArray list = new JsonArray();
        numbers.forEach(list::add);
        return list;
    }

    static Standardisation fromJson(final JsonFields json, final int width) throws RunFailed {
        final Standardisation read = new Standardisation(
                numbers(json, "mean", width, -Float.MAX_VALUE), numbers(json, "deviation", width, 0));
        json.done();
        return read;
    }

    private static List<Float> numbers(final JsonFields json, final String key, final int width, final float least)
            throws RunFailed {
        final List<Float> numbers = new ArrayList<>();
        for (final JsonElement e : json.array(key)) {
            if (!(e instanceof JsonPrimitive p && p.isNumber())
                    || !Float.isFinite(p.getAsFloat())
                    || p.getAsFloat() < least) {
                throw json.wrong(key, "finite numbers");
            }
            numbers.add(p.getAsFloat());
        }
        if (numbers.size() != width) {
            throw json.wrong(key, width + " numbers");
        }
        return Collections.unmodifiableList(numbers);
    }
}
