package org.selfdiff.stages.slides;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.selfdiff.data.Grouping;
import org.selfdiff.data.PictureFiles;
import org.selfdiff.data.Tile;
import org.selfdiff.imaging.DecodeLimits;
import org.selfdiff.imaging.grid.TileGrid;

/** Notes that are damaged or of somebody else's making count as absent. */
class SlideJournalTest {
    @TempDir
    Path folder;

    private PictureFiles.Entry slide;

    private CutTiles.Request request;

    private SlideJournal journal;

    private Path note;

    @BeforeEach
    void note() throws Exception {
        final Path image = Files.write(folder.resolve("slide.png"), new byte[1]);
        slide = new PictureFiles.Entry(image, "slide", Optional.empty(), Optional.empty(), "");
        request = new CutTiles.Request(
                new PictureFiles.Listed(
                        List.of(new PictureFiles.Listed.Picture(image, Optional.empty(), Optional.empty(), ""))),
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
        journal = SlideJournal.in(folder.resolve("notes"), request, request.annotations());
        journal.note(slide, cut(image));
        try (var files = Files.list(folder.resolve("notes"))) {
            note = files.findFirst().orElseThrow();
        }
    }

    private static CutSlide cut(final Path image) {
        final SlideReport report = new SlideReport(
                image,
                Optional.empty(),
                "slide",
                Optional.of(new SlideReport.File("PNG", "x", 8, 8, 1, Double.NaN, 20, 0, 1, 0.5)),
                Optional.of(new SlideReport.Tissue(0.5, 1.25)),
                1,
                SlideReport.Dropped.none(),
                "",
                false,
                Optional.of(new byte[] {1, 2}));
        final Tile tile = Tile.of(image, Optional.empty(), 0, 0, 8, 8, 0.5, "slide");
        return new CutSlide(report, List.of(tile), Optional.empty(), false);
    }

    @Test
    void aWholeNoteIsFound() {
        final CutSlide found = journal.find(slide).orElseThrow();
        assertEquals(cut(slide.image()).report(), found.report());
        assertEquals(cut(slide.image()).tiles(), found.tiles());
        assertTrue(found.noted());
    }

    @Test
    void aNoteOfAnotherVersionOfTheMethodCountsAsAbsent() throws Exception {
        final SlideJournal later =
                SlideJournal.in(folder.resolve("notes"), request, request.annotations(), SlideJournal.METHOD + 1);
        assertEquals(Optional.empty(), later.find(slide));
        later.note(slide, cut(slide.image()));
        assertTrue(later.find(slide).isPresent());
        assertTrue(journal.find(slide).isPresent(), "both stand side by side");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'sizes':[ | 'sizes':8,'a':[",
                "'tiles':[[0,0,8,8 | 'tiles':[[0,0,0,8",
                "'tiles':[[0,0,8,8 | 'tiles':[[0,0,'x',8",
                "'tiles':[[ | 'tiles':[{}],'b':[[",
                "'overview':'AQI=' | 'overview':'*'",
                "'group':'slide' | 'group':null",
                "'scales':[ | 'scales':[[1,2],",
                "'whole':true | 'half':true",
                "'tissue':[ | 'tissue':{},'c':["
            })
    void aDamagedNoteCountsAsAbsent(final String from, final String to) throws Exception {
        final String whole = Files.readString(note);
        final String altered = whole.replace(from.replace('\'', '"'), to.replace('\'', '"'));
        assertNotEquals(whole, altered);
        Files.writeString(note, altered);
        assertEquals(Optional.empty(), journal.find(slide));
    }
}
