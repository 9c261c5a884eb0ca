package org.selfdiff.imaging.annotation;

import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.selfdiff.run.RunFailed;

/**
 * The coordinates of a GeoJSON geometry, whose type may come behind them: arrays in arrays, with points at the bottom
 * (RFC 7946, section 3.1).
 *
 * @param depth in which the numbers stand: 1 for a point, 2 for a line, 3 for a polygon, 4 for several; 0 if there are
 *     none
 * @param lines the lines or rings, x and y interleaved
 * @param polygonEnds for depth 4, how many rings there are up to the end of each polygon
 */
record Coordinates(int depth, List<double[]> lines, List<Integer> polygonEnds) {
    static final int POLYGON = 3;

    static final int MULTI_POLYGON = 4;

    /** Reads them; without recursion, so that only the array's own depth matters. */
    static Coordinates read(final JsonFile json, final RegionCollector collector, final Place place)
            throws IOException, RunFailed {
        final Vertices vertices = new Vertices(collector);
        final List<double[]> lines = new ArrayList<>();
        final List<Integer> ends = new ArrayList<>();
        int bottom = 0;
        int depth = 0;
        do {
            if (json.is(JsonToken.BEGIN_ARRAY)) {
                json.beginArray();
                depth++;
            } else if (json.is(JsonToken.NUMBER) && (bottom == 0 || bottom == depth)) {
                bottom = depth;
                readPoint(json, vertices, place.ring(lines.size() + 1));
            } else if (depth > 0 && json.is(JsonToken.END_ARRAY)) {
                json.endArray();
                depth--;
                if (depth == bottom - 2) {
                    lines.add(vertices.take());
                } else if (depth == bottom - POLYGON) {
                    ends.add(lines.size());
                }
            } else {
                throw new IOException("the coordinates are not nested evenly");
            }
        } while (depth > 0);
        return new Coordinates(bottom, lines, ends);
    }

    /** Reads the numbers of a point, up to the end of its array. */
    private static void readPoint(final JsonFile json, final Vertices vertices, final Place place)
            throws IOException, RunFailed {
        final double x = json.number();
        if (!json.is(JsonToken.NUMBER)) {
            throw new IOException("a point has only one coordinate");
        }
        vertices.add(x, json.number(), place);
        while (json.is(JsonToken.NUMBER)) {
            json.number(); // height, or what else a program adds
        }
    }
}
