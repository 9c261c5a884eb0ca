package org.selfdiff.data.features;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Node;
import io.jhdf.exceptions.HdfException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.selfdiff.run.RunFailed;

/**
 * An HDF5 file opened for reading. Up to 2 GiB it is mapped as a whole and parts of it are views of that, since the
 * library would else map every chunk by itself; a larger one is read. Whatever the library answers to a damaged file
 * becomes {@link RunFailed}.
 */
final class Hdf5 implements AutoCloseable {
    /** Kept, or else the level would be forgotten: the library reports every file and every dataset that it opens. */
    private static final Logger LOG = Logger.getLogger("io.jhdf");

    static {
        quieten();
    }

    private final Path path;

    private final HdfFile file;

    private Hdf5(final Path path, final HdfFile file) {
        this.path = path;
        this.file = file;
    }

    static void quieten() {
        LOG.setLevel(Level.SEVERE);
    }

    static Hdf5 open(final Path path) throws RunFailed {
        return open(path, Integer.MAX_VALUE);
    }

    /** Files of more bytes than {@code mapped} are read instead of mapped. */
    static Hdf5 open(final Path path, final long mapped) throws RunFailed {
        return guard(path, () -> {
            if (Files.isDirectory(path)) {
                throw new IOException("it is a folder");
            }
            if (Files.size(path) > mapped) {
                final SeekableByteChannel channel = new WholeReads(FileChannel.open(path, StandardOpenOption.READ));
                try {
                    return new Hdf5(path, whole(new HdfFile(channel, path.toUri())));
                } catch (RuntimeException e) {
                    channel.close();
                    throw e;
                }
            }
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
                final ByteBuffer bytes = channel.map(MapMode.READ_ONLY, 0, channel.size());
                return new Hdf5(path, whole(HdfFile.fromByteBuffer(bytes)));
            }
        });
    }

    /** A file that is as long as it says. */
    private static HdfFile whole(final HdfFile file) {
        final long stated = file.getHdfBackingStorage().getSuperblock().getEndOfFileAddress();
        if (file.size() < stated) {
            throw new HdfException("it has " + file.size() + " bytes of " + stated);
        }
        return file;
    }

    /** What is asked of the library. */
    @FunctionalInterface
    interface Question<T> {
        T answer() throws IOException, RunFailed;
    }

    /** Asks the library, which answers to damage with exceptions of many kinds. */
    static <T> T guard(final Path path, final Question<T> question) throws RunFailed {
        try {
            return question.answer();
        } catch (IOException e) {
            throw new RunFailed(
                    "The file cannot be read (" + e.getClass().getSimpleName() + ": " + e.getMessage() + ")",
                    path.toString(),
                    "Check that it is there and may be read.",
                    e);
        } catch (NoClassDefFoundError e) {
            throw new RunFailed(
                    "The file is compressed in a way that is not read here",
                    path.toString(),
                    "Save it again without compression, or with gzip or lzf.",
                    e);
        } catch (RuntimeException | StackOverflowError | InternalError e) {
            throw new RunFailed(
                    "The file is no sound HDF5 file: " + reason(e),
                    path.toString(),
                    "It may be cut off. Copy or make it again.",
                    e);
        }
    }

    private static String reason(final Throwable e) {
        Throwable last = e;
        while (last.getCause() != null && last.getCause() != last) {
            last = last.getCause();
        }
        return last.getMessage() == null ? last.getClass().getSimpleName() : last.getMessage();
    }

    Path path() {
        return path;
    }

    /** Names of what stands at the top of the file, sorted. */
    List<String> names() throws RunFailed {
        return guard(path, () -> file.getChildren().keySet().stream().sorted().toList());
    }

    /** A dataset at the top of the file. */
    Optional<Hdf5Table> table(final String name) throws RunFailed {
        final Node node = guard(path, () -> file.getChildren().get(name));
        return node instanceof Dataset dataset
                ? Optional.of(guard(path, () -> new Hdf5Table(path, file, dataset)))
                : Optional.empty();
    }

    /** Attributes of the file. */
    Hdf5Attributes attributes() {
        return new Hdf5Attributes(path, file);
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (RuntimeException e) {
            // it was only read
        }
    }

    /** A channel that reads all that is asked for: the library does not go on after less. */
    private record WholeReads(FileChannel channel) implements SeekableByteChannel {
        @Override
        public int read(final ByteBuffer into) throws IOException {
            int count = 0;
            while (into.hasRemaining()) {
                final int n = channel.read(into);
                if (n < 0) {
                    return count == 0 ? -1 : count;
                }
                count += n;
            }
            return count;
        }

        @Override
        public int write(final ByteBuffer bytes) throws IOException {
            return channel.write(bytes);
        }

        @Override
        public long position() throws IOException {
            return channel.position();
        }

        @Override
        public SeekableByteChannel position(final long position) throws IOException {
            channel.position(position);
            return this;
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public SeekableByteChannel truncate(final long size) throws IOException {
            channel.truncate(size);
            return this;
        }

        @Override
        public boolean isOpen() {
            return channel.isOpen();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
