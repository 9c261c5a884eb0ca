package org.selfdiff.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfdiff.imaging.DecodeLimits;
import org.selfdiff.imaging.LabelMap;
import org.selfdiff.imaging.MaskCoding;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.PngEncoder;
import org.selfdiff.imaging.TestFiles;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;

/** A picture that is larger than the limit is unpacked when it is first read; whoever reads sees that and may stop it. */
class PictureCacheTest {
    private static final int SIDE = 600;

    @TempDir
    Path folder;

    private Tile tile;

    @BeforeEach
    void picture() throws Exception {
        final Path image = Files.write(folder.resolve("huge.png"), PngEncoder.picture(TestFiles.noise(1, SIDE, SIDE)));
        final Path mask = Files.write(
                folder.resolve("mask.png"), PngEncoder.labels(new LabelMap(SIDE, SIDE, new int[SIDE * SIDE])));
        tile = Tile.of(image, Optional.of(mask), 500, 300, 64, 64, Double.NaN, "g");
    }

    private static PictureCache cache() {
        return new PictureCache(new DecodeLimits(SIDE * SIDE - 1), 1 << 20);
    }

    /** Reads something. */
    @FunctionalInterface
    private interface Reading {
        void read(PictureCache cache, RunControl control) throws Exception;
    }

    private List<Reading> readings() {
        return List.of(
                (cache, c) -> cache.pixels(tile, c),
                (cache, c) -> cache.whole(tile, c),
                (cache, c) -> cache.coarse(tile.image(), 100, c),
                (cache, c) -> cache.overview(tile.image(), 100, c),
                (cache, c) -> new TileBatches(List.of(tile), BatchSettings.pictures(1, 1, Augmentation.none()), cache)
                        .batch(0, c));
    }

    @Test
    void unpackingIsShownWithTheNameOfTheFile() throws Exception {
        try (PictureCache cache = cache()) {
            final Asked asked = new Asked(Integer.MAX_VALUE);
            final Picture pixels = cache.pixels(tile, asked);
            assertEquals(TestFiles.noise(1, SIDE, SIDE).region(500, 300, 64, 64), pixels);
            assertTrue(
                    asked.shown.stream().anyMatch(m -> m.matches("opening huge.png, \\d+ of 600 rows.*")),
                    asked.shown.toString());
            final int shown = asked.shown.size();
            cache.pixels(tile, asked);
            assertEquals(shown, asked.shown.size(), "it is open now");
        }
    }

    @Test
    void unpackingIsStoppedWhoeverReads() {
        for (final Reading reading : readings()) {
            try (PictureCache cache = cache()) {
                assertThrows(RunCancelled.class, () -> reading.read(cache, new Asked(100)));
                assertEquals(0, cache.bytes());
            }
        }
    }

    @Test
    void unpackingForTheSizeOfAMaskIsStoppedToo() {
        try (PictureCache cache = cache()) {
            assertThrows(RunCancelled.class, () -> cache.labels(tile, MaskCoding.labels(), new Asked(100)));
        }
    }

    /** Cancels after a number of questions, and keeps what is shown. */
    private static final class Asked implements RunControl {
        private final List<String> shown = new ArrayList<>();

        private int left;

        Asked(final int left) {
            this.left = left;
        }

        @Override
        public boolean isCancelled() {
            return --left < 0;
        }

        @Override
        public void progress(final double fraction, final String message) {
            assertTrue(fraction >= 0 && fraction <= 1);
            shown.add(message);
        }

        @Override
        public void warn(final String message) {
            throw new AssertionError(message);
        }
    }
}
