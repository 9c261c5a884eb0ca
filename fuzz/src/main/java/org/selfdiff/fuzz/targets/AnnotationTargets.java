package org.selfdiff.fuzz.targets;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.selfdiff.fuzz.Reader;
import org.selfdiff.fuzz.Scratch;
import org.selfdiff.fuzz.Target;
import org.selfdiff.fuzz.seed.AnnotationSeeds;
import org.selfdiff.fuzz.seed.PngSeeds;
import org.selfdiff.fuzz.seed.Words;
import org.selfdiff.imaging.annotation.AnnotationFiles;
import org.selfdiff.imaging.annotation.AnnotationSettings;
import org.selfdiff.imaging.annotation.Annotations;
import org.selfdiff.imaging.annotation.FaultyPolygons;
import org.selfdiff.imaging.annotation.GeoJsonWriter;
import org.selfdiff.imaging.annotation.PixelGrid;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;

/** Annotations of every format, read strictly and leniently, drawn, and written as GeoJSON and read again. */
public final class AnnotationTargets {
    private static final AnnotationSettings STRICT = new AnnotationSettings(
            FaultyPolygons.FAIL,
            "Unclassified",
            AnnotationSettings.PictureLabels.OBJECTS,
            100_000,
            10_000,
            Scratch.LIMITS);

    private static final Reader FILE = Scratch.file(
            "any.annotations",
            Ways.all(
                    file -> draw(file, STRICT),
                    file -> draw(
                            file,
                            STRICT.withFaulty(FaultyPolygons.REPAIR)
                                    .withPictureLabels(AnnotationSettings.PictureLabels.CLASSES))));

    private AnnotationTargets() {}

    /** The targets. */
    public static List<Target> all() {
        return List.of(
                Target.of("geojson", 3_000, FILE, AnnotationSeeds::geoJson)
                        .with(Words.texts(
                                "\"type\":\"Feature\"",
                                "\"coordinates\":[",
                                "[[[[",
                                "]]]]",
                                "\"MultiPolygon\"",
                                "1e308",
                                "-0.0",
                                "\"geometries\":[",
                                "\"properties\":{",
                                "\"isEllipse\":true")),
                Target.of("coco", 3_000, FILE, AnnotationSeeds::coco)
                        .with(Words.texts(
                                "\"counts\":\"",
                                "\"counts\":[",
                                "\"size\":[",
                                "\"segmentation\":",
                                "2147483647",
                                "1e9")),
                Target.of("annotation-xml", 3_000, FILE, AnnotationSeeds::xml)
                        .with(Words.texts(
                                "<!DOCTYPE ",
                                "<!ENTITY ",
                                "<![CDATA[",
                                "&#",
                                "NaN",
                                "Infinity",
                                "1e308",
                                "<Vertex X=\"",
                                "NegativeROA=\"1\"",
                                "PartOfGroup=\"",
                                "<Coordinate Order=\"")),
                Target.of("label-picture", 2_000, input -> FILE.read(PngSeeds.withCheckSums(input)), PngSeeds::all));
    }

    private static void draw(final Path file, final AnnotationSettings settings) throws RunFailed {
        final Annotations read;
        try {
            read = AnnotationFiles.read(file, "slide.svs", settings, RunControl.silent());
        } catch (final RunCancelled e) {
            throw new IllegalStateException("nobody cancels", e);
        }
        final List<String> classes = read.classNames();
        for (final double downsample : new double[] {0.5, 1, 1000}) {
            final PixelGrid grid = new PixelGrid(-2, -3, downsample, 16, 12);
            read.rasterize(grid, classes);
            read.instances(grid, classes);
            read.share(grid, classes, List.of());
        }
        read.at(1.5, 2.5);
        read.regions().forEach(region -> region.area());
        again(read);
    }

    /** What was accepted is written and read again as the same regions. */
    private static void again(final Annotations read) throws RunFailed {
        final Path again = Scratch.folder().resolve("again.geojson");
        try {
            Files.write(again, GeoJsonWriter.bytes(read.regions()));
            final Annotations twice = AnnotationFiles.read(
                    again, "slide.svs", STRICT.withFaulty(FaultyPolygons.REPAIR), RunControl.silent());
            if (twice.regions().size() != read.regions().size()) {
                throw new AssertionError(read.regions().size() + " regions were written and "
                        + twice.regions().size() + " read, after " + twice.warnings());
            }
        } catch (final RunCancelled e) {
            throw new IllegalStateException("nobody cancels", e);
        } catch (final java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (final RunFailed e) {
            throw new AssertionError("written and not read again", e);
        }
    }
}
