package org.selfdiff.imaging.tiff;

import java.util.Map;

/** Tag numbers of TIFF 6.0 and its supplements, and their names for messages. */
public final class TiffTag {
    public static final int NEW_SUBFILE_TYPE = 254;

    public static final int IMAGE_WIDTH = 256;

    public static final int IMAGE_LENGTH = 257;

    public static final int BITS_PER_SAMPLE = 258;

    public static final int COMPRESSION = 259;

    public static final int PHOTOMETRIC = 262;

    public static final int FILL_ORDER = 266;

    public static final int IMAGE_DESCRIPTION = 270;

    public static final int MAKE = 271;

    public static final int MODEL = 272;

    public static final int STRIP_OFFSETS = 273;

    public static final int ORIENTATION = 274;

    public static final int SAMPLES_PER_PIXEL = 277;

    public static final int ROWS_PER_STRIP = 278;

    public static final int STRIP_BYTE_COUNTS = 279;

    public static final int X_RESOLUTION = 282;

    public static final int Y_RESOLUTION = 283;

    public static final int PLANAR_CONFIGURATION = 284;

    public static final int RESOLUTION_UNIT = 296;

    public static final int SOFTWARE = 305;

    public static final int PREDICTOR = 317;

    public static final int COLOR_MAP = 320;

    public static final int TILE_WIDTH = 322;

    public static final int TILE_LENGTH = 323;

    public static final int TILE_OFFSETS = 324;

    public static final int TILE_BYTE_COUNTS = 325;

    public static final int SUB_IFDS = 330;

    public static final int EXTRA_SAMPLES = 338;

    public static final int SAMPLE_FORMAT = 339;

    public static final int JPEG_TABLES = 347;

    public static final int YCBCR_COEFFICIENTS = 529;

    public static final int YCBCR_SUBSAMPLING = 530;

    public static final int REFERENCE_BLACK_WHITE = 532;

    /** Present in the directories of Hamamatsu NDPI files, which keep 64-bit offsets in a classic TIFF. */
    public static final int NDPI_FORMAT = 65420;

    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(NEW_SUBFILE_TYPE, "NewSubfileType"),
            Map.entry(IMAGE_WIDTH, "ImageWidth"),
            Map.entry(IMAGE_LENGTH, "ImageLength"),
            Map.entry(BITS_PER_SAMPLE, "BitsPerSample"),
            Map.entry(COMPRESSION, "Compression"),
            Map.entry(PHOTOMETRIC, "PhotometricInterpretation"),
            Map.entry(FILL_ORDER, "FillOrder"),
            Map.entry(IMAGE_DESCRIPTION, "ImageDescription"),
            Map.entry(MAKE, "Make"),
            Map.entry(MODEL, "Model"),
            Map.entry(STRIP_OFFSETS, "StripOffsets"),
            Map.entry(ORIENTATION, "Orientation"),
            Map.entry(SAMPLES_PER_PIXEL, "SamplesPerPixel"),
            Map.entry(ROWS_PER_STRIP, "RowsPerStrip"),
            Map.entry(STRIP_BYTE_COUNTS, "StripByteCounts"),
            Map.entry(X_RESOLUTION, "XResolution"),
            Map.entry(Y_RESOLUTION, "YResolution"),
            Map.entry(PLANAR_CONFIGURATION, "PlanarConfiguration"),
            Map.entry(RESOLUTION_UNIT, "ResolutionUnit"),
            Map.entry(SOFTWARE, "Software"),
            Map.entry(PREDICTOR, "Predictor"),
            Map.entry(COLOR_MAP, "ColorMap"),
            Map.entry(TILE_WIDTH, "TileWidth"),
            Map.entry(TILE_LENGTH, "TileLength"),
            Map.entry(TILE_OFFSETS, "TileOffsets"),
            Map.entry(TILE_BYTE_COUNTS, "TileByteCounts"),
            Map.entry(SUB_IFDS, "SubIFDs"),
            Map.entry(EXTRA_SAMPLES, "ExtraSamples"),
            Map.entry(SAMPLE_FORMAT, "SampleFormat"),
            Map.entry(JPEG_TABLES, "JPEGTables"),
            Map.entry(YCBCR_COEFFICIENTS, "YCbCrCoefficients"),
            Map.entry(YCBCR_SUBSAMPLING, "YCbCrSubSampling"),
            Map.entry(REFERENCE_BLACK_WHITE, "ReferenceBlackWhite"));

    private TiffTag() {}

    /** Name and number, such as {@code ImageWidth, tag 256}; of a private tag the number alone. */
    public static String name(final int tag) {
        final String name = NAMES.get(tag);
        return name == null ? "tag " + tag : name + ", tag " + tag;
    }
}
