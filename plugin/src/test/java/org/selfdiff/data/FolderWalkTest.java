package org.selfdiff.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;

/** Folders that cannot be listed, whoever runs the test: for the administrator of a machine there are none. */
class FolderWalkTest {
    @TempDir
    Path folder;

    private final List<String> warnings = new ArrayList<>();

    private final RunControl control = new RunControl() {
        @Override
        public void progress(final double fraction, final String message) {}

        @Override
        public void warn(final String message) {
            warnings.add(message);
        }

        @Override
        public boolean isCancelled() {
            return false;
        }
    };

    @BeforeEach
    void write() throws IOException {
        for (final String name : List.of("a.png", "closed/b.png", "open/c.png", "open/deep/d.png")) {
            Files.createDirectories(folder.resolve(name).getParent());
            Files.write(folder.resolve(name), new byte[1]);
        }
    }

    /** A stream that breaks off behind its first entry, as that of a network drive that goes away. */
    private static DirectoryStream<Path> breaking(final Path folder) throws IOException {
        final DirectoryStream<Path> whole = Files.newDirectoryStream(folder);
        return new DirectoryStream<>() {
            @Override
            public Iterator<Path> iterator() {
                final Iterator<Path> entries = whole.iterator();
                return new Iterator<>() {
                    private boolean begun;

                    @Override
                    public boolean hasNext() {
                        return true;
                    }

                    @Override
                    public Path next() {
                        if (begun) {
                            throw new DirectoryIteratorException(new IOException("the drive is gone"));
                        }
                        begun = true;
                        return entries.next();
                    }
                };
            }

            @Override
            public void close() throws IOException {
                whole.close();
            }
        };
    }

    private List<String> walk(final FolderWalk.Listing listing) throws RunFailed {
        return List.copyOf(
                FolderWalk.of(listing, folder, file -> file.toString().endsWith(".png"), true, control)
                        .keySet());
    }

    @Test
    void aFolderThatMayNotBeListedIsLeftOutWithAWarning() throws RunFailed {
        final Path closed = folder.resolve("closed");
        final List<String> found = walk(f -> {
            if (f.equals(closed)) {
                throw new AccessDeniedException(f.toString());
            }
            return Files.newDirectoryStream(f);
        });
        assertEquals(List.of("a.png", "open/c.png", "open/deep/d.png"), found);
        assertEquals(1, warnings.size(), warnings.toString());
        assertTrue(warnings.get(0).startsWith("The folder " + closed + " cannot be read and is left out"));
    }

    @Test
    void aFolderWhoseListingBreaksOffIsLeftOutWithAWarning() throws RunFailed {
        walk(f -> f.equals(folder.resolve("closed")) ? breaking(f) : Files.newDirectoryStream(f));
        assertEquals(1, warnings.size(), warnings.toString());
        assertTrue(warnings.get(0).contains("the drive is gone"), warnings.toString());
    }

    @Test
    void theFolderItselfIsNamedWhereItCannotBeListed() {
        for (final FolderWalk.Listing bad : List.<FolderWalk.Listing>of(FolderWalkTest::breaking, f -> {
            throw new AccessDeniedException(f.toString());
        })) {
            final RunFailed failed = assertThrows(RunFailed.class, () -> walk(bad));
            assertEquals(folder.toString(), failed.where());
        }
    }
}
