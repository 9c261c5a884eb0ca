package org.selfdiff.imaging.tiff.write;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.selfdiff.imaging.tiff.TiffTag;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.Workers;

/**
 * Writes a slide as Philips' TIFF export does: every level padded to whole tiles, its true size only to be known from the
 * pixel spacings in the XML (the size of level n is that of level 0 divided by the ratio of their spacings), label and macro
 * told by their descriptions, tiles of glass without bytes.
 */
public final class PhilipsSlide {
    /** Side of a tile. */
    public static final int TILE = 512;

    private static final int LEVELS = 3;

    private PhilipsSlide() {}

    private static int padded(final int pixels) {
        return (pixels + TILE - 1) / TILE * TILE;
    }

    /**
     * Writes a slide of three levels.
     *
     * @param width of level 0, rounded up to whole tiles
     * @param height of level 0, rounded up to whole tiles
     * @param source asked within the padded size; {@code null} for a tile without bytes
     */
    public static void write(
            final Path file, final int width, final int height, final double mpp, final BlockSource source)
            throws Exception {
        final TiffImage finest = TiffImage.tiled(
                        padded(width), padded(height), PixelType.RGB8, TILE, BlockCompression.JPEG)
                .withJpeg(JpegCoding.quality(90));
        final List<TiffImage> sizes = new ArrayList<>();
        for (int level = 0; level < LEVELS; level++) {
            sizes.add(finest.sized(padded(finest.width() >> level), padded(finest.height() >> level)));
        }
        try (Workers workers = new Workers(2);
                TiffWriter writer = TiffWriter.begin(file, TiffForm.bigTiff())) {
            final WrittenPyramid pyramid = WrittenPyramid.write(writer, sizes, 2, source, workers, RunControl.silent());
            final List<DirectoryDraft> chain = new ArrayList<>();
            for (int level = 0; level < LEVELS; level++) {
                final WrittenTag text = WrittenTag.text(
                        TiffTag.IMAGE_DESCRIPTION,
                        level == 0 ? xml(sizes, mpp) : "level=" + level + " mag=" + (20 >> level));
                chain.add(pyramid.levels().get(level).and(text, WrittenTag.text(TiffTag.SOFTWARE, "Philips DP v1.0")));
            }
            for (final String name : List.of("Macro", "Label")) {
                final TiffImage strips = TiffImage.stripped(320, 160, PixelType.RGB8, 16, BlockCompression.JPEG);
                chain.add(writer.image(
                        strips,
                        Ramps.source(PixelType.RGB8),
                        workers,
                        RunControl.silent(),
                        WrittenTag.longs(TiffTag.NEW_SUBFILE_TYPE, 1),
                        WrittenTag.text(TiffTag.IMAGE_DESCRIPTION, name)));
            }
            writer.commit(chain);
        }
    }

    private static String xml(final List<TiffImage> sizes, final double mpp) {
        final StringBuilder levels = new StringBuilder();
        for (int level = 0; level < sizes.size(); level++) {
            levels.append("<DataObject ObjectType=\"PixelDataRepresentation\">")
                    .append(spacing(mpp * (1 << level)))
                    .append(number(
                            "COLUMNS", "0x2004", "IUInt32", sizes.get(level).width()))
                    .append(number("NUMBER", "0x2001", "IUInt16", level))
                    .append(number("ROWS", "0x2005", "IUInt32", sizes.get(level).height()))
                    .append("</DataObject>\n");
        }
        return "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n<DataObject ObjectType=\"DPUfsImport\">\n"
                + attribute("DICOM_MANUFACTURER", "0x0008", "0x0070", "IString", "PHILIPS")
                + attribute(
                        "PIM_DP_SCANNED_IMAGES",
                        "0x301D",
                        "0x1003",
                        "IDataObjectArray",
                        "<Array>\n<DataObject ObjectType=\"DPScannedImage\">\n"
                                + attribute("PIM_DP_IMAGE_TYPE", "0x301D", "0x1004", "IString", "WSI")
                                + spacing(mpp)
                                + attribute(
                                        "PIIM_PIXEL_DATA_REPRESENTATION_SEQUENCE",
                                        "0x1001",
                                        "0x8B01",
                                        "IDataObjectArray",
                                        "<Array>\n" + levels + "</Array>")
                                + "</DataObject>\n</Array>")
                + "</DataObject>\n";
    }

    private static String spacing(final double mpp) {
        final String value = String.format(Locale.ROOT, "&quot;%.9f&quot;", mpp / 1000);
        return attribute("DICOM_PIXEL_SPACING", "0x0028", "0x0030", "IDoubleArray", value + " " + value);
    }

    private static String number(final String name, final String element, final String type, final int value) {
        return attribute("PIIM_PIXEL_DATA_REPRESENTATION_" + name, "0x1001", element, type, "" + value);
    }

    private static String attribute(
            final String name, final String group, final String element, final String type, final String content) {
        return "<Attribute Name=\"" + name + "\" Group=\"" + group + "\" Element=\"" + element + "\" PMSVR=\"" + type
                + "\">" + content + "</Attribute>\n";
    }
}
