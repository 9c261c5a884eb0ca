package org.selfdiff.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.selfdiff.imaging.DecodeLimits;
import org.selfdiff.imaging.LabelMap;
import org.selfdiff.imaging.MaskCoding;
import org.selfdiff.imaging.PassingArrays;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.PictureSource;
import org.selfdiff.imaging.annotation.AnnotationFiles;
import org.selfdiff.imaging.annotation.AnnotationSettings;
import org.selfdiff.imaging.annotation.Annotations;
import org.selfdiff.imaging.annotation.FaultyPolygons;
import org.selfdiff.imaging.annotation.PixelGrid;
import org.selfdiff.imaging.grid.Scale;
import org.selfdiff.imaging.grid.ScaledReader;
import org.selfdiff.imaging.slide.Slides;
import org.selfdiff.imaging.tiff.BlockCache;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;

/**
 * Reads the pixels and labels of tiles. Slides stay open, plain pictures and masks decoded; the least recently used are
 * dropped first when there are too many or they take more memory than allowed. Safe for several threads.
 *
 * <p>Reading may take long the first time: a huge PNG or JPEG is unpacked then. The control that every reader gives shows
 * that, and may stop it. It is told no warnings: what is to be said of a slide was said when its tiles were cut.
 */
public final class PictureCache implements AutoCloseable {
    /** Whether outlines are sound was decided when the tiles were cut. */
    private static final AnnotationSettings REPAIRING =
            AnnotationSettings.standard().withFaulty(FaultyPolygons.REPAIR);

    /** Larger files are opened one at a time, so that memory for what is decoded does not grow with the threads. */
    private static final long LARGE = 8L << 20;

    private static final long LOOK_NANOS = 20_000_000;

    private final Semaphore opening = new Semaphore(1);

    private final DecodeLimits limits;

    /** Decoded blocks of all slides that are open. */
    private final BlockCache blocks;

    private final PassingArrays passing = new PassingArrays();

    private final OpenFiles held;

    private record MaskKey(Path file, MaskCoding coding) {}

    private record AnnotationKey(Path file, Path slide) {}

    /**
     * An empty cache.
     *
     * @param limits for reading
     * @param maxBytes memory for decoded pictures and masks, and half as much again for blocks of slides; what is being
     *     read comes on top
     */
    public PictureCache(final DecodeLimits limits, final long maxBytes) {
        this.limits = limits;
        held = new OpenFiles(maxBytes);
        blocks = new BlockCache(maxBytes / 2);
    }

    /** With standard limits and an eighth of the memory that Java may use. */
    public static PictureCache standard() {
        return new PictureCache(DecodeLimits.standard(), Runtime.getRuntime().maxMemory() / 8);
    }

    /**
     * The pixels of a tile, at its resolution and with its stain changed.
     *
     * @param control shows the progress of unpacking, as a part of its own, and may stop it
     * @throws RunFailed if the slide cannot be read
     */
    public Picture pixels(final Tile tile, final RunControl control) throws RunFailed, RunCancelled {
        final Tile.Area area = tile.area();
        final Picture read =
                held.with(tile.image(), () -> open(tile, control), (final PictureSource source) -> new ScaledReader(
                                source, area.downsample(), passing)
                        .read(area.x(), area.y(), area.width(), area.height(), control));
        return tile.stain().isPresent() ? tile.stain().get().apply(read) : read;
    }

    /**
     * A tile that covers its whole picture at its own resolution.
     *
     * @throws RunFailed if it cannot be read, or has more pixels than may be held at once
     */
    public Tile whole(final Tile tile, final RunControl control) throws RunFailed, RunCancelled {
        final double downsample = tile.area().downsample();
        return held.with(tile.image(), () -> open(tile, control), (final PictureSource source) -> {
            final Scale scale =
                    new Scale(tile.findings().level(), downsample, tile.area().mpp());
            final int width = scale.width(source);
            final int height = scale.height(source);
            if ((long) width * height > limits.maxPixels()) {
                throw new RunFailed(
                        "The whole slide has " + width + " x " + height + " pixels at this resolution, more than"
                                + " can be held at once",
                        tile.image().toString(),
                        "Work tile by tile, or cut the tiles at a coarser resolution.");
            }
            final double mpp =
                    tile.area().mpp() > 0 ? tile.area().mpp() : source.level(0).mpp() * downsample;
            final Tile.Area area = new Tile.Area(0, 0, width, height, downsample, mpp);
            return new Tile(tile.image(), area, tile.mask(), tile.group(), tile.stain(), tile.findings());
        });
    }

    /**
     * A tile that covers a whole picture, as coarse as needed.
     *
     * @param longest most pixels of its longer side
     * @throws RunFailed if the picture cannot be read
     */
    public Tile coarse(final Path image, final int longest, final RunControl control) throws RunFailed, RunCancelled {
        final double downsample = held.with(image, () -> open(image, control), (final PictureSource source) -> {
            final PictureSource.Level finest = source.level(0);
            return Math.max(1, Math.max(finest.width(), finest.height()) / (double) longest);
        });
        return whole(
                new Tile(
                        image,
                        new Tile.Area(0, 0, 1, 1, downsample, Double.NaN),
                        Optional.empty(),
                        "",
                        Optional.empty(),
                        Tile.Findings.none()),
                control);
    }

    /** A whole picture, as coarse as needed; see {@link #coarse}. */
    public Picture overview(final Path image, final int longest, final RunControl control)
            throws RunFailed, RunCancelled {
        return pixels(coarse(image, longest, control), control);
    }

    /**
     * The labels of a tile that has a mask, at its resolution. A label is that of the pixel's centre, never a mixture.
     *
     * @param coding what the values of a mask mean
     * @throws RunFailed if the mask cannot be read or has another size than the picture
     */
    public LabelMap labels(final Tile tile, final MaskCoding coding, final RunControl control)
            throws RunFailed, RunCancelled {
        final TileMask mask = tile.mask().orElseThrow();
        final Tile.Area area = tile.area();
        if (mask.drawn()) {
            final LabelMap drawn = held.with(
                    new AnnotationKey(mask.file(), tile.image()),
                    () -> {
                        tile.requireSameMask();
                        return annotations(mask.file(), tile.image(), control);
                    },
                    (final Annotations annotations) -> annotations.rasterize(
                            new PixelGrid(area.x(), area.y(), area.downsample(), area.width(), area.height()),
                            mask.classes(),
                            mask.excluded()));
            return coding.kind() == MaskCoding.Kind.FOREGROUND ? drawn.foreground() : drawn;
        }
        return held.with(
                new MaskKey(mask.file(), coding),
                () -> fitting(tile, coding, control),
                (final MaskReader reader) -> reader.labels(area));
    }

    /**
     * The classes of a tile that has a mask, see {@link ClassLabels}.
     *
     * @throws RunFailed as above, or if the mask has names or labels that are no class
     */
    public LabelMap labels(final Tile tile, final ClassLabels wanted, final RunControl control)
            throws RunFailed, RunCancelled {
        final TileMask mask = tile.mask().orElseThrow();
        final MaskCoding.Kind kind = wanted.coding().kind();
        final boolean byName = kind == MaskCoding.Kind.LABELS || kind == MaskCoding.Kind.COLOURS && mask.drawn();
        if (!byName || mask.classes().isEmpty()) {
            return labels(tile, wanted.coding(), control);
        }
        wanted.requireKnown(mask, tile.place());
        if (mask.drawn()) {
            final TileMask byClass = new TileMask(mask.file(), wanted.drawn(), mask.excluded());
            return wanted.ofDrawn(labels(tile.masked(byClass), wanted.coding(), control));
        }
        return wanted.byName(labels(tile, wanted.coding(), control), mask.classes(), mask.file() + ", " + tile.place());
    }

    /** Size of a picture at its finest, as width and height. */
    public long[] size(final Path image, final RunControl control) throws RunFailed, RunCancelled {
        return held.with(image, () -> open(image, control), (final PictureSource source) ->
                new long[] {source.level(0).width(), source.level(0).height()});
    }

    private MaskReader fitting(final Tile tile, final MaskCoding coding, final RunControl control)
            throws RunFailed, RunCancelled {
        final PictureSource.Level level =
                held.with(tile.image(), () -> open(tile, control), (final PictureSource source) -> source.level(0));
        tile.requireSameMask();
        final Path file = tile.mask().orElseThrow().file();
        final MaskReader mask = MaskReader.open(file, coding, limits, blocks);
        requireSameSize(file, mask, tile.image().toString(), level.width(), level.height());
        return mask;
    }

    /**
     * Refuses a mask of another size than its picture, and closes it then.
     *
     * @param image what the message calls the picture
     */
    public static void requireSameSize(
            final Path file, final MaskReader mask, final String image, final long width, final long height)
            throws RunFailed {
        if (mask.width() != width || mask.height() != height) {
            mask.close();
            throw sizes(file, mask.width(), mask.height(), image, width, height);
        }
    }

    /** Refuses a label map of another size than its picture. */
    public static void requireSameSize(
            final Path file, final LabelMap mask, final String image, final long width, final long height)
            throws RunFailed {
        if (mask.width() != width || mask.height() != height) {
            throw sizes(file, mask.width(), mask.height(), image, width, height);
        }
    }

    private static RunFailed sizes(
            final Path file, final long w, final long h, final String image, final long width, final long height) {
        return new RunFailed(
                "The mask has " + w + " x " + h + " pixels, its picture " + width + " x " + height,
                "mask " + file + ", picture " + image,
                "Save the mask at the picture's size, without interpolation, or pair it with the right picture.");
    }

    /** Memory taken by what is held, in bytes. */
    public long bytes() {
        return held.bytes();
    }

    /** Closes all that is held. */
    @Override
    public void close() {
        held.close();
    }

    private PictureSource open(final Tile tile, final RunControl control) throws RunFailed, RunCancelled {
        tile.requireSamePicture();
        return open(tile.image(), control);
    }

    private PictureSource open(final Path image, final RunControl control) throws RunFailed, RunCancelled {
        final boolean large = Files.isRegularFile(image) && bytes(image) > LARGE;
        while (large && !opening.tryAcquire()) {
            control.checkCancelled();
            LockSupport.parkNanos(LOOK_NANOS);
        }
        try {
            return Slides.open(image, limits, blocks, new Opening(image, control));
        } finally {
            if (large) {
                opening.release();
            }
        }
    }

    private static long bytes(final Path image) {
        try {
            return Files.size(image);
        } catch (final IOException e) {
            return 0; // who opens it says why it cannot be read
        }
    }

    private static Annotations annotations(final Path file, final Path slide, final RunControl control)
            throws RunFailed, RunCancelled {
        return AnnotationFiles.read(file, slide.getFileName().toString(), REPAIRING, new Opening(file, control));
    }

    /** Names the file in what is shown while it is opened. */
    private record Opening(Path file, RunControl control) implements RunControl {
        @Override
        public boolean isCancelled() {
            return control.isCancelled();
        }

        @Override
        public void progress(final double fraction, final String message) {
            control.progress(fraction, "opening " + file.getFileName() + ", " + message);
        }

        @Override
        public void warn(final String message) {
            // said when the tiles were cut
        }
    }
}
