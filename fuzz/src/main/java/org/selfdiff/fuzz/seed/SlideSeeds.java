package org.selfdiff.fuzz.seed;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;

/** Slides of every dialect: two levels of 16 x 16 tiles, as few bytes as the format allows. */
public final class SlideSeeds {
    /** Description of an Aperio slide. */
    public static final String APERIO =
            "Aperio Image Library v11.2.1\n48x48 [0,0 32x32] (16x16) JPEG/RGB Q=70|AppMag = 20|MPP = 0.4990|Left = 1.5";

    /** OME-XML of one image. */
    public static final String OME =
            "<?xml version=\"1.0\"?><OME xmlns=\"http://www.openmicroscopy.org/Schemas/OME/2016-06\">"
                    + "<Instrument ID=\"Instrument:0\"><Objective ID=\"Objective:0\" NominalMagnification=\"20\"/></Instrument>"
                    + "<Image ID=\"Image:0\"><ObjectiveSettings ID=\"Objective:0\"/><Pixels ID=\"Pixels:0\" DimensionOrder=\"XYCZT\""
                    + " Type=\"uint8\" SizeX=\"32\" SizeY=\"32\" SizeC=\"3\" SizeZ=\"1\" SizeT=\"1\" PhysicalSizeX=\"0.5\""
                    + " PhysicalSizeXUnit=\"\u00b5m\" PhysicalSizeY=\"0.5\"><Channel ID=\"Channel:0:0\" SamplesPerPixel=\"3\"/>"
                    + "<TiffData IFD=\"0\" FirstC=\"0\" PlaneCount=\"1\"><UUID FileName=\"a.ome.tif\">urn:uuid:0</UUID></TiffData>"
                    + "</Pixels></Image></OME>";

    /** XML of a Philips slide of two levels. */
    public static final String PHILIPS = "<?xml version=\"1.0\"?><DataObject ObjectType=\"DPUfsImport\"><Attribute "
            + "Name=\"PIM_DP_SCANNED_IMAGES\" PMSVR=\"IDataObjectArray\"><Array><DataObject ObjectType=\"DPScannedImage\">"
            + "<Attribute Name=\"PIM_DP_IMAGE_TYPE\" PMSVR=\"IString\">WSI</Attribute><Attribute "
            + "Name=\"PIIM_PIXEL_DATA_REPRESENTATION_SEQUENCE\" PMSVR=\"IDataObjectArray\"><Array>" + philips(0.0005)
            + philips(0.001) + "</Array></Attribute></DataObject></Array></Attribute></DataObject>";

    private SlideSeeds() {}

    private static String philips(final double mm) {
        return "<DataObject ObjectType=\"PixelDataRepresentation\"><Attribute Name=\"DICOM_PIXEL_SPACING\" "
                + "PMSVR=\"IDoubleArray\">&quot;" + mm + "&quot; &quot;" + mm + "&quot;</Attribute></DataObject>";
    }

    /** The slides by name. */
    public static Map<String, byte[]> all() throws IOException {
        final Map<String, byte[]> all = new LinkedHashMap<>();
        all.put("aperio", tiled(APERIO, false));
        all.put("ome", tiled(OME, true));
        all.put("philips", tiled(PHILIPS, true));
        all.put("generic", tiled("", false));
        all.put("ndpi", ndpi());
        all.put("jpeg", jpegTiles());
        all.put("strips", strips(8, 8));
        all.put("tall", strips(60_000, 16_000_000)); // declares 2.9 TB
        return all;
    }

    /** A slide of two tiled levels in deflate. */
    public static byte[] tiled(final String description, final boolean big) throws IOException {
        final TiffBytes tiff = new TiffBytes(big, ByteOrder.LITTLE_ENDIAN);
        for (int side = 32; side >= 16; side /= 2) {
            picture(tiff.directory(), side, side, 8).shorts(Tags.PREDICTOR, 2).shorts(Tags.TILE_WIDTH, 16);
            if (!description.isEmpty()) {
                tiff.text(Tags.DESCRIPTION, side == 32 ? description : "level=1");
            }
            final byte[][] tiles = new byte[side / 16 * (side / 16)][];
            java.util.Arrays.fill(tiles, deflated(new byte[768]));
            tiff.shorts(Tags.TILE_HEIGHT, 16).blocks(Tags.TILE_OFFSETS, Tags.TILE_LENGTHS, tiles);
        }
        return tiff.file();
    }

    private static TiffBytes picture(final TiffBytes tiff, final int width, final int height, final int compression) {
        return tiff.longs(Tags.WIDTH, width)
                .longs(Tags.HEIGHT, height)
                .shorts(Tags.BITS, 8, 8, 8)
                .shorts(Tags.COMPRESSION, compression)
                .shorts(Tags.PHOTOMETRIC, 2)
                .shorts(Tags.SAMPLES, 3);
    }

    private static byte[] jpegTiles() throws IOException {
        final TiffBytes tiff = new TiffBytes(false, ByteOrder.BIG_ENDIAN).directory();
        picture(tiff, 16, 16, 7)
                .shorts(Tags.PHOTOMETRIC, 6)
                .shorts(Tags.TILE_WIDTH, 16)
                .shorts(Tags.TILE_HEIGHT, 16);
        return tiff.blocks(Tags.TILE_OFFSETS, Tags.TILE_LENGTHS, jpeg(16, 16)).file();
    }

    private static byte[] strips(final int width, final int height) {
        final TiffBytes tiff = new TiffBytes(false, ByteOrder.BIG_ENDIAN).directory();
        picture(tiff, width, height, 1).longs(Tags.ROWS, height / 2);
        return tiff.blocks(Tags.STRIP_OFFSETS, Tags.STRIP_LENGTHS, new byte[96], new byte[96])
                .file();
    }

    private static byte[] ndpi() throws IOException {
        final TiffBytes tiff = new TiffBytes(false, ByteOrder.LITTLE_ENDIAN);
        for (int side = 32; side >= 16; side /= 2) {
            picture(tiff.directory(), side, side, 7)
                    .shorts(Tags.PHOTOMETRIC, 6)
                    .longs(Tags.NDPI_FORMAT, 1)
                    .floating(Tags.NDPI_LENS, 20)
                    .longs(Tags.ROWS, side)
                    .blocks(Tags.STRIP_OFFSETS, Tags.STRIP_LENGTHS, jpeg(side, side));
        }
        return tiff.file();
    }

    /** A JPEG stream. */
    public static byte[] jpeg(final int width, final int height) throws IOException {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR), "jpeg", out);
        return out.toByteArray();
    }

    static byte[] deflated(final byte[] bytes) throws IOException {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(out, new Deflater(9))) {
            deflater.write(bytes);
        }
        return out.toByteArray();
    }
}
