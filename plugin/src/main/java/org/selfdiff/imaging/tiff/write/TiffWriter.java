package org.selfdiff.imaging.tiff.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.run.Workers;

/**
 * A TIFF file that is being written: blocks first, in any order and of several images, then {@link #commit} with the
 * directories. The file appears under its name whole or not at all. Not for several threads.
 */
public final class TiffWriter implements AutoCloseable {
    private static final long CLASSIC_BYTES = 0xffffffffL;

    private static final int BUFFER = 1 << 20;

    private final Path target;

    private final Path temporary;

    private final TiffForm form;

    private final FileChannel channel;

    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);

    private long end;

    private TiffWriter(final Path target, final Path temporary, final TiffForm form, final FileChannel channel) {
        this.target = target;
        this.temporary = temporary;
        this.form = form;
        this.channel = channel;
    }

    /**
     * Begins a file; its folder is made if need be, and a file of that name is replaced in the end.
     *
     * @throws RunFailed if the folder cannot be written to
     */
    public static TiffWriter begin(final Path file, final TiffForm form) throws RunFailed {
        final Path target = file.toAbsolutePath();
        final Path temporary = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            Files.createDirectories(target.getParent());
            final FileChannel channel =
                    FileChannel.open(temporary, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
            final TiffWriter writer = new TiffWriter(target, temporary, form, channel);
            writer.append(form.header(0));
            return writer;
        } catch (final IOException e) {
            throw failed(target, e);
        }
    }

    TiffForm form() {
        return form;
    }

    /**
     * Writes all blocks of an image, row by row.
     *
     * @param workers draw and encode the blocks; their number changes nothing
     * @param control asked for a cancel
     * @param tags further entries, such as a description
     * @return the directory, to be given to {@link #commit}
     */
    public DirectoryDraft image(
            final TiffImage image,
            final BlockSource source,
            final Workers workers,
            final RunControl control,
            final WrittenTag... tags)
            throws RunFailed, RunCancelled {
        final ImageBlocks blocks = new ImageBlocks(this, image);
        for (int row = 0; row < image.rows(); row++) {
            blocks.row(source, workers, control);
        }
        return blocks.directory(tags);
    }

    /**
     * Appends bytes at an even offset, as TIFF asks for.
     *
     * @return where they begin
     * @throws RunFailed if the disk is full, or a classic file would pass 4 GiB
     */
    long append(final byte[] content) throws RunFailed {
        if (end % 2 == 1) {
            raw(new byte[1]);
        }
        final long at = end;
        if (!form.big() && at + content.length > CLASSIC_BYTES) {
            throw new RunFailed(
                    "A TIFF file ends at 4 GiB", target.toString(), "Write a BigTIFF, or a smaller picture.");
        }
        raw(content);
        return at;
    }

    private void raw(final byte[] content) throws RunFailed {
        end += content.length;
        if (content.length > buffer.remaining()) {
            flush();
        }
        if (content.length <= buffer.remaining()) {
            buffer.put(content);
        } else {
            drain(ByteBuffer.wrap(content));
        }
    }

    private void flush() throws RunFailed {
        drain(buffer.flip());
        buffer.clear();
    }

    private void drain(final ByteBuffer bytes) throws RunFailed {
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (final IOException e) {
            throw failed(target, e);
        }
    }

    /**
     * Writes the directories and puts the file in place.
     *
     * @param chain the directories in their order, at least one
     */
    public void commit(final List<DirectoryDraft> chain) throws RunFailed {
        final long first = DirectoryBytes.chain(this, chain);
        flush();
        try {
            final ByteBuffer header = ByteBuffer.wrap(form.header(first));
            for (int at = 0; header.hasRemaining(); ) {
                at += channel.write(header, at);
            }
            channel.close();
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (final IOException e) {
            throw failed(target, e);
        }
    }

    /** Removes what was not committed. */
    @Override
    public void close() {
        try {
            channel.close();
            Files.deleteIfExists(temporary);
        } catch (final IOException e) {
            temporary.toFile().deleteOnExit(); // a leftover under a hidden name; the file itself is not concerned
        }
    }

    private static RunFailed failed(final Path target, final IOException e) {
        return new RunFailed(
                "The file cannot be written: " + e.getMessage(),
                target.toString(),
                "Check that the folder can be written to and that the disk has room.",
                e);
    }
}
