package org.selfdiff.imaging.annotation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfdiff.run.RunControl;

class TileGeoJsonTest {
    private static final Map<String, Double> MEASURED = new LinkedHashMap<>();

    static {
        MEASURED.put("Attention", 0.25);
        MEASURED.put("Nothing", Double.NaN);
    }

    private static byte[] one() {
        return TileGeoJson.bytes(
                List.of(new TileGeoJson.TileObject(new Bounds(10, 20, 266.5, 276.5), 0x21918c, MEASURED)));
    }

    /** The form that QuPath's own export has: a closed ring, the type, the colour, measurements by name. */
    @Test
    void aTileIsWhatQuPathReads() {
        assertEquals(
                "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"geometry\":{\"type\":\"Polygon\","
                        + "\"coordinates\":[[[10,20],[266.5,20],[266.5,276.5],[10,276.5],[10,20]]]},\"properties\":{"
                        + "\"objectType\":\"tile\",\"color\":[33,145,140],\"measurements\":{\"Attention\":0.25}}}]}",
                new String(one(), StandardCharsets.UTF_8));
    }

    @Test
    void ourOwnReaderSeesTheSameRectangle(@TempDir final Path folder) throws Exception {
        final Path file = Files.write(folder.resolve("a.geojson"), one());
        final Annotations read = AnnotationFiles.read(file, "a", AnnotationSettings.standard(), RunControl.silent());
        assertEquals(new Bounds(10, 20, 266.5, 276.5), read.regions().get(0).bounds());
    }
}
