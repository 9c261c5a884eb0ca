package org.selfdiff.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    @TempDir
    Path folder;

    @Test
    void aFileIsMadeAndReplacedAndNothingIsLeftBeside() throws Exception {
        final Path file = folder.resolve("a/b/c.bin");
        AtomicFile.write(file, new byte[] {1, 2});
        AtomicFile.write(file, new byte[] {3});
        assertArrayEquals(new byte[] {3}, Files.readAllBytes(file));
        assertEquals(1, Files.list(file.getParent()).count());
    }

    @Test
    void whatCannotBeWrittenIsNamedAndNothingIsLeft() throws Exception {
        final Path taken =
                Files.createDirectories(folder.resolve("taken/within")).getParent();
        final RunFailed failed = assertThrows(RunFailed.class, () -> AtomicFile.write(taken, new byte[1]));
        assertEquals(taken.toString(), failed.where());
        assertTrue(failed.remedy().contains("disk"));
        assertEquals(1, Files.list(folder).count(), "the folder in the way, and no temporary file");
        final Path file = Files.write(folder.resolve("file"), new byte[1]);
        assertThrows(RunFailed.class, () -> AtomicFile.write(file.resolve("below"), new byte[1]));
    }
}
