package org.selfdiff.imaging.stain;

import com.google.gson.JsonObject;
import org.selfdiff.imaging.Picture;
import org.selfdiff.run.RunFailed;

/**
 * Brings pictures of one slide to the look of another. With stains, the amount of each is scaled by the ratio of the
 * 99th percentiles and painted in the target's stains before the target's glass; what neither stain explains (pigment,
 * a third stain, noise) is kept, scaled down where the stains are, so that a slide brought to its own look does not
 * change. With Reinhard's statistics, colours are shifted and scaled in l-alpha-beta. Safe for several threads.
 */
public final class StainTransform {
    private static final char ARROW = '>';

    private final StainFit source;

    private final StainFit target;

    private final ColourMap map;

    /**
     * From one look to another.
     *
     * @throws IllegalArgumentException if one has stains and the other has Reinhard's statistics
     */
    public StainTransform(final StainFit source, final StainFit target) {
        this.source = source;
        this.target = target;
        if (source instanceof StainVectors s && target instanceof StainVectors t) {
            map = new DensityMap(s, t);
        } else if (source instanceof ColourStatistics s && target instanceof ColourStatistics t) {
            map = new ReinhardMap(s, t);
        } else {
            throw new IllegalArgumentException("from " + source.method() + " to " + target.method());
        }
    }

    /** Changes pixels. */
    interface ColourMap {
        /**
         * Maps all pixels.
         *
         * @param from red, green, blue, interleaved
         * @param to as long
         */
        void map(byte[] from, byte[] to);
    }

    /** The look that it starts from. */
    public StainFit source() {
        return source;
    }

    /** The look that it leads to. */
    public StainFit target() {
        return target;
    }

    /** Changes a picture. */
    public Picture apply(final Picture picture) {
        final byte[] out = new byte[picture.rgb().length];
        map.map(picture.rgb(), out);
        return new Picture(picture.width(), picture.height(), out);
    }

    /** One line, for a table: the text of the source, {@code >}, the text of the target. */
    public String text() {
        return source.text() + ARROW + target.text();
    }

    /** For a model card. */
    public JsonObject json() {
        final JsonObject json = new JsonObject();
        json.add("source", source.json());
        json.add("target", target.json());
        return json;
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @param where the file, row or setting that the text comes from
     * @throws RunFailed if it is anything else
     */
    public static StainTransform parse(final String text, final String where) throws RunFailed {
        final int arrow = text.indexOf(ARROW);
        if (arrow < 0) {
            throw wrong("it has no " + ARROW, where);
        }
        return of(
                StainFit.parse(text.substring(0, arrow), where),
                StainFit.parse(text.substring(arrow + 1), where),
                where);
    }

    /**
     * Reads what {@link #json} wrote.
     *
     * @param where the file that it comes from
     * @throws RunFailed if it is anything else
     */
    public static StainTransform parse(final JsonObject json, final String where) throws RunFailed {
        if (json.size() == 2
                && json.get("source") instanceof JsonObject from
                && json.get("target") instanceof JsonObject to) {
            return of(StainFit.parse(from, where), StainFit.parse(to, where), where);
        }
        throw wrong("it has no source and target", where);
    }

    private static StainTransform of(final StainFit source, final StainFit target, final String where)
            throws RunFailed {
        if (source instanceof StainVectors != target instanceof StainVectors) {
            throw wrong("it leads from " + source.method() + " to " + target.method(), where);
        }
        return new StainTransform(source, target);
    }

    private static RunFailed wrong(final String why, final String where) {
        return new RunFailed(
                "This is no description of a change of stains: " + why,
                where,
                "Use it as it was written, or fit the stains again.");
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof StainTransform t && source.equals(t.source) && target.equals(t.target);
    }

    @Override
    public int hashCode() {
        return 31 * source.hashCode() + target.hashCode();
    }
}
