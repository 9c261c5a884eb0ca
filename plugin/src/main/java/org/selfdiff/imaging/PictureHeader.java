package org.selfdiff.imaging;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.selfdiff.run.RunFailed;

/**
 * Format and size of a picture file as its first bytes declare them, read without decoding anything and with memory
 * that does not depend on the file. The format is told by the content, never by the name.
 *
 * @param format the format
 * @param width in pixels
 * @param height in pixels
 */
public record PictureHeader(Format format, long width, long height) {

    /** The formats that are read. */
    public enum Format {
        PNG("PNG", "PNG by SelfDiff"),
        JPEG("JPEG", "JPEG by the JDK"),
        BMP("BMP", "BMP by Commons Imaging"),
        GIF("GIF", "GIF by Commons Imaging"),
        TIFF("TIFF", "TIFF by Commons Imaging"),
        /** A TIFF whose pixels are JPEG streams. */
        TIFF_OF_JPEG("TIFF", "TIFF by the JDK");

        private final String title;

        private final String decoder;

        Format(final String title, final String decoder) {
            this.title = title;
            this.decoder = decoder;
        }

        /** The format's name. */
        public String title() {
            return title;
        }

        /** Who decodes it. */
        public String decoder() {
            return decoder;
        }
    }

    /**
     * Reads the header.
     *
     * @throws RunFailed if the file is missing, of another format or damaged
     */
    public static PictureHeader read(final Path file) throws RunFailed {
        if (!Files.isRegularFile(file)) {
            throw new RunFailed(
                    Files.exists(file) ? "This is not a file" : "The file does not exist",
                    file.toString(),
                    "Check the path.");
        }
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            final byte[] magic = new byte[8];
            final int n = Math.max(0, in.read(magic));
            in.seek(0);
            return read(file, in, magic, n);
        } catch (final EOFException e) {
            throw new RunFailed(
                    "The picture ends within its header",
                    file.toString(),
                    "The file is cut off; copy it again from its source.",
                    e);
        } catch (final IOException e) {
            throw new RunFailed(
                    "The picture cannot be read: " + e.getMessage(),
                    file.toString(),
                    "Check that the file is whole and that you may read it.",
                    e);
        }
    }

    private static PictureHeader read(final Path file, final RandomAccessFile in, final byte[] magic, final int n)
            throws IOException, RunFailed {
        final int first = (magic[0] & 0xff) << 8 | magic[1] & 0xff;
        if (n == 0) {
            throw new RunFailed("The file is empty", file.toString(), "Copy it again from its source.");
        } else if (first == 0x8950 && magic[2] == 'N' && magic[3] == 'G') {
            in.seek(16);
            return new PictureHeader(Format.PNG, in.readInt() & 0xffffffffL, in.readInt() & 0xffffffffL);
        } else if (first == 0xffd8) {
            final int[] size = JpegHeader.size(in);
            return new PictureHeader(Format.JPEG, size[0], size[1]);
        } else if (magic[0] == 'G' && magic[1] == 'I' && magic[2] == 'F') {
            return gif(in);
        } else if (magic[0] == 'B' && magic[1] == 'M') {
            return bmp(in);
        } else if (first == 0x4949 || first == 0x4d4d) {
            return TiffHeader.read(in);
        }
        throw new RunFailed(
                "The file is not a picture of a known format",
                file.toString(),
                "PNG, JPEG, BMP, GIF and TIFF are read; convert it to one of them.");
    }

    private static PictureHeader bmp(final RandomAccessFile in) throws IOException {
        in.seek(14);
        final int headerSize = Integer.reverseBytes(in.readInt());
        if (headerSize == 12) {
            return new PictureHeader(Format.BMP, u16(in), u16(in));
        }
        final long width = Integer.reverseBytes(in.readInt());
        final long height = Integer.reverseBytes(in.readInt());
        return new PictureHeader(Format.BMP, width, Math.abs(height)); // a negative height means rows from the top
    }

    /** The larger of the screen's and the first image's size, because decoders allocate for either. */
    private static PictureHeader gif(final RandomAccessFile in) throws IOException {
        in.seek(6);
        final int screenWidth = u16(in);
        final int screenHeight = u16(in);
        final int flags = in.readUnsignedByte();
        in.seek(in.getFilePointer() + 2 + ((flags & 0x80) == 0 ? 0 : 3 << (flags & 7) + 1));
        while (true) {
            final int block = in.readUnsignedByte();
            if (block == 0x2c) {
                in.seek(in.getFilePointer() + 4);
                return new PictureHeader(Format.GIF, Math.max(screenWidth, u16(in)), Math.max(screenHeight, u16(in)));
            } else if (block != 0x21) {
                throw new IOException("no image in this GIF");
            }
            in.readUnsignedByte();
            for (int size = in.readUnsignedByte(); size != 0; size = in.readUnsignedByte()) {
                in.seek(in.getFilePointer() + size);
            }
        }
    }

    private static int u16(final RandomAccessFile in) throws IOException {
        return Short.reverseBytes(in.readShort()) & 0xffff;
    }
}
