package org.selfdiff.weights;

import com.google.gson.JsonObject;
import org.selfdiff.run.RunFailed;

/**
 * What a model is fed with.
 *
 * @param channels number of channels, 3 for colour pictures
 * @param tileSize width and height of the tiles that it was trained on, in pixels
 * @param lo value of a black pixel, for instance -1
 * @param hi value of a white pixel, for instance 1
 * @param mpp micrometres to a pixel, NaN where it is not known
 */
public record ModelInput(int channels, int tileSize, double lo, double hi, double mpp) {
    private static final int MOST = 1 << 16;

    /** Refuses numbers that cannot be. */
    public ModelInput {
        if (channels < 1 || channels > MOST || tileSize < 1 || tileSize > MOST) {
            throw new IllegalArgumentException(channels + " channels, tiles of " + tileSize);
        }
        if (!(lo < hi) || Double.isInfinite(lo) || Double.isInfinite(hi)) {
            throw new IllegalArgumentException("values from " + lo + " to " + hi);
        }
        if (mpp <= 0 || Double.isInfinite(mpp)) {
            throw new IllegalArgumentException(mpp + " micrometres to a pixel");
        }
    }

    JsonObject toJson() {
        final JsonObject json = new JsonObject();
        json.addProperty("channels", channels);
        json.addProperty("tileSize", tileSize);
        json.addProperty("lo", lo);
        json.addProperty("hi", hi);
        if (!Double.isNaN(mpp)) {
            json.addProperty("mpp", mpp);
        }
        return json;
    }

    static ModelInput of(final JsonFields json) throws RunFailed {
        final int channels = json.integer("channels", 1, MOST);
        final int tileSize = json.integer("tileSize", 1, MOST);
        final double lo = json.number("lo");
        final double hi = json.number("hi");
        final double mpp = json.has("mpp") ? json.number("mpp") : Double.NaN;
        if (lo >= hi) {
            throw json.wrong("hi", "more than lo");
        }
        if (mpp <= 0) {
            throw json.wrong("mpp", "above 0");
        }
        json.done();
        return new ModelInput(channels, tileSize, lo, hi, mpp);
    }
}
