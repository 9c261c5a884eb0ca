package org.selfdiff.imaging.annotation;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.selfdiff.imaging.LabelMap;
import org.selfdiff.imaging.MaskCoding;
import org.selfdiff.imaging.tiff.Masks;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunFailed;

/**
 * Reads regions from a picture whose values are labels, as the {@code _anno.bmp} files of the GlaS challenge: every
 * value but 0 is a region along the edges of its pixels, which may consist of several parts.
 */
final class LabelPicture {

    private LabelPicture() {}

    /** Whether a file starts as a picture does; a JPEG is refused when it is read, as it blurs labels. */
    static boolean isPicture(final byte[] head) {
        if (head.length < 4) {
            return false;
        }
        final int four = (head[0] & 0xff) << 24 | (head[1] & 0xff) << 16 | (head[2] & 0xff) << 8 | head[3] & 0xff;
        return switch (four) {
            case 0x89504e47, 0x47494638, 0x49492a00, 0x4d4d002a, 0x49492b00, 0x4d4d002b, 0xffd8ffe0, 0xffd8ffe1 -> true;
            default -> four >>> 16 == 0x424d;
        };
    }

    static void read(final Path file, final RegionCollector collector) throws RunFailed, RunCancelled {
        final AnnotationSettings settings = collector.settings();
        final boolean classes = settings.pictureLabels() == AnnotationSettings.PictureLabels.CLASSES;
        final LabelMap map = Masks.read(file, MaskCoding.labels(), settings.pictures());
        collector.size(map.width(), map.height());
        final Map<Integer, List<Polygon>> outlines =
                Contours.of(map, settings.maxVertices(), file.toString(), collector.control());
        for (final Map.Entry<Integer, List<Polygon>> label : outlines.entrySet()) {
            final String value = String.valueOf(label.getKey());
            collector.add(new Region(classes ? value : settings.defaultClass(), value, label.getValue()));
        }
    }
}
