package org.selfdiff.imaging.annotation;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLStreamException;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;

/**
 * Reads regions from a file, whose format is recognised by its content: GeoJSON as of QuPath, XML of ASAP and of Aperio
 * ImageScope (MoNuSeg too), COCO JSON, and label pictures.
 */
public final class AnnotationFiles {
    private static final int HEAD = 64;

    private static final List<String> COCO = List.of("images", "annotations", "categories");

    /** What COCO and GeoJSON files are told by. */
    private static final List<String> KEYS =
            List.of("images", "annotations", "categories", "features", "geometry", "coordinates", "geometries");

    private static final List<String> EXTENSIONS = List.of(".geojson", ".json", ".xml");

    private AnnotationFiles() {}

    /** Whether the file's name ends as that of annotations does. Label pictures are masks by their names. */
    public static boolean hasName(final Path file) {
        final String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return EXTENSIONS.stream().anyMatch(name::endsWith);
    }

    /**
     * Reads the regions of a slide.
     *
     * @param file the annotations
     * @param slideName file name of the slide, with or without extension; a COCO file describes several pictures, and
     *     this one is taken. Other formats do not need it
     * @param settings what to do with faults, and the limits
     * @param control shows the progress; cancelling takes effect within a fraction of a second
     * @throws RunFailed naming the file and the place in it, if it is of no known format, damaged, too large or faulty
     */
    public static Annotations read(
            final Path file, final String slideName, final AnnotationSettings settings, final RunControl control)
            throws RunFailed, RunCancelled {
        final RegionCollector collector = new RegionCollector(file.toString(), settings, control);
        final byte[] head = head(file);
        switch (first(head)) {
            case '{' -> readJson(file, slideName, collector);
            case '[' -> JsonFile.read(file, control, json -> GeoJson.read(json, collector));
            case '<' -> XmlFile.read(file, control, xml -> readXml(xml, collector));
            default -> {
                if (head.length >= 2 && (head[0] & 0xff) == 0x1f && (head[1] & 0xff) == 0x8b) {
                    throw new RunFailed(
                            "The annotations are compressed", file.toString(), "Unpack the file (gunzip) first.");
                }
                if (!LabelPicture.isPicture(head)) {
                    throw unknown(file);
                }
                LabelPicture.read(file, collector);
            }
        }
        return collector.annotations();
    }

    private static byte[] head(final Path file) throws RunFailed {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(HEAD);
        } catch (final IOException e) {
            throw new RunFailed(
                    "The annotations cannot be opened",
                    file.toString(),
                    "Check that the file exists and may be read.",
                    e);
        }
    }

    /** The first character of a text, 0 if there is none. */
    private static int first(final byte[] head) {
        final boolean marked =
                head.length > 3 && head[0] == (byte) 0xef && head[1] == (byte) 0xbb && head[2] == (byte) 0xbf;
        for (int i = marked ? 3 : 0; i < head.length; i++) {
            if (head[i] != ' ' && head[i] != '\t' && head[i] != '\r' && head[i] != '\n') {
                return head[i];
            }
        }
        return 0;
    }

    private static RunFailed unknown(final Path file) {
        return new RunFailed(
                "The file holds no annotations of a known format",
                file.toString(),
                "Use GeoJSON (QuPath), XML of ASAP or Aperio ImageScope, COCO JSON, or a picture of labels.");
    }

    private static void readJson(final Path file, final String slideName, final RegionCollector collector)
            throws RunFailed, RunCancelled {
        final String[] key = new String[1];
        JsonFile.read(file, collector.control(), json -> key[0] = json.firstOf(KEYS));
        if (key[0] == null) {
            throw unknown(file);
        }
        if (COCO.contains(key[0])) {
            Coco.read(file, slideName, collector);
        } else {
            JsonFile.read(file, collector.control(), json -> GeoJson.read(json, collector));
        }
    }

    private static void readXml(final XmlFile xml, final RegionCollector collector)
            throws XMLStreamException, RunFailed, RunCancelled {
        if (!xml.next()) {
            throw unknown(Path.of(collector.file()));
        }
        switch (xml.name()) {
            case AsapXml.ROOT -> AsapXml.read(xml, collector);
            case ImageScopeXml.ROOT -> ImageScopeXml.read(xml, collector);
            default -> throw new RunFailed(
                    "The element <" + xml.name() + "> is of no known annotation format",
                    collector.file(),
                    "Use XML of ASAP (ASAP_Annotations) or of Aperio ImageScope (Annotations).");
        }
    }
}
