package org.selfdiff.weights;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.selfdiff.run.RunFailed;

/**
 * The zip that PyTorch writes: in a folder of any name {@code data.pkl}, {@code byteorder} (in newer files) and
 * {@code data/KEY} for every storage. Entries may be stored, as PyTorch does, or deflated.
 */
final class TorchZip implements AutoCloseable {
    /** The longest pickle accepted; those of the largest public models need a few MB. */
    private static final int MAX_PICKLE = 16 << 20;

    private static final int BUFFER = 1 << 22;

    /** Deflate makes at most so many bytes of one. */
    private static final long MOST_DEFLATED = 1032;

    private static final String PICKLE = "data.pkl";

    private final Path file;

    private final ZipFile zip;

    /** Folder of all entries, with a slash at its end. */
    private final String folder;

    private final ByteOrder byteOrder;

    private TorchZip(final Path file, final ZipFile zip) throws IOException {
        this.file = file;
        this.zip = zip;
        this.folder = folder(zip);
        this.byteOrder = byteOrder();
    }

    static TorchZip open(final Path file) throws IOException {
        final ZipFile zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8);
        try {
            return new TorchZip(file, zip);
        } catch (IOException e) {
            zip.close();
            throw e;
        }
    }

    private static String folder(final ZipFile zip) throws IOException {
        final Enumeration<? extends ZipEntry> entries = zip.entries();
        while (entries.hasMoreElements()) {
            final String name = entries.nextElement().getName();
            final int slash = name.indexOf('/');
            if (slash >= 0 && name.substring(slash + 1).equals(PICKLE)) {
                return name.substring(0, slash + 1);
            }
        }
        throw new ZipException("it is a zip without the entry data.pkl that PyTorch writes");
    }

    private ByteOrder byteOrder() throws IOException {
        final ZipEntry entry = zip.getEntry(folder + "byteorder");
        if (entry == null) {
            return ByteOrder.LITTLE_ENDIAN;
        }
        final String order;
        try (InputStream in = zip.getInputStream(entry)) {
            order = new String(in.readNBytes(16), StandardCharsets.US_ASCII);
        }
        return switch (order) {
            case "little" -> ByteOrder.LITTLE_ENDIAN;
            case "big" -> ByteOrder.BIG_ENDIAN;
            default -> throw new ZipException("its entry byteorder says neither little nor big");
        };
    }

    byte[] pickle() throws IOException {
        final ZipEntry entry = zip.getEntry(folder + PICKLE);
        checkSize(entry);
        if (entry.getSize() > MAX_PICKLE) {
            throw new ZipException("its pickle has " + entry.getSize() + " bytes; " + MAX_PICKLE + " are accepted");
        }
        try (InputStream in = zip.getInputStream(entry)) {
            final byte[] pickle = in.readNBytes((int) entry.getSize());
            if (pickle.length < entry.getSize()) {
                throw new EOFException("its pickle is cut off");
            }
            return pickle;
        }
    }

    /** Sees that the numbers of a storage are there. */
    void require(final TorchStorage storage) throws IOException {
        final ZipEntry entry = entry(storage);
        if (entry == null) {
            throw new ZipException("it has no entry " + name(storage));
        }
        checkSize(entry);
        if (entry.getSize() / storage.type().bytes() < storage.elements()) {
            throw new ZipException("its entry " + name(storage) + " has " + entry.getSize() + " bytes for "
                    + storage.elements() + " numbers of " + storage.type() + "; it is cut off");
        }
    }

    /** The sizes that an entry states must be possible before anything is allocated for it. */
    private static void checkSize(final ZipEntry entry) throws ZipException {
        final long size = entry.getSize();
        final long packed = entry.getCompressedSize();
        final boolean stored = entry.getMethod() == ZipEntry.STORED;
        if (size < 0 || packed < 0 || (stored ? size != packed : size / MOST_DEFLATED > packed)) {
            throw new ZipException("its entry " + entry.getName() + " cannot have " + size + " bytes");
        }
    }

    private ZipEntry entry(final TorchStorage storage) {
        return zip.getEntry(name(storage));
    }

    private String name(final TorchStorage storage) {
        return folder + "data/" + storage.key();
    }

    /** Reads a range of a storage piece by piece. */
    void scan(final TorchStorage storage, final long from, final long count, final Numbers.Piece piece)
            throws RunFailed {
        final byte[] buffer = new byte[(int) Math.min(BUFFER, count)];
        try (InputStream in = zip.getInputStream(entry(storage))) {
            in.skipNBytes(from);
            long left = count;
            while (left > 0) {
                final int n = (int) Math.min(buffer.length, left);
                if (in.readNBytes(buffer, 0, n) < n) {
                    throw new EOFException("it is cut off");
                }
                piece.take(ByteBuffer.wrap(buffer, 0, n).order(byteOrder));
                left -= n;
            }
        } catch (IOException e) {
            throw new RunFailed(
                    "The entry " + name(storage) + " of the file cannot be read (" + e.getMessage() + ")",
                    file.toString(),
                    "Use the file as it was saved or downloaded, or make it again.",
                    e);
        }
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException e) {
            // it was only read
        }
    }
}
