package org.selfdiff.data.features;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.dataset.CompactDataset;
import io.jhdf.dataset.DatasetReader;
import io.jhdf.exceptions.HdfException;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalLong;
import org.selfdiff.run.RunFailed;

/**
 * A dataset of numbers with one axis or two, read by rows, chunk by chunk. A chunk that was never written reads as the
 * fill value, as HDF5 demands; the library itself would take it for zeros.
 */
final class Hdf5Table {
    /** Bytes of the largest chunk that is decoded. */
    private static final long MAX_CHUNK = 1L << 30;

    /** More than any of the compressions makes of a byte. */
    private static final long MOST_COMPRESSED = 1100;

    private final Path path;

    private final HdfFile file;

    private final Dataset dataset;

    private final long[] shape;

    Hdf5Table(final Path path, final HdfFile file, final Dataset dataset) {
        this.path = path;
        this.file = file;
        this.dataset = dataset;
        this.shape = dataset.getDimensionsAsLong();
    }

    int axes() {
        return shape.length;
    }

    long rows() {
        return shape[0];
    }

    /** Numbers of a row. */
    long width() {
        return shape.length == 1 ? 1 : shape[1];
    }

    /** Rows that cost nothing to read beside one that is wanted: those of its chunk, or of a page of memory. */
    int together() {
        if (dataset instanceof ChunkedDataset chunked) {
            return Math.max(1, chunked.getChunkDimensions()[0]);
        }
        return (int)
                Math.max(1, 4096 / Math.max(1, width() * dataset.getDataType().getSize()));
    }

    /** Where the numbers begin in the file, if they stand there one after the other as 32-bit floats. */
    OptionalLong plain() throws RunFailed {
        return Hdf5.guard(path, () -> {
            final boolean floats = dataset.getDataType() instanceof FloatingPoint type
                    && type.getSize() == Float.BYTES
                    && type.getBitPrecision() == Float.SIZE;
            if (!floats
                    || !(dataset instanceof ContiguousDataset contiguous)
                    || contiguous.getDataAddress() == io.jhdf.Constants.UNDEFINED_ADDRESS) {
                return OptionalLong.empty();
            }
            return OptionalLong.of(contiguous.getDataAddress() + file.getUserBlockSize());
        });
    }

    /** The order of the bytes of a number. */
    ByteOrder plainOrder() {
        return ((FloatingPoint) dataset.getDataType()).getByteOrder();
    }

    Hdf5Attributes attributes() {
        return new Hdf5Attributes(path, dataset);
    }

    /**
     * Refuses what is no table of numbers, and one that states more numbers than its file can hold.
     *
     * @throws RunFailed naming the file
     */
    void check(final String name) throws RunFailed {
        final boolean numbers =
                dataset.getDataType() instanceof FloatingPoint || dataset.getDataType() instanceof FixedPoint;
        if (!numbers || shape.length < 1 || shape.length > 2) {
            throw new RunFailed(
                    "The dataset \"" + name + "\" is no table of numbers: it has the shape " + Arrays.toString(shape),
                    path.toString(),
                    "Use files as CLAM, TRIDENT or STAMP write them.");
        }
        final long bytes = Hdf5.guard(
                path,
                () -> Math.multiplyExact(Math.multiplyExact(rows(), width()), (long)
                        dataset.getDataType().getSize()));
        if (rows() > Integer.MAX_VALUE
                || width() > Integer.MAX_VALUE
                || bytes / MOST_COMPRESSED > Hdf5.guard(path, file::size)) {
            throw new RunFailed(
                    "The dataset \"" + name + "\" states " + rows() + " rows of " + width()
                            + " numbers, more than the file can hold",
                    path.toString(),
                    "It may be cut off. Copy or make it again.");
        }
    }

    /**
     * Reads rows.
     *
     * @param from first row
     * @param count number of rows
     * @param into {@code float[]} or {@code double[]} that takes them one after the other
     * @return the first row of which a part was never written, or -1
     */
    long read(final long from, final int count, final Object into) throws RunFailed {
        return count == 0 || width() == 0
                ? -1
                : Hdf5.guard(path, () -> {
                    if (dataset instanceof ChunkedDataset chunked) {
                        return chunks(chunked, from, count, into);
                    }
                    final int width = (int) width();
                    final int row = width * dataset.getDataType().getSize();
                    if (dataset instanceof ContiguousDataset contiguous) {
                        if (contiguous.getDataAddress() == io.jhdf.Constants.UNDEFINED_ADDRESS) {
                            fill(into, 0, count * width);
                            return from;
                        }
                        final ByteBuffer bytes = file.getHdfBackingStorage()
                                .map(contiguous.getDataAddress() + from * row, (long) count * row);
                        copy(decode(bytes, count * width), 0, into, 0, count * width);
                        return -1L;
                    }
                    if (dataset instanceof CompactDataset compact) {
                        final ByteBuffer bytes = compact.getDataBuffer().slice((int) from * row, count * row);
                        copy(decode(bytes, count * width), 0, into, 0, count * width);
                        return -1L;
                    }
                    throw new HdfException("a dataset of an unknown kind");
                });
    }

    private long chunks(final ChunkedDataset chunked, final long from, final int count, final Object into) {
        final int[] sides = chunked.getChunkDimensions();
        final int height = sides[0];
        final int breadth = sides.length == 1 ? 1 : sides[1];
        final int width = (int) width();
        if (height < 1
                || breadth < 1
                || (long) height * breadth * dataset.getDataType().getSize() > MAX_CHUNK) {
            throw new HdfException("its chunks have the shape " + Arrays.toString(sides));
        }
        long unwritten = -1;
        for (long top = from / height * height; top < from + count; top += height) {
            final long first = Math.max(top, from);
            final int rows = (int) (Math.min(top + height, from + count) - first);
            for (int left = 0; left < width; left += breadth) {
                final int columns = Math.min(breadth, width - left);
                final Object values = chunk(chunked, top, left, height * breadth);
                if (values == null && unwritten < 0) {
                    unwritten = first;
                }
                for (int r = 0; r < rows; r++) {
                    final int to = (int) (first - from + r) * width + left;
                    if (values == null) {
                        fill(into, to, columns);
                    } else {
                        copy(values, (int) (first - top + r) * breadth, into, to, columns);
                    }
                }
            }
        }
        return unwritten;
    }

    /** Numbers of a chunk, or null if it was never written. */
    private Object chunk(final ChunkedDataset chunked, final long top, final int left, final int elements) {
        final int[] offset =
                shape.length == 1 ? new int[] {Math.toIntExact(top)} : new int[] {Math.toIntExact(top), left};
        final byte[] bytes;
        try {
            bytes = chunked.getDecompressedChunk(offset);
        } catch (HdfException e) {
            // the library has no other way to say it
            if (e.getMessage() != null && e.getMessage().startsWith("No chunk with offset")) {
                return null;
            }
            throw e;
        }
        return decode(ByteBuffer.wrap(bytes), elements);
    }

    private Object decode(final ByteBuffer bytes, final int elements) {
        if (bytes.remaining() < (long) elements * dataset.getDataType().getSize()) {
            throw new HdfException("a part of it has " + bytes.remaining() + " bytes for " + elements + " numbers");
        }
        return DatasetReader.readDataset(dataset.getDataType(), bytes, elements, file.getHdfBackingStorage());
    }

    private void fill(final Object into, final int at, final int count) {
        final double value = dataset.getFillValue() instanceof Number number ? number.doubleValue() : 0;
        if (into instanceof float[] floats) {
            Arrays.fill(floats, at, at + count, (float) value);
        } else {
            Arrays.fill((double[]) into, at, at + count, value);
        }
    }

    private static void copy(final Object from, final int at, final Object into, final int to, final int count) {
        if (from.getClass() == into.getClass()) {
            System.arraycopy(from, at, into, to, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            final double value = number(from, at + i);
            if (into instanceof float[] floats) {
                floats[to + i] = (float) value;
            } else {
                ((double[]) into)[to + i] = value;
            }
        }
    }

    private static double number(final Object array, final int i) {
        if (array instanceof float[] a) {
            return a[i];
        } else if (array instanceof double[] a) {
            return a[i];
        } else if (array instanceof int[] a) {
            return a[i];
        } else if (array instanceof long[] a) {
            return a[i];
        } else if (array instanceof short[] a) {
            return a[i];
        } else if (array instanceof byte[] a) {
            return a[i];
        } else if (array instanceof Number[] a) {
            return a[i].doubleValue();
        }
        throw new HdfException("numbers of the type " + array.getClass().getSimpleName());
    }
}
