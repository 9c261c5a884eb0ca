package org.selfdiff.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.selfdiff.run.RunFailed;
import org.selfdiff.weights.JsonFields;

/** What a model is fed with. */
public sealed interface ModelInput {
    /** More channels, or a longer side, than any picture has. */
    int MOST = 1 << 16;

    /** In words, for instance {@code 3 channels, tiles of 64 pixels at 0.25 µm}. */
    String describe();

    /**
     * Pictures. A pixel of value v, from 0 (black) to 1 (white), goes in as {@code (v - mean) / deviation}.
     *
     * @param channels number of channels, 3 for colour pictures
     * @param side width and height of the tiles that it was trained on, in pixels
     * @param mean of each channel, or one number for all
     * @param deviation of each channel, or one number for all; above 0
     * @param mpp micrometres to a pixel, NaN where it is not known
     */
    record Pixels(int channels, int side, List<Double> mean, List<Double> deviation, double mpp) implements ModelInput {

        /** Copies the lists and refuses numbers that cannot be. */
        public Pixels {
            mean = List.copyOf(mean);
            deviation = List.copyOf(deviation);
            if (channels < 1 || channels > MOST || side < 1 || side > MOST) {
                throw new IllegalArgumentException(channels + " channels, tiles of " + side);
            }
            if (!fits(mean, channels)
                    || !fits(deviation, channels)
                    || deviation.stream().anyMatch(d -> !(d > 0))) {
                throw new IllegalArgumentException("means " + mean + ", deviations " + deviation);
            }
            if (mpp <= 0 || Double.isInfinite(mpp)) {
                throw new IllegalArgumentException(mpp + " micrometres to a pixel");
            }
        }

        private static boolean fits(final List<Double> numbers, final int channels) {
            return (numbers.size() == 1 || numbers.size() == channels)
                    && numbers.stream().allMatch(Double::isFinite);
        }

        /** Black goes in as {@code low}, white as {@code high}, in all channels. */
        public static Pixels between(
                final double low, final double high, final int channels, final int side, final double mpp) {
            return new Pixels(channels, side, List.of((0 - low) / (high - low)), List.of(1 / (high - low)), mpp);
        }

        /** What black goes in as, in a channel. */
        public double low(final int channel) {
            return -of(mean, channel) / of(deviation, channel);
        }

        /** What white goes in as, in a channel. */
        public double high(final int channel) {
            return (1 - of(mean, channel)) / of(deviation, channel);
        }

        private static double of(final List<Double> numbers, final int channel) {
            return numbers.get(numbers.size() == 1 ? 0 : channel);
        }

        @Override
        public String describe() {
            return channels + (channels == 1 ? " channel" : " channels") + ", tiles of " + side + " pixels"
                    + (Double.isNaN(mpp) ? "" : " at " + mpp + " µm");
        }
    }

    /**
     * Vectors that an encoder made.
     *
     * @param width numbers of a vector
     * @param encoder name of the encoder
     * @param fingerprint the encoder's fingerprint; empty where it is not known
     */
    record Features(int width, String encoder, String fingerprint) implements ModelInput {

        /** Refuses an impossible width. */
        public Features {
            Objects.requireNonNull(encoder);
            Objects.requireNonNull(fingerprint);
            if (width < 1) {
                throw new IllegalArgumentException("width " + width);
            }
        }

        @Override
        public String describe() {
            return "embeddings of " + width + " numbers by " + encoder;
        }
    }

    /** As it stands in a card. */
    default JsonObject toJson() {
        final JsonObject json = new JsonObject();
        if (this instanceof Pixels pixels) {
            json.addProperty("channels", pixels.channels());
            json.addProperty("side", pixels.side());
            json.add("mean", json(pixels.mean()));
            json.add("deviation", json(pixels.deviation()));
            if (!Double.isNaN(pixels.mpp())) {
                json.addProperty("mpp", pixels.mpp());
            }
        } else if (this instanceof Features features) {
            json.addProperty("width", features.width());
            json.addProperty("encoder", features.encoder());
            json.addProperty("fingerprint", features.fingerprint());
        }
        return json;
    }

    private static JsonArray json(final List<Double> numbers) {
        final JsonArray list = new JsonArray();
        numbers.forEach(list::add);
        return list;
    }

    /** Reads {@link #toJson()}'s form. */
    static ModelInput of(final JsonFields json) throws RunFailed {
        final ModelInput input = json.has("encoder") ? features(json) : pixels(json);
        json.done();
        return input;
    }

    private static Features features(final JsonFields json) throws RunFailed {
        return new Features(json.integer("width", 1, 1 << 20), json.text("encoder"), json.text("fingerprint"));
    }

    private static Pixels pixels(final JsonFields json) throws RunFailed {
        final int channels = json.integer("channels", 1, MOST);
        final int side = json.integer("side", 1, MOST);
        final List<Double> mean = numbers(json, "mean", channels);
        final List<Double> deviation = numbers(json, "deviation", channels);
        if (deviation.stream().anyMatch(d -> d <= 0)) {
            throw json.wrong("deviation", "above 0");
        }
        return new Pixels(channels, side, mean, deviation, mpp(json));
    }

    private static double mpp(final JsonFields json) throws RunFailed {
        final double mpp = json.has("mpp") ? json.number("mpp") : Double.NaN;
        if (mpp <= 0) {
            throw json.wrong("mpp", "above 0");
        }
        return mpp;
    }

    private static List<Double> numbers(final JsonFields json, final String key, final int channels) throws RunFailed {
        final List<Double> numbers = new ArrayList<>();
        for (final JsonElement e : json.array(key)) {
            if (!(e instanceof JsonPrimitive p) || !p.isNumber() || !Double.isFinite(p.getAsDouble())) {
                throw json.wrong(key, "a list of numbers");
            }
            numbers.add(e.getAsDouble());
        }
        if (numbers.size() != 1 && numbers.size() != channels) {
            throw json.wrong(key, "one number, or one for each channel");
        }
        return numbers;
    }

    /** Reads the form of the first version of cards. */
    static Pixels ofVersion1(final JsonFields json) throws RunFailed {
        final int channels = json.integer("channels", 1, MOST);
        final int side = json.integer("tileSize", 1, MOST);
        final double lo = json.number("lo");
        final double hi = json.number("hi");
        if (lo >= hi) {
            throw json.wrong("hi", "more than lo");
        }
        final Pixels pixels = Pixels.between(lo, hi, channels, side, mpp(json));
        json.done();
        return pixels;
    }
}
