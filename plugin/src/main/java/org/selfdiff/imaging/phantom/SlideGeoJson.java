package org.selfdiff.imaging.phantom;

import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.selfdiff.imaging.SeededRandom;

/**
 * Annotations as a GeoJSON FeatureCollection (RFC 7946) in the manner of QuPath: coordinates are pixels of level 0, the class
 * is {@code properties.classification.name}.
 */
public final class SlideGeoJson {
    private SlideGeoJson() {}

    /** The text of a file, UTF-8. Equal regions give equal text. */
    public static String of(final List<Region> regions) {
        final StringBuilder out = new StringBuilder("{\"type\":\"FeatureCollection\",\"features\":[");
        for (int i = 0; i < regions.size(); i++) {
            out.append(i == 0 ? "\n" : ",\n");
            feature(out, regions.get(i), i);
        }
        return out.append("\n]}\n").toString();
    }

    private static void feature(final StringBuilder out, final Region region, final int number) {
        final double[] x = region.outer().x();
        final long high =
                SeededRandom.mix(number, Double.doubleToLongBits(x[0]), Double.doubleToLongBits(region.area()));
        out.append("{\"type\":\"Feature\",\"id\":\"")
                .append(new UUID(high & ~0xf000L | 0x4000L, SeededRandom.mix(high) & ~(3L << 62) | 1L << 63))
                .append("\",\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[");
        ring(out, region.outer());
        for (final Outline hole : region.holes()) {
            out.append(',');
            ring(out, hole);
        }
        final int colour = region.kind().colour();
        out.append("]},\"properties\":{\"objectType\":\"annotation\",\"classification\":{\"name\":\"")
                .append(region.kind().title())
                .append("\",\"color\":[")
                .append(colour >> 16)
                .append(',')
                .append(colour >> 8 & 0xff)
                .append(',')
                .append(colour & 0xff)
                .append("]}}}");
    }

    /** A ring ends where it begins. */
    private static void ring(final StringBuilder out, final Outline outline) {
        out.append('[');
        final int n = outline.x().length;
        for (int i = 0; i <= n; i++) {
            out.append(i == 0 ? "[" : ",[")
                    .append(number(outline.x()[i % n]))
                    .append(',')
                    .append(number(outline.y()[i % n]))
                    .append(']');
        }
        out.append(']');
    }

    private static String number(final double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : String.format(Locale.ROOT, "%.1f", value);
    }
}
