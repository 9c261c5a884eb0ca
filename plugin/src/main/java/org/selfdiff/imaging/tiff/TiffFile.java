package org.selfdiff.imaging.tiff;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.selfdiff.run.RunFailed;

/**
 * A TIFF or BigTIFF file of any size and byte order, and the chain of its directories with their SubIFDs. Several threads
 * may read at once.
 */
public final class TiffFile implements AutoCloseable {
    private final String name;

    private final TiffInput input;

    private List<TiffDirectory> directories = List.of();

    private TiffFile(final String name, final TiffInput input) {
        this.name = name;
        this.input = input;
    }

    /**
     * Opens a file and reads its directories.
     *
     * @throws RunFailed naming file and directory, if it is missing, no TIFF file or damaged
     */
    public static TiffFile open(final Path path) throws RunFailed {
        if (!Files.isRegularFile(path)) {
            throw new RunFailed(
                    Files.exists(path) ? "This is not a file" : "The file does not exist",
                    path.toString(),
                    "Check the path.");
        }
        TiffFile file = null;
        try {
            file = new TiffFile(path.toString(), TiffInput.open(path));
            file.directories = new DirectoryChain(file).read();
            return file;
        } catch (final IOException e) {
            close(file);
            throw new RunFailed(
                    "The TIFF file cannot be read: " + e.getMessage(),
                    path.toString(),
                    "The file is damaged, cut off or no TIFF; copy it again from its source.",
                    e);
        } catch (final RunFailed e) {
            close(file);
            throw e;
        }
    }

    private static void close(final TiffFile file) {
        if (file != null) {
            file.close();
        }
    }

    /** What messages call it: the path. */
    public String name() {
        return name;
    }

    /** Size in bytes when it was opened. */
    public long length() {
        return input.length();
    }

    /** The byte order of tags and of 16-bit samples. */
    public ByteOrder order() {
        return input.order();
    }

    /** The main chain, in its order, at least one. */
    public List<TiffDirectory> directories() {
        return directories;
    }

    /**
     * Bytes of the file.
     *
     * @throws IOException if they lie past the end or cannot be read
     */
    public byte[] bytes(final long offset, final int count) throws IOException {
        return input.bytes(offset, count);
    }

    TiffInput input() {
        return input;
    }

    @Override
    public void close() {
        try {
            input.close();
        } catch (final IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
