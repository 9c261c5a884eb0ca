package org.selfdiff.imaging.annotation;

import com.google.gson.stream.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Writes tiles with measurements as GeoJSON that QuPath opens as tile objects, in their colours, with the measurements in
 * its tables and measurement maps (the form of QuPath 0.4 and newer).
 */
public final class TileGeoJson {

    /**
     * A tile.
     *
     * @param bounds its rectangle in pixels of level 0
     * @param colour {@code 0xRRGGBB}
     * @param measurements numbers by name; those that are not finite are left out, since JSON has none
     */
    public record TileObject(Bounds bounds, int colour, Map<String, Double> measurements) {}

    private TileGeoJson() {}

    /** The content of such a file, in UTF-8. */
    public static byte[] bytes(final List<TileObject> tiles) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonWriter out = new JsonWriter(new OutputStreamWriter(bytes, StandardCharsets.UTF_8))) {
            out.beginObject().name("type").value("FeatureCollection").name("features");
            out.beginArray();
            for (final TileObject tile : tiles) {
                write(out, tile);
            }
            out.endArray().endObject();
        } catch (final IOException e) {
            throw new IllegalStateException(e); // memory does not fail in this way
        }
        return bytes.toByteArray();
    }

    private static void write(final JsonWriter out, final TileObject tile) throws IOException {
        final Bounds b = tile.bounds;
        out.beginObject().name("type").value("Feature");
        out.name("geometry").beginObject().name("type").value("Polygon").name("coordinates");
        out.beginArray().beginArray();
        corner(out, b.minX(), b.minY());
        corner(out, b.maxX(), b.minY());
        corner(out, b.maxX(), b.maxY());
        corner(out, b.minX(), b.maxY());
        corner(out, b.minX(), b.minY());
        out.endArray().endArray().endObject();
        out.name("properties").beginObject().name("objectType").value("tile");
        out.name("color").beginArray();
        out.value(tile.colour >> 16 & 0xff).value(tile.colour >> 8 & 0xff).value(tile.colour & 0xff);
        out.endArray();
        out.name("measurements").beginObject();
        for (final Map.Entry<String, Double> measurement : tile.measurements.entrySet()) {
            if (Double.isFinite(measurement.getValue())) {
                out.name(measurement.getKey()).value(measurement.getValue());
            }
        }
        out.endObject().endObject().endObject();
    }

    private static void corner(final JsonWriter out, final double x, final double y) throws IOException {
        out.beginArray();
        GeoJsonWriter.writeNumber(out, x);
        GeoJsonWriter.writeNumber(out, y);
        out.endArray();
    }
}
