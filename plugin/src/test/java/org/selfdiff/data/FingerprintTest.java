package org.selfdiff.data;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.selfdiff.imaging.LabelMap;
import org.selfdiff.imaging.MaskCoding;
import org.selfdiff.imaging.PngEncoder;
import org.selfdiff.imaging.TestFiles;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;

class FingerprintTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 70_000, 1 << 20, (1 << 20) + 1, 3_000_000})
    void contentCountsNotTime(final int bytes) throws Exception {
        final byte[] content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        final Path file = Files.write(folder.resolve("a"), content);
        final Fingerprint.State before = Fingerprint.State.of(file);
        Files.setLastModifiedTime(file, FileTime.fromMillis(-1234));
        assertDoesNotThrow(() -> before.requireOf(file));
        Files.write(file, new byte[bytes + 1]);
        assertThrows(RunFailed.class, () -> before.requireOf(file));
        if (bytes > 0) {
            content[bytes - 1]++; // the last byte is within the last part
            Files.write(file, content);
            Files.setLastModifiedTime(file, FileTime.fromMillis(before.changed() + 1));
            final RunFailed changed = assertThrows(RunFailed.class, () -> before.requireOf(file));
            assertTrue(changed.what().startsWith("The file has changed since it was tiled"), changed.what());
            assertEquals(file.toString(), changed.where());
        }
    }

    @Test
    void textAndBack() throws Exception {
        final Fingerprint both = new Fingerprint(
                new Fingerprint.State(12, -5, 0xffffffffL), Optional.of(new Fingerprint.State(0, 9, 0)));
        assertEquals("12:-5:ffffffff 0:9:0", both.text());
        assertEquals(both, Fingerprint.parse(both.text(), ""));
        for (final String wrong : new String[] {"", "12", "a:b:c", "1:2"}) {
            assertEquals(
                    "row",
                    assertThrows(RunFailed.class, () -> Fingerprint.parse(wrong, "row"))
                            .where());
        }
    }

    /** Whoever reads pixels or labels asks the cache, so that a training that runs notices it too. */
    @Test
    void theCacheRefusesAnotherPictureAndAnotherMask() throws Exception {
        final Path image = Files.write(folder.resolve("a.png"), PngEncoder.picture(TestFiles.noise(1, 16, 16)));
        final Path mask = Files.write(folder.resolve("m.png"), PngEncoder.labels(new LabelMap(16, 16, new int[256])));
        final Tile tile = Tile.of(image, Optional.of(mask), 0, 0, 16, 16, Double.NaN, "g")
                .with(Fingerprint.of(image, Optional.of(mask)));
        final int[] labels = new int[256];
        labels[3] = 1;
        overwrite(mask, PngEncoder.labels(new LabelMap(16, 16, labels)));
        try (PictureCache cache = PictureCache.standard()) {
            cache.pixels(tile, RunControl.silent());
            final RunFailed failed =
                    assertThrows(RunFailed.class, () -> cache.labels(tile, MaskCoding.labels(), RunControl.silent()));
            assertEquals(mask.toString(), failed.where());
        }
        overwrite(image, PngEncoder.picture(TestFiles.noise(2, 16, 16)));
        try (PictureCache cache = PictureCache.standard()) {
            assertEquals(
                    image.toString(),
                    assertThrows(RunFailed.class, () -> cache.pixels(tile, RunControl.silent()))
                            .where());
        }
    }

    /** With another time: two writes within one tick of the file system's clock (some milliseconds) carry the same. */
    private static void overwrite(final Path file, final byte[] content) throws Exception {
        final long before = Files.getLastModifiedTime(file).toMillis();
        Files.write(file, content);
        Files.setLastModifiedTime(file, FileTime.fromMillis(before + 1000));
    }
}
