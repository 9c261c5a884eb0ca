package org.selfdiff.imaging.slide;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.selfdiff.imaging.PictureSource;
import org.selfdiff.imaging.tiff.BlockCodec;
import org.selfdiff.imaging.tiff.BlockTable;
import org.selfdiff.imaging.tiff.TiffDirectory;
import org.selfdiff.imaging.tiff.TiffFile;
import org.selfdiff.imaging.tiff.TiffLevel;
import org.selfdiff.imaging.tiff.TiffTag;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunFailed;

/**
 * Hamamatsu NDPI: every directory with a positive source lens and the focal plane 0 is a level; the macro picture has
 * lens -1, the map of regions -2. A level is one JPEG stream of any size, which restart markers cut into pieces that
 * are read like tiles. A level without them is one block, and is left out if it is larger than the limit.
 */
final class NdpiDialect implements TiffDialect {
    private static final int SOURCE_LENS = 65421;

    private static final int FOCAL_PLANE = 65424;

    @Override
    public Optional<Slide> read(final TiffFile file, final Means means) throws RunFailed, RunCancelled {
        final TiffDirectory first = file.directories().get(0);
        if (!first.has(TiffTag.NDPI_FORMAT)) {
            return Optional.empty();
        }
        final List<TiffDirectory> planes = new ArrayList<>();
        final Set<Double> focal = new TreeSet<>();
        for (final TiffDirectory directory : file.directories()) {
            final double plane = directory.has(FOCAL_PLANE) ? directory.rational(FOCAL_PLANE) : 0;
            if (directory.has(SOURCE_LENS) && directory.rational(SOURCE_LENS) > 0) {
                focal.add(plane);
                if (plane == 0) {
                    planes.add(directory);
                }
            }
        }
        if (planes.isEmpty()) {
            throw first.broken(SOURCE_LENS, "No directory has a source lens above 0", null);
        }
        final TiffDirectory finest = planes.get(0);
        final double mpp = PixelSize.mpp(finest);
        final List<TiffLevel> levels = new ArrayList<>();
        levels.add(level(finest, 1, mpp, means));
        long last = TiffDialect.width(finest);
        for (final TiffDirectory plane : planes.subList(1, planes.size())) {
            final long width = TiffDialect.width(plane);
            final long height = TiffDialect.height(plane);
            if (width < last && height < TiffDialect.height(finest) && readable(plane, means)) {
                final double downsample =
                        Downsample.of(TiffDialect.width(finest), TiffDialect.height(finest), width, height);
                levels.add(level(plane, downsample, mpp * downsample, means));
                last = width;
            }
        }
        final List<String> remarks = TiffRemarks.of(finest);
        final double[] sides = PixelSize.sides(finest);
        TiffRemarks.sides(remarks, sides[0], sides[1]);
        if (focal.size() > 1) {
            remarks.add("the slide has " + focal.size() + " focal planes, of which that at 0 is read");
        }
        return Optional.of(new Slide("Hamamatsu NDPI", finest.rational(SOURCE_LENS), List.copyOf(levels), remarks));
    }

    /** Whether a smaller level can be read; one that is a single stream beyond the limit cannot. */
    private static boolean readable(final TiffDirectory directory, final Means means) throws RunFailed {
        try {
            final NdpiStream stream = NdpiStream.of(directory);
            return stream.isCut()
                    || (double) stream.width() * stream.height()
                            <= means.limits().maxPixels();
        } catch (final IOException e) {
            throw broken(directory, e);
        }
    }

    private static TiffLevel level(
            final TiffDirectory directory, final double downsample, final double mpp, final Means means)
            throws RunFailed, RunCancelled {
        final BlockCodec codec = means.codecs().of(directory, means.limits());
        try {
            final NdpiStream stream = NdpiStream.of(directory);
            if (!stream.isCut()
                    && (double) stream.width() * stream.height()
                            > means.limits().maxPixels()) {
                throw new RunFailed(
                        "The level of " + stream.width() + " x " + stream.height()
                                + " pixels is one JPEG stream without restart markers",
                        directory.file().name() + ", " + directory.label(),
                        "Convert the slide to a pyramidal TIFF, for instance with: vips tiffsave in.ndpi out.tif --tile "
                                + "--pyramid --bigtiff --compression jpeg --Q 90");
            }
            final BlockTable blocks = stream.blocks(means.control());
            final PictureSource.Level level = new PictureSource.Level(stream.width(), stream.height(), downsample, mpp);
            return new TiffLevel(level, directory.label(), blocks, codec);
        } catch (final IOException e) {
            throw broken(directory, e);
        }
    }

    private static RunFailed broken(final TiffDirectory directory, final IOException e) {
        return directory.broken(TiffTag.STRIP_OFFSETS, "The JPEG stream of a level is damaged: " + e.getMessage(), e);
    }
}
