package org.selfdiff.stages.slides;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.selfdiff.data.BatchSettings;
import org.selfdiff.data.Fingerprint;
import org.selfdiff.data.PictureFiles;
import org.selfdiff.data.Tile;
import org.selfdiff.data.TileMask;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.PictureSource;
import org.selfdiff.imaging.grid.Scale;
import org.selfdiff.imaging.grid.ScaledReader;
import org.selfdiff.imaging.slide.Slides;
import org.selfdiff.imaging.tiff.BlockCache;
import org.selfdiff.imaging.tissue.Sharpness;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.run.Workers;

/** Cuts one slide: resolution, grid, tissue, annotations, sharpness, overview. */
final class SlideCutter {
    /** Note on a slide of which nothing is kept, which the counts in the report say too. */
    static final String NO_TILE = "no tile is left";

    /** Tiles whose pixels one task reads; neighbours share blocks of the file. */
    private static final int PART = 32;

    /** Tiles of a picture that are looked at for colour. */
    private static final int LOOKED_AT = 32;

    /** A grey picture without any pixel above it, of 255, is pointed out: 14 bits in 16 reach so far. */
    private static final int NEARLY_BLACK = 64;

    /** Share of the work on a slide that is done when its tiles are sorted; sharpness takes the rest. */
    private static final double SORTED = 0.7;

    /** Memory for decoded blocks of one slide, in bytes: a row of blocks of most slides. */
    private static final long BLOCKS = 96L << 20;

    private final CutTiles.Request request;

    private final CutTiles.AnnotationRule rule;

    private final Workers workers;

    private final Optional<SlideJournal> journal;

    /** What is known of a slide while it is cut. */
    private record Slide(
            PictureFiles.Entry entry,
            PictureSource source,
            String group,
            Scale scale,
            Optional<SlideTissue> tissue,
            TileCover cover) {}

    /**
     * Tiles that are kept, and how many are not.
     *
     * @param brightest value of a grey picture in the tiles that were looked at, 255 where nothing is to be said of it
     */
    private record Sorted(List<Tile> kept, SlideReport.Dropped dropped, int brightest) {
        Sorted(final List<Tile> kept, final SlideReport.Dropped dropped) {
            this(kept, dropped, 255);
        }
    }

    SlideCutter(final CutTiles.Request request, final CutTiles.AnnotationRule rule, final Workers workers)
            throws RunFailed {
        this.request = request;
        this.rule = rule;
        this.workers = workers;
        journal = request.journal().isPresent()
                ? Optional.of(SlideJournal.in(request.journal().get(), request, rule))
                : Optional.empty();
    }

    /** Cuts a slide, or takes it from the journal. A slide that cannot be used has its reason in the result. */
    CutSlide cut(final PictureFiles.Entry entry, final RunControl control) throws RunFailed, RunCancelled {
        control.checkCancelled();
        if (journal.isPresent()) {
            final Optional<CutSlide> noted = journal.get().find(entry);
            if (noted.isPresent()) {
                return noted.get();
            }
        }
        final CutSlide cut;
        try {
            final Fingerprint files = fingerprint(entry); // taken first: what changes meanwhile is noticed later
            cut = cutNow(entry, control).of(files);
        } catch (final RunFailed e) {
            return failed(entry, e);
        }
        if (journal.isPresent()) {
            journal.get().note(entry, cut);
        }
        return cut;
    }

    private static Fingerprint fingerprint(final PictureFiles.Entry entry) throws RunFailed {
        try {
            return Fingerprint.of(entry.image(), entry.mask());
        } catch (final IOException e) {
            throw new RunFailed(
                    "The picture or its mask cannot be read: " + e,
                    entry.image().toString(),
                    "Check that both are there and that you may read them.",
                    e);
        }
    }

    private CutSlide failed(final PictureFiles.Entry entry, final RunFailed e) {
        final SlideReport report = new SlideReport(
                entry.image(),
                entry.mask(),
                groupOf(entry),
                Optional.empty(),
                Optional.empty(),
                0,
                SlideReport.Dropped.none(),
                e.getMessage(),
                true,
                Optional.empty());
        return new CutSlide(report, List.of(), Optional.of(e), false);
    }

    /** The group of a slide that failed, which may be what it failed for. */
    private String groupOf(final PictureFiles.Entry entry) {
        try {
            return request.grouping().of(entry);
        } catch (final RunFailed e) {
            return "";
        }
    }

    private CutSlide cutNow(final PictureFiles.Entry entry, final RunControl control) throws RunFailed, RunCancelled {
        final Path image = entry.image();
        if (entry.mask().isEmpty() && request.masksRequired()) {
            throw new RunFailed("The picture has no mask", image.toString(), entry.maskRemedy());
        }
        final String group = request.grouping().of(entry);
        try (PictureSource source = Slides.open(image, request.limits(), new BlockCache(BLOCKS), control);
                TileCover cover = TileCover.of(entry, source, request, rule, control)) {
            final CutTiles.Reading reading = request.reading();
            final Scale scale = Scale.of(source, reading.target(), reading.mppOverride(), reading.tolerance());
            requireRoom(source, scale);
            final Optional<SlideTissue> tissue =
                    SlideTissue.of(request, source, scale.mpp() / scale.downsample(), control.part(0, 0.5));
            final Slide slide = new Slide(entry, source, group, scale, tissue, cover);
            final Sorted inPlace = sort(slide, control.part(0.5, SORTED));
            final Sorted sorted = channels(slide, sharp(slide, inPlace, control.part(SORTED, 1)), control);
            final Optional<byte[]> overview = request.overviews()
                    ? Optional.of(SlideTissue.overview(tissue, source, sorted.kept, control))
                    : Optional.empty();
            return new CutSlide(report(slide, sorted, overview), sorted.kept, Optional.empty(), false);
        }
    }

    private void requireRoom(final PictureSource source, final Scale scale) throws RunFailed {
        final int width = scale.width(source);
        final int height = scale.height(source);
        if (request.grid().starts(width).length == 0 || request.grid().starts(height).length == 0) {
            throw new RunFailed(
                    "The picture of " + width + " x " + height + " pixels"
                            + (scale.downsample() == 1 ? "" : " at this resolution") + " is smaller than a tile of "
                            + request.grid().tile(),
                    source.name(),
                    "Choose a smaller tile, or the border policy that pads by reflection.");
        }
    }

    private Sorted sort(final Slide slide, final RunControl control) throws RunFailed, RunCancelled {
        final int side = request.grid().tile();
        final int[] columns = request.grid().starts(slide.scale.width(slide.source));
        final int[] rows = request.grid().starts(slide.scale.height(slide.source));
        final Optional<TileMask> mask = slide.entry.mask().map(rule::mask);
        final TileSorting sorting = new TileSorting(slide.tissue, slide.cover, rule);
        for (int r = 0; r < rows.length; r++) {
            final int row = rows[r];
            for (final int column : columns) {
                control.checkCancelled(); // annotations of many vertices take their time even in one tile
                final Tile.Area area = new Tile.Area(
                        slide.scale.toLevel0(column),
                        slide.scale.toLevel0(row),
                        side,
                        side,
                        slide.scale.downsample(),
                        slide.scale.mpp());
                final Optional<TileSorting.Seen> seen = sorting.look(area);
                if (seen.isPresent()) {
                    sorting.keep(new Tile(
                            slide.entry.image(),
                            area,
                            mask,
                            slide.group,
                            Optional.empty(),
                            new Tile.Findings(
                                    slide.scale.level(),
                                    seen.get().tissue(),
                                    Double.NaN,
                                    seen.get().label(),
                                    Optional.empty(),
                                    BatchSettings.COLOUR)));
                }
            }
            control.progress((r + 1.0) / rows.length, "");
        }
        return new Sorted(sorting.kept(), sorting.dropped());
    }

    /** Notes whether a picture is grey: all pixels of its tiles are, of {@link #LOOKED_AT} of them if there are more. */
    private Sorted channels(final Slide slide, final Sorted sorted, final RunControl control)
            throws RunFailed, RunCancelled {
        final ScaledReader reader = ScaledReader.of(slide.source, slide.scale);
        final int count = Math.min(LOOKED_AT, sorted.kept.size());
        boolean grey = count > 0;
        int brightest = 0;
        for (int i = 0; grey && i < count; i++) {
            control.checkCancelled();
            final Tile tile = sorted.kept.get((int) ((long) i * sorted.kept.size() / count));
            final Picture pixels = reader.read(tile.x(), tile.y(), tile.width(), tile.height());
            grey = pixels.isGrey();
            brightest = Math.max(brightest, pixels.brightest());
        }
        return grey
                ? new Sorted(
                        sorted.kept.stream().map(tile -> tile.withChannels(1)).toList(), sorted.dropped, brightest)
                : sorted;
    }

    /** Measures sharpness where it is asked for, on all threads. */
    private Sorted sharp(final Slide slide, final Sorted before, final RunControl control)
            throws RunFailed, RunCancelled {
        if (Double.isNaN(request.minSharpness()) || before.kept.isEmpty()) {
            return before;
        }
        final ScaledReader reader = ScaledReader.of(slide.source, slide.scale);
        final int parts = (before.kept.size() + PART - 1) / PART;
        final List<List<Tile>> measured = workers.parts(
                parts,
                (part, c) -> {
                    final List<Tile> tiles = new ArrayList<>();
                    for (final Tile tile :
                            before.kept.subList(part * PART, Math.min(before.kept.size(), (part + 1) * PART))) {
                        c.checkCancelled();
                        final double sharpness = Sharpness.of(
                                        reader.read(tile.x(), tile.y(), tile.width(), tile.height()))
                                .focus();
                        if (!(sharpness
                                < request.minSharpness())) { // flat tiles have none, and are for the tissue rule
                            tiles.add(tile.with(sharpness));
                        }
                    }
                    c.progress((part + 1.0) / parts, "");
                    return tiles;
                },
                control);
        final List<Tile> kept = new ArrayList<>();
        measured.forEach(kept::addAll);
        final SlideReport.Dropped d = before.dropped;
        return new Sorted(kept, new SlideReport.Dropped(d.tissue(), d.annotations(), before.kept.size() - kept.size()));
    }

    private SlideReport report(final Slide slide, final Sorted sorted, final Optional<byte[]> overview) {
        final PictureSource.Level finest = slide.source.level(0);
        final SlideReport.File file = new SlideReport.File(
                slide.source.about().format(),
                slide.source.about().decoder(),
                finest.width(),
                finest.height(),
                slide.source.levels(),
                slide.scale.mpp() / slide.scale.downsample(),
                slide.source.about().magnification(),
                slide.scale.level(),
                slide.scale.downsample(),
                slide.scale.mpp());
        final List<String> notes = new ArrayList<>(slide.source.about().remarks());
        notes.addAll(slide.cover.warnings());
        final PictureSource.Absent absent = slide.source.absent(slide.scale.level());
        if (absent.blocks() > 0) {
            notes.add(
                    absent.blocks() + " of " + absent.all() + " blocks of the level that is read are absent in the file"
                            + " and count as glass: some scanners save no glass, else the file is damaged");
        }
        if (sorted.brightest <= NEARLY_BLACK) {
            notes.add(
                    "the picture is nearly black: its brightest pixel is " + sorted.brightest + " of 255; if samples of"
                            + " 10 to 14 bits were stored in 16, stretch them to the whole range first");
        }
        if (sorted.kept.isEmpty()) {
            notes.add(NO_TILE);
        }
        return new SlideReport(
                slide.entry.image(),
                slide.entry.mask(),
                slide.group,
                Optional.of(file),
                slide.tissue.map(SlideTissue::found),
                sorted.kept.size(),
                sorted.dropped,
                String.join("; ", notes),
                false,
                overview);
    }
}
