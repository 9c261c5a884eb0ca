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
 * OME-TIFF (OME-TIFF specification 6): the OME-XML of the first directory says which directories hold the slide; the
 * smaller levels are their SubIFDs or, in files of other programs, directories that follow. Red, green and blue may be
 * three channels with directories of their own.
 */
final class OmeDialect implements TiffDialect {

    @Override
    public Optional<Slide> read(final TiffFile file, final Means means) throws RunFailed {
        final String description = TiffDialect.description(file.directories().get(0));
        if (!OmeXml.isOme(description)) {
            return Optional.empty();
        }
        final String where = file.name() + ", directory 0, " + TiffTag.name(TiffTag.IMAGE_DESCRIPTION);
        final OmeXml.Image image = OmeXml.parse(description, where).slide(where);
        final List<TiffDirectory> channels = channels(file, image, where);
        final double mpp = PixelSize.mean(image.mppX(), image.mppY());
        final List<List<TiffLevel>> pyramids = new ArrayList<>();
        for (final TiffDirectory channel : channels) {
            pyramids.add(Pyramid.of(channel, smaller(file, channel), directory -> true, mpp, means));
        }
        return Optional.of(
                new Slide("OME-TIFF", image.magnification(), merged(pyramids, where), remarks(image, channels.get(0))));
    }

    /** What is left out of an image, or averaged. */
    static List<String> remarks(final OmeXml.Image image, final TiffDirectory directory) throws RunFailed {
        final List<String> remarks = TiffRemarks.of(directory);
        TiffRemarks.sides(remarks, image.mppX(), image.mppY());
        final long deep = image.planes() / Math.max(1, image.channels());
        if (deep > 1) {
            remarks.add("the slide has " + deep + " planes of depth or time, of which the first is read");
        }
        return remarks;
    }

    private static List<TiffDirectory> channels(final TiffFile file, final OmeXml.Image image, final String where)
            throws RunFailed {
        if (image.channels() != 1 && image.channels() != 3) {
            throw new RunFailed(
                    "The slide has " + image.channels()
                            + " channels; 1 (grey or RGB) and 3 (red, green, blue) are read",
                    where,
                    "Export it as RGB, for instance with QuPath (Export images, rendered RGB), as OME-TIFF.");
        }
        final List<TiffDirectory> channels = new ArrayList<>();
        for (final int index : image.directories()) {
            if (image.elsewhere() || index >= file.directories().size()) {
                throw new RunFailed(
                        image.namedFile().isEmpty() && !image.elsewhere()
                                ? "The OME-XML places pixels into directory " + index + " of "
                                        + file.directories().size()
                                : "The pixels of this OME-TIFF lie in other files"
                                        + (image.namedFile().isEmpty() ? "" : ": " + image.namedFile()),
                        where,
                        "Keep the set of files together and choose the one with the pixels, or convert the set into "
                                + "one file with bfconvert.");
            }
            channels.add(file.directories().get(index));
        }
        return channels;
    }

    /** SubIFDs, or what follows in the chain and is declared as reduced. */
    private static List<TiffDirectory> smaller(final TiffFile file, final TiffDirectory directory) throws RunFailed {
        if (!directory.children().isEmpty()) {
            return directory.children();
        }
        final List<TiffDirectory> chain = file.directories();
        final List<TiffDirectory> smaller = new ArrayList<>();
        for (int i = chain.indexOf(directory) + 1; i < chain.size(); i++) {
            if ((chain.get(i).number(TiffTag.NEW_SUBFILE_TYPE, 0) & 1) != 0) {
                smaller.add(chain.get(i));
            }
        }
        return smaller;
    }

    /** The levels of one channel as they are; those of three put together. */
    private static List<TiffLevel> merged(final List<List<TiffLevel>> pyramids, final String where) throws RunFailed {
        if (pyramids.size() == 1) {
            return pyramids.get(0);
        }
        final List<TiffLevel> levels = new ArrayList<>();
        int count = Integer.MAX_VALUE;
        for (final List<TiffLevel> pyramid : pyramids) {
            count = Math.min(count, pyramid.size());
        }
        for (int i = 0; i < count; i++) {
            final List<TiffLevel> channels = new ArrayList<>();
            for (final List<TiffLevel> pyramid : pyramids) {
                channels.add(pyramid.get(i));
            }
            final PictureSource.Level level = channels.get(0).level();
            for (final TiffLevel channel : channels) {
                if (!channel.level().equals(level)
                        || !channel.blocks()
                                .grid()
                                .equals(channels.get(0).blocks().grid())) {
                    throw new RunFailed(
                            "The channels of the slide differ in size or tiles at level " + i,
                            where,
                            "Convert it with bfconvert or QuPath to an RGB OME-TIFF.");
                }
            }
            levels.add(ChannelCodec.merge(channels));
        }
        return List.copyOf(levels);
    }
}
