package org.selfdiff.imaging.annotation;

import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunFailed;

/**
 * The annotations of a COCO file: those of one picture become regions. An outline is a list of polygons, the parts of
 * one object, or a mask of run lengths, which becomes the outline of its pixels.
 */
final class CocoObjects {
    private static final List<String> KEYS = List.of("id", "image_id", "category_id", "segmentation");

    /** Pixels of all masks of a file together. */
    private static final long MAX_MASK_PIXELS = 1L << 33;

    private final long picture;

    private final Map<Long, String> categories;

    private final RegionCollector collector;

    private int number;

    private long maskPixels;

    CocoObjects(final long picture, final Map<Long, String> categories, final RegionCollector collector) {
        this.picture = picture;
        this.categories = categories;
        this.collector = collector;
    }

    /** An annotation while it is read. */
    private static final class Draft {
        private long id = -1;

        private long picture = -1;

        private long category = -1;

        private final List<double[]> outlines = new ArrayList<>();

        private long[] size = {};

        private long[] counts = {};

        private String packed;

        private boolean mask;
    }

    /** Reads one annotation. */
    void read(final JsonFile json) throws IOException, RunFailed, RunCancelled {
        number++;
        final Place place = new Place(collector.file(), "annotation", number, 0);
        final Draft draft = new Draft();
        json.object(KEYS, key -> {
            switch (key) {
                case "id" -> draft.id = json.whole();
                case "image_id" -> draft.picture = json.whole();
                case "category_id" -> draft.category = json.whole();
                default -> {
                    if (json.is(JsonToken.NULL) || draft.picture >= 0 && draft.picture != picture) {
                        json.skip();
                    } else {
                        readSegmentation(json, draft, place);
                    }
                }
            }
        });
        if (draft.picture == picture) {
            add(draft, place);
        } else {
            draft.outlines.forEach(outline -> collector.uncount(outline.length / 2));
        }
    }

    private void readSegmentation(final JsonFile json, final Draft draft, final Place place)
            throws IOException, RunFailed, RunCancelled {
        if (json.is(JsonToken.BEGIN_ARRAY)) {
            json.array(() -> draft.outlines.add(readOutline(json, place.ring(draft.outlines.size() + 1))));
            return;
        }
        draft.mask = true;
        json.object(List.of("size", "counts"), key -> {
            if (key.equals("size")) {
                draft.size = readWholes(json);
            } else if (json.is(JsonToken.STRING)) {
                draft.packed = json.text();
            } else {
                draft.counts = readWholes(json);
            }
        });
    }

    private double[] readOutline(final JsonFile json, final Place place) throws IOException, RunFailed {
        final Vertices vertices = new Vertices(collector);
        json.beginArray();
        while (json.hasNext()) {
            final double x = json.number();
            if (!json.hasNext()) {
                throw new IOException("an outline has an odd number of coordinates");
            }
            vertices.add(x, json.number(), place);
        }
        json.endArray();
        return vertices.take();
    }

    private long[] readWholes(final JsonFile json) throws IOException, RunFailed {
        long[] values = new long[16];
        int n = 0;
        json.beginArray();
        while (json.hasNext()) {
            if (n == values.length) {
                if (n > collector.settings().maxVertices()) {
                    throw new IOException("a mask has more than " + n + " runs");
                }
                values = Arrays.copyOf(values, 2 * n);
            }
            values[n++] = json.whole();
        }
        json.endArray();
        return Arrays.copyOf(values, n);
    }

    private void add(final Draft draft, final Place place) throws RunFailed, RunCancelled {
        final String className = categories.get(draft.category);
        if (className == null) {
            throw new RunFailed(
                    "The annotation is of category " + draft.category + ", which the file does not explain",
                    place + ", id " + draft.id,
                    "Add the category to the list of categories.");
        }
        final List<Polygon> polygons = draft.mask ? ofMask(draft, place.toString()) : ofOutlines(draft, place);
        if (!polygons.isEmpty()) {
            collector.add(new Region(className, draft.id < 0 ? "" : String.valueOf(draft.id), polygons));
        } else if (draft.mask || draft.outlines.isEmpty()) {
            collector.ignore("annotation without an outline");
        }
    }

    private List<Polygon> ofOutlines(final Draft draft, final Place place) throws RunFailed, RunCancelled {
        final List<Polygon> polygons = new ArrayList<>();
        for (int i = 0; i < draft.outlines.size(); i++) {
            final int ring = draft.outlines.size() == 1 ? 0 : i + 1;
            final Ring outer = collector.ring(draft.outlines.get(i), false, place.ring(ring));
            if (outer != null) {
                polygons.add(Polygon.of(outer));
            }
        }
        return polygons;
    }

    private List<Polygon> ofMask(final Draft draft, final String where) throws RunFailed, RunCancelled {
        final long[] counts = draft.packed == null ? draft.counts : RunLengths.unpack(draft.packed, where);
        final boolean sized = draft.size.length == 2;
        final RunLengths runs = RunLengths.of(sized ? draft.size[0] : 0, sized ? draft.size[1] : 0, counts, where);
        collector.size(draft.size[1], draft.size[0]); // of a mask, rows come first
        final RunLengths.Cropped cropped = runs.mask(where, collector.settings().pictures());
        if (cropped == null) {
            return List.of();
        }
        maskPixels += cropped.mask().labels().length;
        if (maskPixels > MAX_MASK_PIXELS) {
            throw new RunFailed(
                    "The masks of the file have more than " + MAX_MASK_PIXELS + " pixels",
                    where,
                    "Export the objects as polygons, or split the file.");
        }
        final List<Polygon> polygons = Contours.of(
                        cropped.mask(), collector.settings().maxVertices(), where, collector.control())
                .get(1);
        final List<Polygon> moved = new ArrayList<>();
        for (final Polygon polygon : polygons) {
            final List<Ring> holes = new ArrayList<>();
            for (final Ring hole : polygon.holes()) {
                holes.add(moved(hole, cropped));
            }
            moved.add(new Polygon(moved(polygon.outer(), cropped), holes));
        }
        return moved;
    }

    private Ring moved(final Ring ring, final RunLengths.Cropped cropped) throws RunFailed {
        collector.count(ring.size());
        final double[] xy = new double[2 * ring.size()];
        for (int i = 0; i < ring.size(); i++) {
            xy[2 * i] = ring.x(i) + cropped.x0();
            xy[2 * i + 1] = ring.y(i) + cropped.y0();
        }
        return Ring.of(xy);
    }
}
