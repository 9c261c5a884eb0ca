package org.selfdiff.imaging;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.selfdiff.run.RunFailed;

/** Writes a file so that it is either there as a whole or not at all: under another name first, then renamed. */
public final class AtomicFile {

    private AtomicFile() {}

    /**
     * Writes a file; its folder is made if need be, and a file of that name is replaced.
     *
     * @throws RunFailed naming the file, if the folder cannot be written to or the disk is full; nothing is left then
     */
    public static void write(final Path file, final byte[] content) throws RunFailed {
        final Path target = file.toAbsolutePath();
        // not createTempFile, whose files only their owner may read
        final Path temporary = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            Files.createDirectories(target.getParent());
            try (FileChannel out =
                    FileChannel.open(temporary, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
                final ByteBuffer left = ByteBuffer.wrap(content);
                while (left.hasRemaining()) {
                    out.write(left);
                }
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (final IOException e) {
            delete(temporary);
            throw new RunFailed(
                    "The file cannot be written: " + e.getMessage(),
                    file.toString(),
                    "Check that the folder can be written to and that the disk has room.",
                    e);
        }
    }

    private static void delete(final Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (final IOException e) {
            temporary.toFile().deleteOnExit(); // the write has failed already, and that is what is reported
        }
    }
}
