package org.selfdiff.imaging.tiff.write;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The numbers of the tags, and the entries that follow from the form of an image (TIFF 6.0, section 8 and others). */
public final class ImageTags {
    /** 1 for a smaller version of another image. */
    public static final int SUBFILE_TYPE = 254;

    /** What the image is, in words; where scanners put their own data. */
    public static final int DESCRIPTION = 270;

    /** Maker of the scanner. */
    public static final int MAKE = 271;

    /** Model of the scanner. */
    public static final int MODEL = 272;

    /** Pixels per unit along a row. */
    public static final int X_RESOLUTION = 282;

    /** Pixels per unit along a column. */
    public static final int Y_RESOLUTION = 283;

    /** 2 for inch, 3 for centimetre. */
    public static final int RESOLUTION_UNIT = 296;

    /** Name of the program. */
    public static final int SOFTWARE = 305;

    static final int JPEG_TABLES = 347;

    private static final double MICROMETRES_PER_CENTIMETRE = 10_000;

    private ImageTags() {}

    /** Resolution as pixels per centimetre. */
    public static List<TiffTag> resolution(final double mpp) {
        return List.of(
                TiffTag.fraction(X_RESOLUTION, MICROMETRES_PER_CENTIMETRE / mpp),
                TiffTag.fraction(Y_RESOLUTION, MICROMETRES_PER_CENTIMETRE / mpp),
                TiffTag.shorts(RESOLUTION_UNIT, 3));
    }

    static List<TiffTag> of(final TiffImage image, final TiffForm form, final long[] offsets, final long[] lengths) {
        final PixelType pixel = image.pixel();
        final long[] bits = new long[pixel.bands()];
        Arrays.fill(bits, pixel.bits());
        final List<TiffTag> tags = new ArrayList<>(List.of(
                TiffTag.longs(SUBFILE_TYPE, 0),
                TiffTag.longs(256, image.width()),
                TiffTag.longs(257, image.height()),
                TiffTag.shorts(258, bits),
                TiffTag.shorts(259, image.compression().code()),
                TiffTag.shorts(262, photometric(image)),
                TiffTag.shorts(277, pixel.bands()),
                TiffTag.shorts(284, 1)));
        if (image.predictor()) {
            tags.add(TiffTag.shorts(317, 2));
        }
        if (image.isYCbCr()) {
            final int step = image.jpeg().colours() == JpegCoding.Colours.YCBCR_420 ? 2 : 1;
            tags.add(TiffTag.shorts(530, step, step));
        }
        final TiffTag.Type type = form.big() ? TiffTag.Type.LONG8 : TiffTag.Type.LONG;
        if (image.isTiled()) {
            tags.add(TiffTag.longs(322, image.tileWidth()));
            tags.add(TiffTag.longs(323, image.blockHeight()));
            tags.add(new TiffTag(324, type, offsets));
            tags.add(new TiffTag(325, type, lengths));
        } else {
            tags.add(new TiffTag(273, type, offsets));
            tags.add(TiffTag.longs(278, image.blockHeight()));
            tags.add(new TiffTag(279, type, lengths));
        }
        return tags;
    }

    private static int photometric(final TiffImage image) {
        if (image.isYCbCr()) {
            return 6;
        }
        return image.pixel().bands() == 3 ? 2 : 1;
    }
}
