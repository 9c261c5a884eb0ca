package org.selfdiff.imaging.slide;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.selfdiff.imaging.PictureRemarks;
import org.selfdiff.imaging.tiff.TiffDirectory;
import org.selfdiff.imaging.tiff.TiffFile;
import org.selfdiff.imaging.tiff.TiffTag;
import org.selfdiff.run.RunFailed;

/** What a TIFF file holds or says that is not followed: further pages and samples, a turn, pixels that are not square. */
final class TiffRemarks {
    private static final int REDUCED_OR_MASK = 1 | 4;

    private static final int UPRIGHT = 1;

    /** Sides of a pixel that differ by less are rounded. */
    private static final double SQUARE = 0.01;

    private static final Pattern STACK =
            Pattern.compile("^ImageJ=.*?^images=(\\d{1,9})$", Pattern.DOTALL | Pattern.MULTILINE);

    private TiffRemarks() {}

    /** The remarks about the picture that a directory holds. */
    static List<String> of(final TiffDirectory directory) throws RunFailed {
        final List<String> remarks = new ArrayList<>();
        final long turn = directory.number(TiffTag.ORIENTATION, UPRIGHT);
        if (turn > UPRIGHT && turn <= 8) {
            remarks.add(PictureRemarks.turned((int) turn));
        }
        final long samples = directory.number(TiffTag.SAMPLES_PER_PIXEL, 1);
        final int colours =
                switch ((int) directory.number(TiffTag.PHOTOMETRIC, 1)) {
                    case 2, 6, 8 -> 3;
                    case 5 -> 4;
                    default -> 1;
                };
        final boolean alpha = directory.count(TiffTag.EXTRA_SAMPLES) > 0
                && (directory.number(TiffTag.EXTRA_SAMPLES) == 1 || directory.number(TiffTag.EXTRA_SAMPLES) == 2);
        final long left = samples - colours - (alpha ? 1 : 0);
        if (left > 0) {
            remarks.add("a pixel has " + samples + " samples, of which the first " + (samples - left) + " are read");
        }
        return remarks;
    }

    /** The remarks about a file whose first directory is the picture, and what follows it smaller levels of it. */
    static List<String> ofAll(final TiffFile file) throws RunFailed {
        final TiffDirectory first = file.directories().get(0);
        final List<String> remarks = of(first);
        final double[] sides = PixelSize.sides(first);
        sides(remarks, sides[0], sides[1]);
        long pages = 1;
        for (final TiffDirectory other :
                file.directories().subList(1, file.directories().size())) {
            final boolean part = (other.number(TiffTag.NEW_SUBFILE_TYPE, 0) & REDUCED_OR_MASK) != 0;
            final boolean smaller = TiffDialect.width(other) < TiffDialect.width(first)
                    || TiffDialect.height(other) < TiffDialect.height(first);
            pages += part || smaller ? 0 : 1;
        }
        final Matcher stack = STACK.matcher(TiffDialect.description(first));
        if (pages == 1 && stack.find()) {
            pages = Long.parseLong(stack.group(1)); // one directory for all pages of a large stack
        }
        if (pages > 1) {
            remarks.add(PictureRemarks.several(pages));
        }
        return remarks;
    }

    /** Says if pixels are not square. */
    static void sides(final List<String> remarks, final double x, final double y) {
        if (Math.abs(x / y - 1) > SQUARE) {
            remarks.add(String.format(
                    Locale.ROOT,
                    "a pixel measures %.4g x %.4g micrometres; it is read as a square of %.4g",
                    x,
                    y,
                    PixelSize.mean(x, y)));
        }
    }
}
