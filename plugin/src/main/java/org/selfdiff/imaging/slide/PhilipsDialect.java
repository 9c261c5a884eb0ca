package org.selfdiff.imaging.slide;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.selfdiff.imaging.PictureSource;
import org.selfdiff.imaging.tiff.TiffDirectory;
import org.selfdiff.imaging.tiff.TiffFile;
import org.selfdiff.imaging.tiff.TiffLevel;
import org.selfdiff.imaging.tiff.TiffTag;
import org.selfdiff.run.RunFailed;

/**
 * Philips TIFF: tiled directories are levels in their order; strips are the label and the macro picture. The sizes of
 * the directories are those of the tiles with their padding, so that the true size of a level is that of level 0 divided
 * by the ratio of the pixel spacings in the XML. Tiles outside of the scanned regions are left out of the file.
 */
final class PhilipsDialect implements TiffDialect {
    private static final double MICROMETRES = 1000;

    @Override
    public Optional<Slide> read(final TiffFile file, final Means means) throws RunFailed {
        final TiffDirectory first = file.directories().get(0);
        final String description = TiffDialect.description(first);
        if (!PhilipsXml.isPhilips(description) || !TiffDialect.tiled(first)) {
            return Optional.empty();
        }
        final String where = file.name() + ", directory 0, " + TiffTag.name(TiffTag.IMAGE_DESCRIPTION);
        final PhilipsXml xml = PhilipsXml.parse(description, where);
        final double mpp0 = mpp(xml.spacing());
        final List<TiffLevel> levels = new ArrayList<>();
        for (final TiffDirectory directory : file.directories()) {
            if (TiffDialect.tiled(directory)) {
                final double factor = factor(xml.levels(), levels.size());
                if (factor > 0) {
                    levels.add(level(first, directory, factor, mpp0, means));
                }
            }
        }
        final List<String> remarks = TiffRemarks.of(first);
        TiffRemarks.sides(
                remarks,
                MICROMETRES * xml.spacing().x(),
                MICROMETRES * xml.spacing().y());
        return Optional.of(new Slide("Philips TIFF", xml.magnification(), List.copyOf(levels), remarks));
    }

    private static double mpp(final PhilipsXml.Spacing spacing) {
        return MICROMETRES * PixelSize.mean(spacing.x(), spacing.y());
    }

    /** How many pixels of level 0 a pixel covers: a whole number, or 0 if the XML does not say. */
    private static double factor(final List<PhilipsXml.Spacing> spacings, final int level) {
        if (level == 0) {
            return 1;
        }
        if (level >= spacings.size()) {
            return 0;
        }
        final double ratio = mpp(spacings.get(level)) / mpp(spacings.get(0));
        return ratio >= 1 && ratio < Integer.MAX_VALUE ? Math.rint(ratio) : 0;
    }

    private static TiffLevel level(
            final TiffDirectory first,
            final TiffDirectory directory,
            final double factor,
            final double mpp0,
            final Means means)
            throws RunFailed {
        final TiffLevel padded = means.level(directory, factor, mpp0 * factor);
        final long width =
                trueSide(TiffDialect.width(first), factor, padded.level().width());
        final long height =
                trueSide(TiffDialect.height(first), factor, padded.level().height());
        return new TiffLevel(
                new PictureSource.Level(width, height, factor, mpp0 * factor),
                padded.label(),
                padded.blocks(),
                padded.codec());
    }

    private static long trueSide(final long side0, final double factor, final long padded) {
        return Math.max(1, Math.min(padded, (long) (side0 / factor)));
    }
}
