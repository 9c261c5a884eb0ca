package org.selfdiff.stages.compute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfdiff.data.Tile;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;

class TileFingerprintTest {
    @TempDir
    private Path folder;

    private static String of(final List<Tile> tiles, final boolean masks) throws Exception {
        return TileFingerprint.of(tiles, masks, RunControl.silent());
    }

    private Tile tile(final String image, final String mask, final int x) {
        return Tile.of(folder.resolve(image), Optional.of(folder.resolve(mask)), x, 0, 8, 8, 0.5, "g");
    }

    @Test
    void tellsContentAndPlacesApartAndNotFolders() throws Exception {
        Files.createDirectories(folder.resolve("other"));
        for (final String name : new String[] {"a", "other/a"}) {
            Files.writeString(folder.resolve(name), "picture");
        }
        Files.writeString(folder.resolve("b"), "another");
        Files.writeString(folder.resolve("m"), "mask");
        Files.writeString(folder.resolve("n"), "another mask");
        final String sum = of(List.of(tile("a", "m", 0)), true);
        assertTrue(sum.matches("1 tiles, sha256 [0-9a-f]{64}"), sum);
        assertEquals(sum, of(List.of(tile("other/a", "m", 0)), true));
        assertNotEquals(sum, of(List.of(tile("b", "m", 0)), true));
        assertNotEquals(sum, of(List.of(tile("a", "m", 1)), true));
        assertNotEquals(sum, of(List.of(tile("a", "n", 0)), true));
        assertEquals(of(List.of(tile("a", "m", 0)), false), of(List.of(tile("a", "n", 0)), false));
    }

    @Test
    void namesAFileThatIsNotThere() {
        final RunFailed failure = assertThrows(RunFailed.class, () -> of(List.of(tile("gone", "gone", 0)), false));
        assertTrue(failure.where().endsWith("gone"), failure.where());
    }
}
