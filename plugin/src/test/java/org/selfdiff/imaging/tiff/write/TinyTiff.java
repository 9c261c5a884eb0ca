package org.selfdiff.imaging.tiff.write;

import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Inflater;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;

/** Reads TIFF as plainly as can be, from the specification and without any class under test. For small files. */
public final class TinyTiff {
    private static final int[] BYTES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8};

    private final ByteBuffer file;

    private final boolean big;

    /** One directory. */
    public final class Directory {
        private final Map<Integer, long[]> tags = new TreeMap<>();

        /** Values of a tag. */
        public long[] values(final int tag) {
            return tags.get(tag);
        }

        /** First value of a tag, or something else if it is absent. */
        public int value(final int tag, final int otherwise) {
            return tags.containsKey(tag) ? (int) tags.get(tag)[0] : otherwise;
        }

        /** Text of a tag without its ending zero. */
        public String text(final int tag) {
            final byte[] bytes = new byte[tags.get(tag).length - 1];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) tags.get(tag)[i];
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }

        /** Sub-directories. */
        public List<Directory> children() {
            final List<Directory> children = new ArrayList<>();
            for (final long at : tags.getOrDefault(330, new long[0])) {
                children.add(directory(at).get(0));
            }
            return children;
        }

        /** All samples, interleaved, those of 16 bits with the high byte first; blocks without bytes are 0. */
        public byte[] samples() throws Exception {
            final int width = value(256, 0);
            final int height = value(257, 0);
            final boolean tiled = tags.containsKey(322);
            final int bw = value(322, width);
            final int bh = tiled ? value(323, 0) : value(278, height);
            final int bytes = value(277, 1) * value(258, 1) / 8;
            final long[] offsets = values(tiled ? 324 : 273);
            final long[] counts = values(tiled ? 325 : 279);
            final byte[] out = new byte[width * height * bytes];
            final int columns = (width + bw - 1) / bw;
            for (int i = 0; i < offsets.length; i++) {
                if (counts[i] == 0) {
                    continue;
                }
                final int x = i % columns * bw;
                final int y = i / columns * bh;
                final int rows = tiled ? bh : Math.min(bh, height - y);
                final byte[] block = decoded(slice(offsets[i], counts[i]), bw * bytes * rows);
                for (int r = 0; r < Math.min(rows, height - y); r++) {
                    System.arraycopy(
                            block, r * bw * bytes, out, ((y + r) * width + x) * bytes, Math.min(bw, width - x) * bytes);
                }
            }
            return out;
        }

        private byte[] decoded(final byte[] content, final int length) throws Exception {
            final byte[] block =
                    switch (value(259, 1)) {
                        case 1 -> content;
                        case 5 -> lzw(content);
                        case 7 -> jpeg(content);
                        case 8 -> inflated(content, length);
                        case 32773 -> unpacked(content);
                        default -> throw new IllegalStateException("compression " + value(259, 1));
                    };
            if (block.length != length) {
                throw new IllegalStateException(block.length + " bytes instead of " + length);
            }
            return value(258, 1) == 16 ? sixteen(block) : eight(block);
        }

        private byte[] eight(final byte[] block) {
            final int stride = value(322, value(256, 0)) * value(277, 1);
            for (int i = 0; value(317, 1) == 2 && i < block.length; i++) {
                block[i] += i % stride < value(277, 1) ? 0 : block[i - value(277, 1)];
            }
            return block;
        }

        private byte[] sixteen(final byte[] block) {
            final ByteBuffer in = ByteBuffer.wrap(block).order(file.order());
            final ByteBuffer out = ByteBuffer.allocate(block.length);
            final int stride = value(322, value(256, 0)) * value(277, 1);
            for (int i = 0; i < block.length / 2; i++) {
                final boolean add = value(317, 1) == 2 && i % stride >= value(277, 1);
                out.putShort((short) (in.getShort() + (add ? out.getShort(2 * (i - value(277, 1))) : 0)));
            }
            return out.array();
        }

        private byte[] jpeg(final byte[] content) throws Exception {
            final ByteArrayOutputStream whole = new ByteArrayOutputStream();
            final long[] tables = tags.getOrDefault(347, new long[] {0xff, 0xd8, 0xff, 0xd9});
            for (int i = 0; i < tables.length - 2; i++) {
                whole.write((int) tables[i]);
            }
            whole.write(content, 2, content.length - 2);
            final ImageReader reader =
                    ImageIO.getImageReadersByFormatName("jpeg").next();
            reader.setInput(ImageIO.createImageInputStream(new ByteArrayInputStream(whole.toByteArray())));
            final Raster raster = reader.readRaster(0, null);
            final int[] samples = raster.getPixels(0, 0, raster.getWidth(), raster.getHeight(), (int[]) null);
            final byte[] out = new byte[samples.length];
            for (int i = 0; i < out.length; i++) {
                out[i] = (byte) samples[i];
            }
            return value(262, 1) == 6 ? rgb(out) : out;
        }
    }

    private TinyTiff(final ByteBuffer file) {
        this.file = file;
        file.order(file.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        big = file.getShort(2) == 43;
    }

    /** Reads a file. */
    public static TinyTiff read(final Path path) throws Exception {
        return new TinyTiff(ByteBuffer.wrap(Files.readAllBytes(path)));
    }

    /** The chain of directories. */
    public List<Directory> directories() {
        return directory(big ? file.getLong(8) : file.getInt(4) & 0xffffffffL);
    }

    private List<Directory> directory(final long first) {
        final List<Directory> chain = new ArrayList<>();
        long next = first;
        while (next != 0) {
            if (next % 2 != 0) {
                throw new IllegalStateException("a directory at the odd offset " + next);
            }
            final Directory directory = new Directory();
            int at = (int) next;
            final int entries = big ? (int) file.getLong(at) : file.getShort(at);
            at += big ? 8 : 2;
            int last = -1;
            for (int i = 0; i < entries; i++) {
                final int tag = file.getShort(at) & 0xffff;
                if (tag <= last) {
                    throw new IllegalStateException("tag " + tag + " after " + last);
                }
                last = tag;
                directory.tags.put(tag, entry(at));
                at += big ? 20 : 12;
            }
            next = big ? file.getLong(at) : file.getInt(at) & 0xffffffffL;
            chain.add(directory);
        }
        return chain;
    }

    private long[] entry(final int at) {
        final int type = file.getShort(at + 2);
        final int count = (int) (big ? file.getLong(at + 4) : file.getInt(at + 4));
        final int field = at + (big ? 12 : 8);
        final int size = BYTES[type] * count;
        final boolean inside = size <= (big ? 8 : 4);
        final int start = inside ? field : (int) (big ? file.getLong(field) : file.getInt(field));
        final int step = type == 5 ? 4 : BYTES[type];
        final long[] values = new long[size / step];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (step) {
                case 1 -> file.get(start + i) & 0xff;
                case 2 -> file.getShort(start + 2 * i) & 0xffff;
                case 4 -> file.getInt(start + 4 * i) & 0xffffffffL;
                default -> file.getLong(start + 8 * i);
            };
        }
        return values;
    }

    private byte[] slice(final long at, final long length) {
        return Arrays.copyOfRange(file.array(), (int) at, (int) (at + length));
    }

    private static byte[] inflated(final byte[] content, final int length) throws Exception {
        final Inflater inflater = new Inflater();
        inflater.setInput(content);
        final byte[] out = new byte[length + 1];
        final int got = inflater.inflate(out);
        inflater.end();
        return Arrays.copyOf(out, got);
    }

    private static byte[] unpacked(final byte[] content) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        int at = 0;
        while (at < content.length) {
            final int n = content[at++];
            if (n >= 0) {
                out.write(content, at, n + 1);
                at += n + 1;
            } else if (n != -128) {
                for (int i = 0; i < 1 - n; i++) {
                    out.write(content[at]);
                }
                at++;
            }
        }
        return out.toByteArray();
    }

    private static byte[] lzw(final byte[] content) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        final List<byte[]> table = new ArrayList<>();
        byte[] before = null;
        long bit = 0;
        int width = 9;
        while (true) {
            int code = 0;
            for (int i = 0; i < width; i++, bit++) {
                code = code << 1 | content[(int) (bit / 8)] >> 7 - bit % 8 & 1;
            }
            if (code == 257) {
                return out.toByteArray();
            }
            if (code == 256) {
                table.clear();
                for (int i = 0; i < 258; i++) {
                    table.add(new byte[] {(byte) i});
                }
                width = 9;
                before = null;
                continue;
            }
            if (before != null) {
                final byte[] entry = Arrays.copyOf(before, before.length + 1);
                entry[before.length] = code < table.size() ? table.get(code)[0] : before[0];
                table.add(entry);
            }
            before = table.get(code);
            out.writeBytes(before);
            width = table.size() >= 2047 ? 12 : table.size() >= 1023 ? 11 : table.size() >= 511 ? 10 : 9;
        }
    }

    /** From YCbCr as JFIF defines it. */
    private static byte[] rgb(final byte[] yCbCr) {
        for (int i = 0; i < yCbCr.length; i += 3) {
            final double y = yCbCr[i] & 0xff;
            final double cb = (yCbCr[i + 1] & 0xff) - 128;
            final double cr = (yCbCr[i + 2] & 0xff) - 128;
            final double[] rgb = {y + 1.402 * cr, y - 0.344136 * cb - 0.714136 * cr, y + 1.772 * cb};
            for (int c = 0; c < 3; c++) {
                yCbCr[i + c] = (byte) Math.max(0, Math.min(255, Math.round(rgb[c])));
            }
        }
        return yCbCr;
    }
}
