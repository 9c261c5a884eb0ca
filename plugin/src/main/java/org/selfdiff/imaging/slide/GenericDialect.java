package org.selfdiff.imaging.slide;

import java.util.List;
import java.util.Optional;
import org.selfdiff.imaging.tiff.TiffDirectory;
import org.selfdiff.imaging.tiff.TiffFile;
import org.selfdiff.imaging.tiff.TiffTag;
import org.selfdiff.run.RunFailed;

/**
 * Any other TIFF: the first directory is the picture. Its smaller levels are its SubIFDs or, if it has none, the
 * directories that follow, provided that they are declared as reduced (NewSubfileType, bit 0) or tiled like the first;
 * pages of the same or another aspect are pictures of their own, left out and remarked. A transparency mask (bit 2) is no level.
 */
final class GenericDialect implements TiffDialect {
    private static final int REDUCED = 1;

    private static final int MASK = 4;

    @Override
    public Optional<Slide> read(final TiffFile file, final Means means) throws RunFailed {
        final TiffDirectory first = file.directories().get(0);
        final List<TiffDirectory> others = first.children().isEmpty()
                ? file.directories().subList(1, file.directories().size())
                : first.children();
        final boolean tiled = TiffDialect.tiled(first);
        final Pyramid.Rule rule = directory -> {
            final long kind = directory.number(TiffTag.NEW_SUBFILE_TYPE, 0);
            return (kind & MASK) == 0 && ((kind & REDUCED) != 0 || tiled && TiffDialect.tiled(directory));
        };
        return Optional.of(new Slide(
                "TIFF",
                Double.NaN,
                Pyramid.of(first, others, rule, PixelSize.mpp(first), means),
                TiffRemarks.ofAll(file)));
    }
}
