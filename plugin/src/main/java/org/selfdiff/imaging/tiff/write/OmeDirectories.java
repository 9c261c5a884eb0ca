package org.selfdiff.imaging.tiff.write;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.selfdiff.imaging.tiff.TiffTag;

/**
 * The directory of an OME-TIFF (OME Data Model 2016-06; sub-resolutions as in the specification's "Supporting the
 * pyramidal images"): level 0 with the OME-XML as its description and the smaller levels as its sub-directories.
 */
final class OmeDirectories {
    private OmeDirectories() {}

    static List<DirectoryDraft> of(final Path file, final SlideWriter.Slide slide, final WrittenPyramid pyramid) {
        final List<DirectoryDraft> levels = pyramid.levels();
        return List.of(levels.get(0)
                .and(WrittenTag.text(TiffTag.IMAGE_DESCRIPTION, xml(file, slide)))
                .and(WrittenTag.text(TiffTag.SOFTWARE, "SelfDiff"))
                .and(ImageTags.resolution(slide.mpp()).toArray(WrittenTag[]::new))
                .with(levels.subList(1, levels.size())));
    }

    private static String xml(final Path file, final SlideWriter.Slide slide) {
        final String name = escaped(file.getFileName().toString());
        // of the content's description, so that equal slides are equal files
        final String uuid = UUID.nameUUIDFromBytes((name + slide).getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .toString();
        return String.format(
                Locale.ROOT,
                """
                <?xml version="1.0" encoding="UTF-8"?>
                <OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06" \
                xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
                xsi:schemaLocation="http://www.openmicroscopy.org/Schemas/OME/2016-06 \
                http://www.openmicroscopy.org/Schemas/OME/2016-06/ome.xsd" UUID="urn:uuid:%s" Creator="SelfDiff">\
                <Instrument ID="Instrument:0"><Objective ID="Objective:0" NominalMagnification="%s"/></Instrument>\
                <Image ID="Image:0" Name="%s"><InstrumentRef ID="Instrument:0"/><ObjectiveSettings ID="Objective:0"/>\
                <Pixels ID="Pixels:0" DimensionOrder="XYCZT" Type="uint8" BigEndian="false" Interleaved="true" \
                SizeX="%d" SizeY="%d" SizeZ="1" SizeC="3" SizeT="1" PhysicalSizeX="%s" PhysicalSizeXUnit="µm" \
                PhysicalSizeY="%s" PhysicalSizeYUnit="µm"><Channel ID="Channel:0:0" SamplesPerPixel="3"/>\
                <TiffData IFD="0" FirstC="0" FirstZ="0" FirstT="0" PlaneCount="1"><UUID FileName="%s">urn:uuid:%s</UUID>\
                </TiffData></Pixels></Image></OME>""",
                uuid,
                slide.magnification(),
                name,
                slide.width(),
                slide.height(),
                slide.mpp(),
                slide.mpp(),
                name,
                uuid);
    }

    private static String escaped(final String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
