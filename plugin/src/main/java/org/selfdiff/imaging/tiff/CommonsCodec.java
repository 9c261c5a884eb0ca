package org.selfdiff.imaging.tiff;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.imaging.ImagingException;
import org.apache.commons.imaging.bytesource.ByteSource;
import org.apache.commons.imaging.formats.tiff.TiffImageParser;
import org.selfdiff.run.RunFailed;

/**
 * Rare kinds of blocks (CCITT fax, CIE L*a*b*) by Commons Imaging: each block is handed to it as a small TIFF file
 * of a single strip.
 */
final class CommonsCodec implements BlockCodec {
    private static final int T4_OPTIONS = 292;

    private static final int T6_OPTIONS = 293;

    private static final int[] COPIED = {
        TiffTag.BITS_PER_SAMPLE,
        TiffTag.COMPRESSION,
        TiffTag.PHOTOMETRIC,
        TiffTag.FILL_ORDER,
        TiffTag.SAMPLES_PER_PIXEL,
        T4_OPTIONS,
        T6_OPTIONS,
        TiffTag.PREDICTOR,
        TiffTag.SAMPLE_FORMAT
    };

    private static final int HEADER = 8;

    private static final int MAX_VALUES = 8;

    private final Map<Integer, long[]> tags;

    private CommonsCodec(final Map<Integer, long[]> tags) {
        this.tags = tags;
    }

    static CommonsCodec of(final TiffDirectory directory) throws RunFailed {
        final SampleLayout layout = SampleLayout.of(directory);
        if (layout.planar() || layout.bits() > 8) {
            throw directory.unread(
                    TiffTag.BITS_PER_SAMPLE, "These colours in other than 8 bits and one plane are not read");
        }
        final Map<Integer, long[]> tags = new TreeMap<>();
        for (final int tag : COPIED) {
            if (directory.count(tag) > 0) {
                tags.put(tag, directory.numbers(tag, (int) Math.min(MAX_VALUES, directory.count(tag))));
            }
        }
        return new CommonsCodec(tags);
    }

    @Override
    public String name() {
        return "TIFF by Commons Imaging";
    }

    @Override
    public byte[] decode(final byte[][] parts, final int width, final int height, final BlockRoom room)
            throws IOException {
        try {
            final BufferedImage image =
                    new TiffImageParser().getBufferedImage(ByteSource.array(file(parts[0], width, height)), null);
            if (image.getWidth() != width || image.getHeight() != height) {
                throw new IOException("it has another size than its directory declares");
            }
            return rgb(image, room);
        } catch (final ImagingException e) {
            throw new IOException(e.getMessage(), e);
        } catch (final RuntimeException e) {
            throw new IOException("its content contradicts itself (" + e + ")", e); // what the parser did not expect
        }
    }

    private static byte[] rgb(final BufferedImage image, final BlockRoom room) {
        final int width = image.getWidth();
        final byte[] rgb = room.of(Math.toIntExact(3L * width * image.getHeight()));
        final int[] row = new int[width];
        int at = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRGB(0, y, width, 1, row, 0, width);
            for (final int colour : row) {
                rgb[at++] = (byte) (colour >> 16);
                rgb[at++] = (byte) (colour >> 8);
                rgb[at++] = (byte) colour;
            }
        }
        return rgb;
    }

    /** Header, directory of numbers, the values that do not fit in it, the strip; big endian. */
    private byte[] file(final byte[] strip, final int width, final int height) throws IOException {
        final Map<Integer, long[]> all = new TreeMap<>(tags);
        all.put(TiffTag.IMAGE_WIDTH, new long[] {width});
        all.put(TiffTag.IMAGE_LENGTH, new long[] {height});
        all.put(TiffTag.ROWS_PER_STRIP, new long[] {height});
        all.put(TiffTag.STRIP_BYTE_COUNTS, new long[] {strip.length});
        all.put(TiffTag.STRIP_OFFSETS, new long[] {0});
        final int end = HEADER + 2 + 12 * all.size() + 4;
        all.put(TiffTag.STRIP_OFFSETS, new long[] {end + MAX_VALUES * 2 * tags.size()});
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream(end + strip.length);
        final ByteArrayOutputStream values = new ByteArrayOutputStream();
        final DataOutputStream out = new DataOutputStream(bytes);
        out.writeLong(0x4d4d002a_00000008L);
        out.writeShort(all.size());
        for (final Map.Entry<Integer, long[]> entry : all.entrySet()) {
            entry(out, entry.getKey(), entry.getValue(), end, values);
        }
        out.writeInt(0);
        values.writeTo(bytes);
        out.write(new byte[MAX_VALUES * 2 * tags.size() - values.size()]);
        out.write(strip);
        return bytes.toByteArray();
    }

    /** An entry; those of the block's place and size, and the fax options, are of type LONG, the others SHORT. */
    private void entry(
            final DataOutputStream out,
            final int tag,
            final long[] numbers,
            final int end,
            final ByteArrayOutputStream values)
            throws IOException {
        final boolean wide = !tags.containsKey(tag) || tag == T4_OPTIONS || tag == T6_OPTIONS;
        out.writeShort(tag);
        out.writeShort(wide ? 4 : TiffEntry.SHORT);
        out.writeInt(numbers.length);
        if (wide) {
            out.writeInt((int) numbers[0]);
        } else if (numbers.length <= 2) {
            out.writeShort((int) numbers[0]);
            out.writeShort(numbers.length == 2 ? (int) numbers[1] : 0);
        } else {
            out.writeInt(end + values.size());
            for (final long number : numbers) {
                values.write((int) (number >> 8));
                values.write((int) number);
            }
        }
    }
}
