package org.selfdiff.imaging.slide;

import java.util.List;
import java.util.Optional;
import org.selfdiff.imaging.tiff.TiffDirectory;
import org.selfdiff.imaging.tiff.TiffFile;
import org.selfdiff.run.RunFailed;

/**
 * Aperio SVS (Aperio, "Digital slides and third-party data interchange"): the first directory is the slide, tiled;
 * further tiled directories of the same aspect ratio are its smaller levels; the thumbnail, label and macro pictures
 * are in strips. Resolution and magnification stand in the description of the first directory.
 */
final class AperioDialect implements TiffDialect {

    @Override
    public Optional<Slide> read(final TiffFile file, final Means means) throws RunFailed {
        final TiffDirectory first = file.directories().get(0);
        final String description = TiffDialect.description(first);
        if (!AperioText.isAperio(description) || !TiffDialect.tiled(first)) {
            return Optional.empty();
        }
        final AperioText text = AperioText.parse(description);
        final List<TiffDirectory> others =
                file.directories().subList(1, file.directories().size());
        return Optional.of(new Slide(
                "Aperio SVS",
                text.magnification(),
                Pyramid.of(
                        first,
                        others,
                        directory -> TiffDialect.tiled(directory)
                                && !AperioText.isAssociated(TiffDialect.description(directory)),
                        text.mpp(),
                        means),
                TiffRemarks.of(first)));
    }
}
