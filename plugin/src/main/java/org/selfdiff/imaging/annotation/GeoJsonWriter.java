package org.selfdiff.imaging.annotation;

import com.google.gson.stream.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.selfdiff.run.AtomicFile;
import org.selfdiff.run.RunFailed;

/** Writes regions as GeoJSON that QuPath opens as annotations, and that is read back without change. */
public final class GeoJsonWriter {
    private static final double WHOLE = 0x1p53;

    private GeoJsonWriter() {}

    /**
     * Writes a file, whole or not at all.
     *
     * @throws RunFailed as {@link AtomicFile#write}
     */
    public static void write(final Path file, final List<Region> regions) throws RunFailed {
        AtomicFile.write(file, bytes(regions));
    }

    /** The content of such a file, in UTF-8. */
    public static byte[] bytes(final List<Region> regions) {
        return bytes(regions, Map.of());
    }

    /**
     * The content of such a file with the colours in which viewers show the classes.
     *
     * @param colours {@code 0xRRGGBB} by class; one that has none is shown as the viewer chooses
     */
    public static byte[] bytes(final List<Region> regions, final Map<String, Integer> colours) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonWriter out = new JsonWriter(new OutputStreamWriter(bytes, StandardCharsets.UTF_8))) {
            out.beginObject().name("type").value("FeatureCollection").name("features");
            out.beginArray();
            for (final Region region : regions) {
                writeFeature(out, region, colours);
            }
            out.endArray().endObject();
        } catch (final IOException e) {
            throw new IllegalStateException(e); // memory does not fail in this way
        }
        return bytes.toByteArray();
    }

    private static void writeFeature(final JsonWriter out, final Region region, final Map<String, Integer> colours)
            throws IOException {
        out.beginObject().name("type").value("Feature").name("geometry").beginObject();
        final boolean one = region.polygons().size() == 1;
        out.name("type").value(one ? "Polygon" : "MultiPolygon").name("coordinates");
        if (one) {
            writePolygon(out, region.polygons().get(0));
        } else {
            out.beginArray();
            for (final Polygon polygon : region.polygons()) {
                writePolygon(out, polygon);
            }
            out.endArray();
        }
        out.endObject().name("properties").beginObject();
        out.name("objectType").value("annotation");
        if (!region.name().isEmpty()) {
            out.name("name").value(region.name());
        }
        out.name("classification").beginObject().name("name").value(region.className());
        final Integer colour = colours.get(region.className());
        if (colour != null) {
            out.name("color").beginArray();
            out.value(colour >> 16 & 0xff).value(colour >> 8 & 0xff).value(colour & 0xff);
            out.endArray();
        }
        out.endObject().endObject().endObject();
    }

    private static void writePolygon(final JsonWriter out, final Polygon polygon) throws IOException {
        out.beginArray();
        writeRing(out, polygon.outer());
        for (final Ring hole : polygon.holes()) {
            writeRing(out, hole);
        }
        out.endArray();
    }

    private static void writeRing(final JsonWriter out, final Ring ring) throws IOException {
        out.beginArray();
        for (int i = 0; i <= ring.size(); i++) {
            final int vertex = i == ring.size() ? 0 : i;
            out.beginArray();
            writeNumber(out, ring.x(vertex));
            writeNumber(out, ring.y(vertex));
            out.endArray();
        }
        out.endArray();
    }

    static void writeNumber(final JsonWriter out, final double value) throws IOException {
        if (value == Math.rint(value) && Math.abs(value) < WHOLE) {
            out.value((long) value); // pixels are mostly whole numbers
        } else {
            out.value(value);
        }
    }
}
