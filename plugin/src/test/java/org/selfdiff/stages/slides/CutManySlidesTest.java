package org.selfdiff.stages.slides;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.PngEncoder;
import org.selfdiff.imaging.grid.Resolution;
import org.selfdiff.imaging.tiff.write.BlockCompression;
import org.selfdiff.imaging.tiff.write.BlockSource;
import org.selfdiff.imaging.tiff.write.SlideFormat;
import org.selfdiff.imaging.tiff.write.SlideWriter;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.run.Workers;

/** Runs over several slides: stopped and gone on with, with files that cannot be used, of different resolutions. */
class CutManySlidesTest {
    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private static Path phantom;

    @BeforeAll
    static void make() throws Exception {
        phantom = PhantomSlides.make(shared.resolve("set"), 1, 1600, 1200, SlideFormat.APERIO)
                .slides()
                .get(0)
                .image();
    }

    @Test
    void aRunGoesOnFromItsNotes() throws Exception {
        final Path slide = Files.copy(phantom, folder.resolve("a.svs"));
        final Asked asked = Asked.of(folder, Optional.empty());
        asked.journal = Optional.of(folder.resolve("notes"));
        final Cut first = asked.cut();
        final FileTime time = Files.getLastModifiedTime(slide);
        Files.write(slide, new byte[(int) Files.size(slide)]);
        Files.setLastModifiedTime(slide, time);
        final Cut second = asked.cut();
        assertEquals(first.tiles(), second.tiles(), "the slide was not read again");
        assertEquals(first.report(), second.report());
        final List<String> lines = new ArrayList<>();
        Cut.of(asked.request(), shownIn(lines));
        assertEquals("1 of 1 slides", lines.get(lines.size() - 1), "notes say nothing of how fast slides are cut");
        asked.tile = 128;
        assertThrows(RunFailed.class, asked::cut, "other settings are another run");
        asked.tile = 64;
        final Path note = only(folder.resolve("notes"));
        final byte[] whole = Files.readAllBytes(note);
        Files.write(note, Arrays.copyOf(whole, whole.length / 2));
        assertThrows(RunFailed.class, asked::cut, "half a note is none");
    }

    private static RunControl shownIn(final List<String> lines) {
        return new RunControl() {
            @Override
            public boolean isCancelled() {
                return false;
            }

            @Override
            public void progress(final double fraction, final String message) {
                lines.add(message);
            }

            @Override
            public void warn(final String message) {
                throw new AssertionError(message);
            }
        };
    }

    private static Path only(final Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            final List<Path> all = files.toList();
            assertEquals(1, all.size());
            return all.get(0);
        }
    }

    @Test
    void whatCannotBeReadIsARowOfTheReport() throws Exception {
        final byte[] whole = Files.readAllBytes(phantom);
        Files.write(folder.resolve("a.svs"), whole);
        Files.write(folder.resolve("b.svs"), Arrays.copyOf(whole, whole.length / 3));
        Files.write(folder.resolve("c.czi"), "ZISRAWFILE\0\0\0\0\0\0 and so on".getBytes(StandardCharsets.US_ASCII));
        Files.write(folder.resolve("d.png"), PngEncoder.picture(new Picture(200, 200, new byte[3 * 200 * 200])));
        final Asked asked = Asked.of(folder, Optional.empty());
        asked.onFailure = CutTiles.OnFailure.SKIP_AND_REPORT;
        final Cut cut = asked.cut();
        assertEquals(4, cut.report().size());
        assertEquals(3, cut.result().failed());
        assertTrue(cut.report().get(0).kept() > 0 && !cut.report().get(0).failed());
        assertTrue(cut.report().get(1).failed() && cut.report().get(1).note().contains("b.svs"));
        assertEquals("b", cut.report().get(1).group(), "its path tells it");
        assertTrue(
                cut.report().get(2).note().contains("CZI"), cut.report().get(2).note());
        assertTrue(
                cut.report().get(3).note().contains("Micrometres per pixel of the files"),
                cut.report().get(3).note());
        asked.onFailure = CutTiles.OnFailure.FAIL;
        assertTrue(assertThrows(RunFailed.class, asked::cut).getMessage().contains("b.svs"));
    }

    @Test
    void slidesOfDifferentResolutionsAreWarnedAbout() throws Exception {
        final List<String> warnings = new ArrayList<>();
        final RunControl control = new RunControl() {
            @Override
            public boolean isCancelled() {
                return false;
            }

            @Override
            public void progress(final double fraction, final String message) {
                // nobody is looking
            }

            @Override
            public void warn(final String message) {
                warnings.add(message);
            }
        };
        final Path coarse = folder.resolve("coarse.tif");
        try (Workers workers = new Workers(1)) {
            SlideWriter.write(
                    coarse,
                    new SlideWriter.Slide(600, 400, 1, 10, SlideFormat.BIG_TIFF, BlockCompression.LZW, 80),
                    BlockSource.of(new Picture(600, 400, new byte[3 * 600 * 400])),
                    workers,
                    RunControl.silent());
        }
        Files.copy(phantom, folder.resolve("fine.svs"));
        final Asked asked = Asked.of(folder, Optional.empty());
        asked.reading = CutTiles.Reading.finest();
        Cut.of(asked.request(), control);
        assertEquals(1, warnings.size(), warnings.toString());
        assertTrue(warnings.get(0).contains("0.500 to 1.000"), warnings.get(0));
        warnings.clear();
        asked.reading = new CutTiles.Reading(Resolution.mpp(1), 0, 0.05);
        Cut.of(asked.request(), control);
        assertEquals(List.of(), warnings);
    }
}
