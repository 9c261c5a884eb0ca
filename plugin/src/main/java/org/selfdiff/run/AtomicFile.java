package org.selfdiff.run;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.UUID;

/**
 * Writes a file so that under its name there is always the old one or the new one, whole: into a temporary file beside
 * it, then renamed. Whatever goes wrong, the temporary file is removed.
 */
public final class AtomicFile {
    private AtomicFile() {}

    /** Where bytes go. */
    public interface Output extends Closeable {
        /** Appends all bytes. */
        void write(ByteBuffer bytes) throws IOException;

        /** Overwrites bytes that were written before. */
        void overwrite(ByteBuffer bytes, long position) throws IOException;

        /** Returns when all is on the disk. */
        void sync() throws IOException;
    }

    /** Opens a new file. */
    public interface Opener {
        Output open(Path file) throws IOException;
    }

    /** Writes the content. */
    public interface Content {
        void write(Output out) throws IOException, RunFailed;
    }

    /** Makes the temporary file, for a library that writes by itself. */
    public interface Making {
        /** Makes a file that is not there yet. */
        void make(Path temporary) throws IOException, RunFailed;
    }

    /**
     * Writes a file; its folder is made if need be. It is not forced to the disk: these are many and made again easily.
     *
     * @throws RunFailed naming the file, if the folder cannot be written to or the disk is full
     */
    public static void write(final Path file, final byte[] content) throws RunFailed {
        replace(file.toAbsolutePath(), content.length, temporary -> {
            Files.createDirectories(temporary.getParent());
            try (Output out = openFile(temporary)) {
                out.write(ByteBuffer.wrap(content));
            }
        });
    }

    /**
     * Lets somebody else write a file; its folder is made if need be.
     *
     * @param bytes how long it will be, for the message when the disk is full
     * @throws RunFailed as {@link #write}
     */
    public static void make(final Path file, final long bytes, final Making making) throws RunFailed {
        replace(file.toAbsolutePath(), bytes, temporary -> {
            Files.createDirectories(temporary.getParent());
            making.make(temporary);
        });
    }

    /**
     * Writes a file that outlives a power cut: its bytes are forced to the disk before it is renamed, and the folder
     * after that.
     *
     * @param file its final name, in a folder that is there
     * @param bytes how long it will be, for the message when the disk is full
     * @param opener opens the temporary file
     * @param content writes what it holds
     * @throws RunFailed when it cannot be written
     */
    public static void writeForced(final Path file, final long bytes, final Opener opener, final Content content)
            throws RunFailed {
        final Path target = file.toAbsolutePath();
        replace(target, bytes, temporary -> {
            try (Output out = opener.open(temporary)) {
                content.write(out);
                out.sync();
            }
        });
        syncFolder(target.getParent());
    }

    private static void replace(final Path target, final long bytes, final Making making) throws RunFailed {
        // not createTempFile, whose files only their owner may read
        final Path temporary = target.resolveSibling("." + shortened(target) + "." + UUID.randomUUID() + ".part");
        try {
            making.make(temporary);
            move(temporary, target);
        } catch (IOException e) {
            delete(temporary); // first, so that the message tells what is free then
            throw failed(target, bytes, e);
        } finally {
            delete(temporary);
        }
    }

    /** The temporary name must not be too long where the final one is not. */
    private static String shortened(final Path target) {
        final String name = target.getFileName().toString();
        return name.substring(0, name.offsetByCodePoints(0, Math.min(40, name.codePointCount(0, name.length()))));
    }

    /** A file of the file system. */
    public static Output openFile(final Path file) throws IOException {
        final FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return new Output() {
            @Override
            public void write(final ByteBuffer bytes) throws IOException {
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            }

            @Override
            public void overwrite(final ByteBuffer bytes, final long position) throws IOException {
                long at = position;
                while (bytes.hasRemaining()) {
                    at += channel.write(bytes, at);
                }
            }

            @Override
            public void sync() throws IOException {
                channel.force(true);
            }

            @Override
            public void close() throws IOException {
                channel.close();
            }
        };
    }

    private static void move(final Path from, final Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void syncFolder(final Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Windows does not open folders, and makes the name durable itself
        }
    }

    private static void delete(final Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            file.toFile().deleteOnExit();
        }
    }

    private static RunFailed failed(final Path target, final long bytes, final IOException e) {
        final String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        if (e instanceof NoSuchFileException) {
            return new RunFailed(
                    "The file cannot be written: there is no folder " + target.getParent(),
                    target.toString(),
                    "Make the folder, or choose another.",
                    e);
        }
        final long free = usable(target);
        // the system may say it in another language
        if (full(reason) || free < bytes) {
            final String known = free == Long.MAX_VALUE ? "" : ", " + free + " are free";
            return new RunFailed(
                    "The disk is full: the file needs " + bytes + " bytes" + known,
                    target.toString(),
                    "Free at least " + Math.max(1, (bytes + 999_999) / 1_000_000)
                            + " MB there, or choose a folder on another disk.",
                    e);
        }
        return new RunFailed(
                "The file cannot be written: " + reason,
                target.toString(),
                "Check that the folder may be written to, that the disk has room and that no other program has the file open.",
                e);
    }

    private static boolean full(final String reason) {
        final String text = reason.toLowerCase(Locale.ROOT);
        return text.contains("no space left") || text.contains("not enough space") || text.contains("quota exceeded");
    }

    private static long usable(final Path target) {
        try {
            final java.nio.file.FileStore store = Files.getFileStore(target.getParent());
            // some network drives tell nothing
            return store.getTotalSpace() > 0 ? store.getUsableSpace() : Long.MAX_VALUE;
        } catch (IOException e) {
            return Long.MAX_VALUE;
        }
    }
}
