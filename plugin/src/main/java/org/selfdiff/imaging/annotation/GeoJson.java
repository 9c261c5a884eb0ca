package org.selfdiff.imaging.annotation;

import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunFailed;

/**
 * Reads GeoJSON (RFC 7946) as QuPath writes it: a collection of features, one feature, a geometry, or an array of
 * those. The coordinates are pixels of level 0. The class is QuPath's {@code properties.classification}, else the
 * name. Points and lines are left out; child objects are regions behind their parent.
 */
final class GeoJson {
    private static final List<String> KEYS =
            List.of("type", "features", "geometry", "properties", "coordinates", "geometries");

    private static final List<String> GEOMETRY = List.of("type", "coordinates", "geometries");

    private static final List<String> PROPERTIES = List.of("classification", "name", "childObjects");

    private static final List<String> CLASSIFICATION = List.of("name", "names");

    private final JsonFile json;

    private final RegionCollector collector;

    private int features;

    private GeoJson(final JsonFile json, final RegionCollector collector) {
        this.json = json;
        this.collector = collector;
    }

    /** A feature or geometry while it is read, as its keys may come in any order. */
    private static final class Draft {
        private final Place place;

        private String type = "";

        private String className;

        private String name = "";

        private Coordinates coordinates;

        private final List<Polygon> polygons = new ArrayList<>();

        private final List<Region> children = new ArrayList<>();

        private Draft(final Place place) {
            this.place = place;
        }
    }

    /** Reads the file's only value. */
    static void read(final JsonFile json, final RegionCollector collector) throws IOException, RunFailed, RunCancelled {
        final GeoJson reader = new GeoJson(json, collector);
        if (json.is(JsonToken.BEGIN_ARRAY)) {
            reader.readFeatures(null);
        } else {
            reader.readFeature(null);
        }
        json.end();
    }

    private void readFeatures(final List<Region> into) throws IOException, RunFailed, RunCancelled {
        json.array(() -> readFeature(into));
    }

    /**
     * Reads a feature, a geometry in the place of one, or a collection of them.
     *
     * @param into takes the regions, {@code null} for the collector
     */
    private void readFeature(final List<Region> into) throws IOException, RunFailed, RunCancelled {
        final boolean[] collection = {false};
        final Draft draft = new Draft(new Place(collector.file(), "feature", features + 1, 0));
        json.object(KEYS, key -> {
            switch (key) {
                case "features" -> {
                    collection[0] = true;
                    readFeatures(into);
                }
                case "properties" -> {
                    if (absent()) {
                        return;
                    }
                    json.object(PROPERTIES, property -> readProperty(property, draft));
                }
                case "geometry" -> {
                    if (!absent()) {
                        readGeometry(draft);
                    }
                }
                default -> readGeometryMember(key, draft);
            }
        });
        if (collection[0] || draft.type.equals("FeatureCollection")) {
            return;
        }
        features++;
        if (!draft.type.equals("Feature")) {
            finishGeometry(draft);
        }
        addRegions(draft, into);
    }

    private void addRegions(final Draft draft, final List<Region> into) throws RunFailed {
        if (!draft.polygons.isEmpty()) {
            final String name = draft.className == null ? draft.name : draft.className;
            addRegion(new Region(collector.classOr(name), draft.name, draft.polygons), into);
        }
        for (final Region child : draft.children) {
            addRegion(child, into);
        }
    }

    private void addRegion(final Region region, final List<Region> into) throws RunFailed {
        if (into == null) {
            collector.add(region);
        } else {
            into.add(region);
        }
    }

    private void readProperty(final String key, final Draft draft) throws IOException, RunFailed, RunCancelled {
        if (absent()) {
            return;
        }
        switch (key) {
            case "name" -> draft.name = Objects.requireNonNullElse(readText(), "");
            case "childObjects" -> {
                features++; // the parent comes first
                readFeatures(draft.children);
                features--;
            }
            default -> draft.className = readClass();
        }
    }

    private String readClass() throws IOException, RunFailed, RunCancelled {
        if (!json.is(JsonToken.BEGIN_OBJECT)) {
            return readText();
        }
        final List<String> parts = new ArrayList<>();
        json.object(CLASSIFICATION, key -> {
            parts.clear();
            if (json.is(JsonToken.BEGIN_ARRAY)) {
                json.array(() -> parts.add(json.text()));
            } else if (!absent()) {
                parts.add(json.text());
            }
        });
        return parts.isEmpty() ? null : String.join(": ", parts); // as QuPath shows a derived class
    }

    /** A text or number; {@code null} for anything else, which other programs may put there. */
    private String readText() throws IOException {
        if (json.is(JsonToken.STRING) || json.is(JsonToken.NUMBER)) {
            return json.text();
        }
        json.skip();
        return null;
    }

    private void readGeometry(final Draft draft) throws IOException, RunFailed, RunCancelled {
        final Draft geometry = new Draft(draft.place);
        json.object(GEOMETRY, key -> readGeometryMember(key, geometry));
        finishGeometry(geometry);
        draft.polygons.addAll(geometry.polygons);
    }

    private void readGeometryMember(final String key, final Draft geometry)
            throws IOException, RunFailed, RunCancelled {
        if (absent()) {
            return;
        }
        switch (key) {
            case "type" -> geometry.type = json.text();
            case "coordinates" -> geometry.coordinates = Coordinates.read(json, collector, geometry.place);
            default -> json.array(() -> readGeometry(geometry));
        }
    }

    /** Makes polygons of the coordinates, now that the type is known. */
    private void finishGeometry(final Draft geometry) throws IOException, RunFailed, RunCancelled {
        final Coordinates c = geometry.coordinates;
        switch (geometry.type) {
            case "Polygon", "MultiPolygon" -> {
                final int depth = geometry.type.equals("Polygon") ? Coordinates.POLYGON : Coordinates.MULTI_POLYGON;
                if (c == null || c.depth() == 0) {
                    collector.ignore("empty " + geometry.type);
                    return;
                }
                if (c.depth() != depth) {
                    throw new IOException("the coordinates do not fit a " + geometry.type);
                }
                addPolygons(geometry, c);
            }
            case "Point", "MultiPoint", "LineString", "MultiLineString" -> {
                collector.ignore(geometry.type);
                uncount(c);
            }
            case "GeometryCollection" -> {
                // its geometries have been added on the way
            }
            default -> throw new IOException(
                    geometry.type.isEmpty() ? "an object has no type" : "unknown type " + geometry.type);
        }
    }

    private void uncount(final Coordinates ignored) {
        if (ignored != null) {
            ignored.lines().forEach(line -> collector.uncount(line.length / 2));
        }
    }

    private void addPolygons(final Draft geometry, final Coordinates c) throws RunFailed, RunCancelled {
        int ring = 0;
        for (final int end : c.polygonEnds()) {
            Ring outer = null;
            final List<Ring> holes = new ArrayList<>();
            for (int i = ring; i < end; i++) {
                final Ring read = collector.ring(c.lines().get(i), true, geometry.place.ring(i + 1));
                if (i == ring) {
                    outer = read;
                } else if (read != null) {
                    holes.add(read);
                }
            }
            if (outer != null) {
                geometry.polygons.add(new Polygon(outer, holes));
            }
            ring = end;
        }
    }

    /** Whether the value is null, which is stepped over. */
    private boolean absent() throws IOException {
        if (!json.is(JsonToken.NULL)) {
            return false;
        }
        json.skip();
        return true;
    }
}
