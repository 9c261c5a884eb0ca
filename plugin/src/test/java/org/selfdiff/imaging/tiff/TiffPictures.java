package org.selfdiff.imaging.tiff;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import org.selfdiff.imaging.DecodeLimits;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.PictureSource;
import org.selfdiff.run.RunFailed;

/** What the tests of this package share: opening, cutting, packing. */
final class TiffPictures {

    private TiffPictures() {}

    /** The first directory as the only level. */
    static TiffSource open(final Path file) throws RunFailed {
        return open(file, 0, BlockCache.small());
    }

    static TiffSource open(final Path file, final int directory, final BlockCache cache) throws RunFailed {
        final TiffFile tiff = TiffFile.open(file);
        try {
            final TiffDirectory dir = tiff.directories().get(directory);
            final PictureSource.Level level = new PictureSource.Level(
                    dir.number(TiffTag.IMAGE_WIDTH), dir.number(TiffTag.IMAGE_LENGTH), 1, Double.NaN);
            final TiffLevel made = TiffLevel.of(dir, level, BlockCodecs.standard(), DecodeLimits.standard());
            final PictureSource.About about =
                    new PictureSource.About("TIFF", Double.NaN, made.codec().name());
            return new TiffSource(tiff, about, List.of(made), cache);
        } catch (final RunFailed e) {
            tiff.close();
            throw e;
        }
    }

    /** All of the first directory. */
    static Picture read(final Path file) throws RunFailed {
        try (TiffSource source = open(file)) {
            final PictureSource.Level level = source.level(0);
            return source.region(0, 0, 0, (int) level.width(), (int) level.height());
        }
    }

    /** RGB samples of tiles, whose part outside of the picture is 0. */
    static byte[][] tiles(final Picture picture, final int w, final int h) {
        final int columns = (picture.width() + w - 1) / w;
        final byte[][] tiles = new byte[columns * ((picture.height() + h - 1) / h)][3 * w * h];
        for (int y = 0; y < picture.height(); y++) {
            for (int x = 0; x < picture.width(); x++) {
                final byte[] tile = tiles[y / h * columns + x / w];
                System.arraycopy(picture.rgb(), 3 * (y * picture.width() + x), tile, 3 * (y % h * w + x % w), 3);
            }
        }
        return tiles;
    }

    /** RGB samples of strips; the last one ends with the picture. */
    static byte[][] strips(final Picture picture, final int rows) {
        final int size = 3 * picture.width() * rows;
        final byte[][] strips = new byte[(picture.height() + rows - 1) / rows][];
        for (int i = 0; i < strips.length; i++) {
            strips[i] = Arrays.copyOfRange(picture.rgb(), i * size, Math.min((i + 1) * size, picture.rgb().length));
        }
        return strips;
    }

    /** Differences to the pixel on the left (Predictor 2) of 8-bit samples. */
    static byte[] differences(final byte[] bytes, final int row, final int step) {
        final byte[] out = bytes.clone();
        for (int i = bytes.length - 1; i >= 0; i--) {
            if (i % row >= step) {
                out[i] -= out[i - step];
            }
        }
        return out;
    }

    static byte[] deflate(final byte[] bytes) throws IOException {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
            deflater.write(bytes);
        }
        return out.toByteArray();
    }

    /** One run or literal for each byte, in turns. */
    static byte[] packBits(final byte[] bytes) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        int at = 0;
        while (at < bytes.length) {
            int run = 1;
            while (at + run < bytes.length && run < 128 && bytes[at + run] == bytes[at]) {
                run++;
            }
            if (run > 1) {
                out.write(1 - run);
                out.write(bytes[at]);
                at += run;
            } else {
                final int count = Math.min(5, bytes.length - at);
                out.write(count - 1);
                out.write(bytes, at, count);
                at += count;
            }
        }
        return out.toByteArray();
    }

    /** LZW by a dictionary of strings, unlike the decoder's table of stretches (TIFF 6.0, section 13). */
    static byte[] lzw(final byte[] bytes) {
        final LzwBits out = new LzwBits();
        java.util.Map<String, Integer> table = new java.util.HashMap<>();
        out.put(256, 9);
        String held = "";
        int next = 258;
        for (final byte b : bytes) {
            final String longer = held + (char) (b & 0xff);
            if (longer.length() == 1 || table.containsKey(longer)) {
                held = longer;
                continue;
            }
            out.put(code(table, held), width(next));
            table.put(longer, next++);
            held = longer.substring(longer.length() - 1);
            if (next == 4095) { // a full table is cleared; the code before it is put out in 12 bits
                out.put(code(table, held), 12);
                out.put(256, 12);
                table = new java.util.HashMap<>();
                next = 258;
                held = "";
            }
        }
        if (!held.isEmpty()) {
            out.put(code(table, held), width(next));
            next++;
        }
        out.put(257, width(next));
        return out.finish();
    }

    private static int code(final java.util.Map<String, Integer> table, final String text) {
        return text.length() == 1 ? text.charAt(0) : table.get(text);
    }

    /** Bits of a code when {@code next} is the entry that the encoder makes next. */
    private static int width(final int next) {
        return next < 512 ? 9 : next < 1024 ? 10 : next < 2048 ? 11 : 12;
    }

    /** Codes, highest bit first. */
    private static final class LzwBits {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        private long held;

        private int bits;

        void put(final int code, final int width) {
            held = held << width | code;
            bits += width;
            while (bits >= 8) {
                bits -= 8;
                out.write((int) (held >> bits));
            }
        }

        byte[] finish() {
            if (bits > 0) {
                out.write((int) (held << 8 - bits));
            }
            return out.toByteArray();
        }
    }
}
