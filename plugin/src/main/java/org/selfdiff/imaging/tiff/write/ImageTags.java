package org.selfdiff.imaging.tiff.write;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.selfdiff.imaging.tiff.TiffTag;

/** The entries that follow from the form of an image (TIFF 6.0, section 8 and others). */
public final class ImageTags {
    private static final double MICROMETRES_PER_CENTIMETRE = 10_000;

    private ImageTags() {}

    /** Resolution as pixels per centimetre. */
    public static List<WrittenTag> resolution(final double mpp) {
        return List.of(
                WrittenTag.fraction(TiffTag.X_RESOLUTION, MICROMETRES_PER_CENTIMETRE / mpp),
                WrittenTag.fraction(TiffTag.Y_RESOLUTION, MICROMETRES_PER_CENTIMETRE / mpp),
                WrittenTag.shorts(TiffTag.RESOLUTION_UNIT, 3));
    }

    static List<WrittenTag> of(final TiffImage image, final TiffForm form, final long[] offsets, final long[] lengths) {
        final PixelType pixel = image.pixel();
        final long[] bits = new long[pixel.bands()];
        Arrays.fill(bits, pixel.bits());
        final List<WrittenTag> tags = new ArrayList<>(List.of(
                WrittenTag.longs(TiffTag.NEW_SUBFILE_TYPE, 0),
                WrittenTag.longs(TiffTag.IMAGE_WIDTH, image.width()),
                WrittenTag.longs(TiffTag.IMAGE_LENGTH, image.height()),
                WrittenTag.shorts(TiffTag.BITS_PER_SAMPLE, bits),
                WrittenTag.shorts(TiffTag.COMPRESSION, image.compression().code()),
                WrittenTag.shorts(TiffTag.PHOTOMETRIC, photometric(image)),
                WrittenTag.shorts(TiffTag.SAMPLES_PER_PIXEL, pixel.bands()),
                WrittenTag.shorts(TiffTag.PLANAR_CONFIGURATION, 1)));
        if (image.predictor()) {
            tags.add(WrittenTag.shorts(TiffTag.PREDICTOR, 2));
        }
        if (image.isYCbCr()) {
            final int step = image.jpeg().colours() == JpegCoding.Colours.YCBCR_420 ? 2 : 1;
            tags.add(WrittenTag.shorts(TiffTag.YCBCR_SUBSAMPLING, step, step));
        }
        final WrittenTag.Type type = form.big() ? WrittenTag.Type.LONG8 : WrittenTag.Type.LONG;
        if (image.isTiled()) {
            tags.add(WrittenTag.longs(TiffTag.TILE_WIDTH, image.tileWidth()));
            tags.add(WrittenTag.longs(TiffTag.TILE_LENGTH, image.blockHeight()));
            tags.add(new WrittenTag(TiffTag.TILE_OFFSETS, type, offsets));
            tags.add(new WrittenTag(TiffTag.TILE_BYTE_COUNTS, type, lengths));
        } else {
            tags.add(new WrittenTag(TiffTag.STRIP_OFFSETS, type, offsets));
            tags.add(WrittenTag.longs(TiffTag.ROWS_PER_STRIP, image.blockHeight()));
            tags.add(new WrittenTag(TiffTag.STRIP_BYTE_COUNTS, type, lengths));
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
