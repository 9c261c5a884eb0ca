package org.selfdiff.stages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.selfdiff.data.Grouping;
import org.selfdiff.data.PictureFiles;
import org.selfdiff.data.Tile;
import org.selfdiff.imaging.DecodeLimits;
import org.selfdiff.imaging.grid.TileGrid;
import org.selfdiff.run.RunFailed;

/** Lets the fuzzer read the note of a finished slide, which only a tiler that goes on does otherwise. */
public final class JournalDoor {
    private final SlideJournal journal;

    private final PictureFiles.Entry slide;

    private final Path note;

    /**
     * A journal of one slide.
     *
     * @param folder empty
     */
    public JournalDoor(final Path folder) throws IOException, RunFailed {
        final Path image = Files.write(folder.resolve("slide.png"), new byte[1]);
        slide = new PictureFiles.Entry(image, Optional.empty(), Optional.empty(), "");
        final CutTiles.Request request = new CutTiles.Request(
                new PictureFiles.Listed(List.of(slide)),
                CutTiles.Reading.finest(),
                new TileGrid(8, 8, TileGrid.Border.DROP),
                CutTiles.TissueRule.none(),
                CutTiles.AnnotationRule.labels(),
                Double.NaN,
                Grouping.byPicture(),
                false,
                CutTiles.OnFailure.FAIL,
                false,
                Optional.empty(),
                1,
                DecodeLimits.standard());
        journal = SlideJournal.in(folder.resolve("journal"), request, request.annotations());
        journal.note(slide, cut(image));
        try (var files = Files.list(folder.resolve("journal"))) {
            note = files.findFirst().orElseThrow();
        }
    }

    private static CutSlide cut(final Path image) {
        final SlideReport.File file = new SlideReport.File("PNG", "x", 8, 8, 1, Double.NaN, 20, 0, 1, 0.5);
        final SlideReport report = new SlideReport(
                image,
                Optional.empty(),
                "slide",
                Optional.of(file),
                Optional.of(new SlideReport.Tissue(0.5, 1.25)),
                1,
                SlideReport.Dropped.none(),
                "",
                false,
                Optional.of(new byte[] {1, 2}));
        final Tile tile = Tile.of(image, Optional.empty(), 0, 0, 8, 8, Double.NaN, "slide");
        return new CutSlide(report, List.of(tile), Optional.empty());
    }

    /** A note as the tiler writes it. */
    public byte[] whole() throws IOException {
        return Files.readAllBytes(note);
    }

    /** Reads a note that holds these bytes. */
    public boolean read(final byte[] bytes) throws IOException {
        Files.write(note, bytes);
        return journal.find(slide).isPresent();
    }
}
