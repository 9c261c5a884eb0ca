package org.selfdiff.imaging.slide;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.selfdiff.imaging.DecodeLimits;
import org.selfdiff.imaging.PictureSource;
import org.selfdiff.imaging.tiff.BlockCache;
import org.selfdiff.imaging.tiff.BlockCodecs;
import org.selfdiff.imaging.tiff.StripRows;
import org.selfdiff.imaging.tiff.TiffDirectory;
import org.selfdiff.imaging.tiff.TiffFile;
import org.selfdiff.imaging.tiff.TiffLevel;
import org.selfdiff.imaging.tiff.TiffSource;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;

/**
 * Opens slides and pictures of any size for reading in rectangles: Aperio SVS, Hamamatsu NDPI, Philips TIFF, OME-TIFF
 * and other TIFF with or without a pyramid, PNG, JPEG, BMP and GIF. The kind is told by the content. A format that is
 * not read is named in the error, with the way round it.
 */
public final class Slides {
    /** A format more is a file more, and a line here; the generic one takes what is left. */
    private static final List<TiffDialect> DIALECTS = List.of(
            new NdpiDialect(), new PhilipsDialect(), new AperioDialect(), new OmeDialect(), new GenericDialect());

    private Slides() {}

    /**
     * Opens a file with a small cache of its own.
     *
     * @param limits most pixels that are decoded at once: a plain picture up to that size is kept in memory, a larger
     *     one is read in place or unpacked into a temporary file; no block of a slide may be larger
     * @throws RunFailed naming the file and what to do, if it is missing, damaged or of a format that is not read
     */
    public static PictureSource open(final Path file, final DecodeLimits limits) throws RunFailed {
        try {
            return open(file, limits, BlockCache.small(), RunControl.silent());
        } catch (final RunCancelled e) {
            throw new IllegalStateException("nobody could cancel", e);
        }
    }

    /**
     * Opens a file.
     *
     * @param limits as above
     * @param cache of decoded blocks, which slides may share
     * @param control shows the progress of unpacking and may cancel it
     * @throws RunFailed naming the file and what to do, if it is missing, damaged or of a format that is not read
     * @throws RunCancelled if the user stopped; nothing is left open then
     */
    public static PictureSource open(
            final Path file, final DecodeLimits limits, final BlockCache cache, final RunControl control)
            throws RunFailed, RunCancelled {
        if (Files.exists(file)) {
            final Optional<ForeignFormat> foreign = ForeignFormat.of(file);
            if (foreign.isPresent()) {
                throw foreign.get().error(file.toString());
            }
        }
        return isTiff(file) ? tiff(file, limits, cache, control) : PlainPictures.open(file, limits, control);
    }

    private static PictureSource tiff(
            final Path path, final DecodeLimits limits, final BlockCache cache, final RunControl control)
            throws RunFailed, RunCancelled {
        TiffFile file = TiffFile.open(path);
        try {
            final TiffDirectory first = file.directories().get(0);
            final BlockCodecs codecs = codecs();
            if (!codecs.supports(first) && file.directories().size() == 1 && !TiffDialect.tiled(first)) {
                return PlainPictures.open(path, limits, control); // fax and other compressions of documents
            }
            final Optional<ForeignFormat> foreign = ForeignFormat.of(file);
            if (foreign.isPresent()) {
                throw foreign.get().error(path.toString());
            }
            final boolean strips = StripPicture.is(file);
            if (strips && StripRows.canRead(first)) {
                return StripPicture.open(file, limits, control);
            }
            final TiffDialect.Slide slide = read(file, new TiffDialect.Means(codecs, limits, control));
            final TiffLevel finest = slide.levels().get(0);
            final PictureSource source = new TiffSource(
                    file,
                    new PictureSource.About(
                            slide.format(),
                            slide.magnification(),
                            finest.codec().name(),
                            slide.remarks()),
                    slide.levels(),
                    cache);
            file = null;
            return strips ? StripPicture.whole(source, limits) : source;
        } finally {
            if (file != null) {
                file.close();
            }
        }
    }

    private static TiffDialect.Slide read(final TiffFile file, final TiffDialect.Means means)
            throws RunFailed, RunCancelled {
        for (final TiffDialect dialect : DIALECTS) {
            final Optional<TiffDialect.Slide> slide = dialect.read(file, means);
            if (slide.isPresent()) {
                return slide.get();
            }
        }
        throw new IllegalStateException("the generic dialect takes every file");
    }

    private static BlockCodecs codecs() {
        final BlockCodecs standard = Jpeg2000Codec.in(BlockCodecs.standard());
        return TurboJpeg.find().isPresent()
                ? standard.withJpeg(() -> TurboJpeg.find().orElseThrow())
                : standard;
    }

    /** Whether a file begins as TIFF and BigTIFF of either byte order do. */
    private static boolean isTiff(final Path file) {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (channel.size() < 4) {
                return false;
            }
            final byte[] head = new byte[4];
            Positional.read(channel, 0, head);
            final boolean little = head[0] == 'I' && head[1] == 'I' && (head[2] == 42 || head[2] == 43) && head[3] == 0;
            final boolean big = head[0] == 'M' && head[1] == 'M' && head[2] == 0 && (head[3] == 42 || head[3] == 43);
            return little || big;
        } catch (final IOException e) {
            return false; // who reads it next says why it cannot be read
        }
    }
}
