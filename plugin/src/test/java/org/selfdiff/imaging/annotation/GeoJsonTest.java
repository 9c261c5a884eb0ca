package org.selfdiff.imaging.annotation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeoJsonTest {
    /** As QuPath 0.5 writes it: measurements that are not numbers, and the metadata twice. */
    private static final String QUPATH =
            """
            {"type":"FeatureCollection","features":[
             {"type":"Feature","id":"0b5c3a","geometry":{"type":"Polygon","coordinates":
               [[[10,10],[50,10],[50,40.5],[10,40.5],[10,10]],[[20,20],[30,20],[30,30],[20,30],[20,20]]]},
              "properties":{"objectType":"annotation","name":"core","color":[1,2,3],
               "classification":{"name":"Tumor","color":[200,0,0]},"isLocked":true,
               "measurements":{"Area":NaN,"Solidity":-Infinity},"metadata":{"a":"b"},"metadata":{"a":"b"}}},
             {"type":"Feature","geometry":{"type":"MultiPolygon","coordinates":
               [[[[0,0],[4,0],[4,4],[0,4],[0,0]]],[[[6,0],[9,0],[9,3],[6,3],[6,0]],[[7,1],[8,1],[8,2],[7,2],[7,1]]]]},
              "nucleusGeometry":{"type":"Nonsense"},
              "properties":{"objectType":"cell","classification":{"names":["Tumor","Positive"],"colorRGB":-3670016}}},
             {"type":"Feature","geometry":{"type":"Point","coordinates":[5,5],"plane":{"c":-1,"z":0,"t":0}},
              "properties":{"classification":"Immune"}},
             {"type":"Feature","geometry":{"type":"LineString","coordinates":[[5,5],[6,6]]},"properties":{}},
             {"type":"Feature","geometry":null,"properties":null},
             {"type":"Feature","geometry":{"type":"Polygon","coordinates":[[[0,0,7],[4,0,7],[4,4,7],[0,0,7]]]},
              "properties":{"classification":"Stroma"}}
            ]}
            """;

    private Reading reading;

    @BeforeEach
    void open(@TempDir final Path folder) {
        reading = new Reading(folder);
    }

    private static Ring square(final double x, final double y, final double side) {
        return Shapes.rectangle(x, y, x + side, y + side);
    }

    private static String polygon(final String ring) {
        return "{\"type\":\"Polygon\",\"coordinates\":[[" + ring + "]]}";
    }

    @Test
    void aFileOfQuPath() throws Exception {
        final Annotations read = reading.read(QUPATH);
        assertEquals(
                List.of(
                        new Region(
                                "Tumor",
                                "core",
                                List.of(new Polygon(Shapes.rectangle(10, 10, 50, 40.5), List.of(square(20, 20, 10))))),
                        new Region(
                                "Tumor: Positive",
                                "",
                                List.of(
                                        Polygon.of(square(0, 0, 4)),
                                        new Polygon(square(6, 0, 3), List.of(square(7, 1, 1))))),
                        new Region("Stroma", "", List.of(Polygon.of(Ring.of(0, 0, 4, 0, 4, 4))))),
                read.regions());
        assertEquals(List.of("Tumor", "Tumor: Positive", "Stroma"), read.classNames());
        assertEquals(2, read.warnings().size());
        assertTrue(
                read.warnings().get(0).startsWith("1 x LineString left out"),
                read.warnings().get(0));
        assertTrue(read.warnings().get(1).startsWith("1 x Point left out"));
    }

    @Test
    void theKeysMayComeInAnyOrder() throws Exception {
        final Annotations read = reading.read(
                """
                \ufeff{"features":[{"properties":{"name":"Gland"},
                 "geometry":{"coordinates":[[[0,0],[4,0],[4,4],[0,0]]],"type":"Polygon"},"type":"Feature"}],
                 "type":"FeatureCollection"}""");
        assertEquals(List.of("Gland"), read.classNames());
        assertEquals("Gland", read.regions().get(0).name());
    }

    @Test
    void featuresGeometriesAndArraysOfThemStandAlone() throws Exception {
        final String ring = polygon("[0,0],[4,0],[4,4],[0,0]");
        final String feature =
                "{\"type\":\"Feature\",\"geometry\":" + ring + ",\"properties\":{\"classification\":{\"name\":null}}}";
        final List<Region> expected = List.of(Shapes.region("Unclassified", Ring.of(0, 0, 4, 0, 4, 4)));
        assertEquals(expected, reading.read(ring).regions());
        assertEquals(expected, reading.read(feature).regions());
        assertEquals(expected, reading.read("[" + ring + "]").regions());
        assertEquals(
                2, reading.read(" [" + feature + ",\n" + ring + "]").regions().size());
        assertEquals(0, reading.read("[]").regions().size());
        assertEquals(
                "Rest",
                reading.read(ring, Reading.STRICT.withDefaultClass("Rest"))
                        .classNames()
                        .get(0));
    }

    @Test
    void aCollectionOfGeometriesIsOneRegion() throws Exception {
        final Annotations read = reading.read("{\"type\":\"Feature\",\"properties\":{},\"geometry\":"
                + "{\"type\":\"GeometryCollection\",\"geometries\":[" + polygon("[0,0],[4,0],[4,4],[0,0]")
                + ",{\"type\":\"Point\",\"coordinates\":[1,1]},{\"type\":\"GeometryCollection\",\"geometries\":["
                + polygon("[9,9],[12,9],[9,12],[9,9]") + "]}]}}");
        assertEquals(1, read.regions().size());
        assertEquals(2, read.regions().get(0).polygons().size());
    }

    @Test
    void childrenLieBehindTheirParent() throws Exception {
        final String child = "{\"type\":\"Feature\",\"geometry\":" + polygon("[1,1],[2,1],[2,2],[1,1]")
                + ",\"properties\":{\"classification\":\"Child\"}}";
        final Annotations read = reading.read("[{\"type\":\"Feature\",\"properties\":{\"classification\":\"Parent\","
                + "\"childObjects\":[" + child + "," + child + "]},\"geometry\":"
                + polygon("[0,0],[4,0],[4,4],[0,0]") + "}]");
        assertEquals(
                List.of("Parent", "Child", "Child"),
                read.regions().stream().map(Region::className).toList());
    }

    @Test
    void faultyOutlinesAreNamed() {
        final String good = polygon("[0,0],[4,0],[4,4],[0,0]");
        reading.fails(
                "[" + good + "," + polygon("[0,0],[4,0],[4,4],[0,4]") + "]", "open", "feature 2, ring 1, vertex 4");
        reading.fails(
                "[" + polygon("[0,0],[4,4],[4,0],[0,4],[0,0]") + "]", "crosses itself", "feature 1, ring 1, vertex 1");
        reading.fails(
                polygon("[0,0],[4,4],[0,0]"), "fewer than 3 distinct points", "set \"Faulty outlines\" to \"Repair\"");
        reading.fails(polygon("[0,0],[4,4],[8,8],[0,0]"), "on one line");
        reading.fails(polygon("[0,0],[4,4],[0,0],[4,4],[0,0]"), "encloses nothing");
    }

    /** The last stroke crosses the first one, 6 square pixels of 10,032 or 1100 of 10,240 are encircled twice. */
    @Test
    void slipsOfTheHandAreNotedAndNoMore() throws Exception {
        final String slip = "[5,0],[100,0],[100,100],[0,100],[0,-4],[8,-4],[8,4],[5,0]";
        final Annotations read = reading.read(polygon(slip));
        assertEquals(1, read.regions().size());
        assertEquals(1, read.warnings().size());
        assertTrue(
                read.warnings().get(0).contains("crosses itself near column 5.0"),
                read.warnings().get(0));
        assertTrue(read.warnings().get(0).contains("non-zero"), read.warnings().get(0));
        reading.fails(polygon("[5,0],[100,0],[100,100],[0,100],[0,-4],[60,-4],[60,40],[5,0]"), "crosses itself", "10.");
    }

    @Test
    void whatIsInDoubtIsCounted() {
        assertEquals(0, Winding.doubtful(Shapes.rectangle(3, 4, 77, 50)));
        assertEquals(0.5, Winding.doubtful(Ring.of(0, 0, 9, 9, 9, 0, 0, 9)), 0.01); // a bow tie
        final Ring slip = Ring.of(5, 0, 100, 0, 100, 100, 0, 100, 0, -4, 8, -4, 8, 4);
        assertEquals(6 / 10_032.0, Winding.doubtful(slip), 2e-4);
        final Ring loop = Ring.of(5, 0, 100, 0, 100, 100, 0, 100, 0, -4, 60, -4, 60, 40);
        assertEquals(1100 / 10_240.0, Winding.doubtful(loop), 2e-3);
        assertEquals(1, Winding.doubtful(Shapes.rectangle(0, 0, 1000, 1)), "too thin to tell");
    }

    @Test
    void faultyOutlinesAreRepaired() throws Exception {
        final Annotations read = reading.read(
                "[" + polygon("[0,0],[4,0],[4,4],[0,4]") + "," + polygon("[0,0],[4,4],[4,0],[0,4],[0,0]") + ","
                        + polygon("[0,0],[4,4],[0,0]") + "]",
                Reading.REPAIR);
        assertEquals(2, read.regions().size());
        assertEquals(16, read.regions().get(0).area());
        assertEquals(3, read.warnings().size());
        assertTrue(read.warnings().get(0).contains("feature 1")
                && read.warnings().get(0).contains("closed"));
        assertTrue(read.warnings().get(1).contains("non-zero"));
        assertTrue(read.warnings().get(2).contains("left out"));
        // the bow tie: two triangles over and under the middle
        assertTrue(read.regions().get(1).contains(0.5, 2));
        assertTrue(!read.regions().get(1).contains(2, 0.5));
    }

    @Test
    void anEmptyPolygonIsLeftOut() throws Exception {
        final Annotations read = reading.read("[" + polygon("") + ",{\"type\":\"MultiPolygon\",\"coordinates\":[]}]");
        assertEquals(0, read.regions().size());
        assertEquals(2, read.warnings().size());
    }

    @Test
    void manyRepairsAreSummedUp() throws Exception {
        final String bad = polygon("[0,0],[4,0],[4,4],[0,4]") + ",";
        final Annotations read =
                reading.read("[" + bad.repeat(250) + polygon("[0,0],[4,0],[4,4],[0,0]") + "]", Reading.REPAIR);
        assertEquals(251, read.regions().size());
        assertEquals(101, read.warnings().size());
        assertTrue(read.warnings().get(100).contains("150 more"));
    }

    @Test
    void otherFaultsAreNamedWhateverTheChoice() {
        for (final AnnotationSettings settings : List.of(Reading.STRICT, Reading.REPAIR)) {
            reading.fails(polygon("[0,0],[4,0],[1e13,4],[0,0]"), settings, "on no slide", "ring 1, vertex 3");
            reading.fails(polygon("[0,0],[4,0],[NaN,4],[0,0]"), settings, "$.coordinates[0][2][0]");
            reading.fails(polygon("[0,0],[4,0],[1e999,4],[0,0]"), settings, "$.coordinates[0][2][0]");
            reading.fails(polygon("[0,0],[4,0],[-Infinity,4],[0,0]"), settings, "$.coordinates[0][2][0]");
            reading.fails(polygon("[0,0],[4],[1,4],[0,0]"), settings, "only one coordinate");
            reading.fails(polygon("[0,0],[\"4\",1],[1,4],[0,0]"), settings, "nested evenly");
            reading.fails(polygon("[0,0],[[4,1]],[1,4],[0,0]"), settings, "nested evenly");
            reading.fails("{\"type\":\"Polygon\",\"coordinates\":[[1,2],[3,4]]}", settings, "do not fit a Polygon");
            reading.fails("{\"type\":\"Circle\",\"coordinates\":[1,2]}", settings, "Circle");
            reading.fails("{\"coordinates\":[1,2]}", settings, "no type");
            reading.fails("{\"coordinates\":[1,2],\"coordinates\":[1,2]}", settings, "\"coordinates\" is there twice");
            reading.fails("[{\"type\":\"Feature\",\"type\":\"Feature\"}]", settings, "twice", "$[0]");
            reading.fails("[] []", settings, "a.txt");
            reading.fails("[{\"type\":\"Feature\"}", settings, "ends early");
            reading.fails("[{'type':\"Feature\"}]", settings, "not valid JSON", "line 1");
            reading.fails("{\"a\":1}", settings, "no annotations of a known format");
            reading.fails("hello", settings, "no annotations of a known format");
            reading.fails("", settings, "no annotations of a known format");
        }
    }

    @Test
    void nestingHasAnEnd() {
        reading.fails("[".repeat(100_000), "BEGIN_ARRAY");
        reading.fails("{\"type\":\"Polygon\",\"coordinates\":" + "[".repeat(1000), "64");
        reading.fails("{\"features\":[{\"properties\":{\"x\":" + "{\"a\":".repeat(1000), "64");
        final String open = "{\"type\":\"GeometryCollection\",\"geometries\":[";
        reading.fails(open.repeat(500), "64");
    }

    @Test
    void limitsAreKept() throws Exception {
        final String good = polygon("[0,0],[4,0],[4,4],[0,0]");
        final String two = "[" + good + "," + good + "]";
        assertEquals(
                2, reading.read(two, Reading.STRICT.withLimits(8, 2)).regions().size());
        reading.fails(two, Reading.STRICT.withLimits(7, 2), "more than 7 vertices");
        reading.fails(two, Reading.STRICT.withLimits(8, 1), "more than 1 regions");
        reading.fails("[{\"type\":\"" + "x".repeat(20 << 20), "more than 16777216 bytes");
    }
}
