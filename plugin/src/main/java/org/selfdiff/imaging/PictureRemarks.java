package org.selfdiff.imaging;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a plain picture's file says that is not followed, and that somebody who looks for a fault wants to know. */
public final class PictureRemarks {
    /** Markers and chunks that come before the pixels are looked for so far. */
    private static final int LOOKED_AT = 1 << 20;

    private static final int SIGNATURE = 8;

    private PictureRemarks() {}

    /** The remarks about a file, empty if there are none. */
    public static List<String> of(final Path file, final PictureHeader header) {
        final List<String> remarks = new ArrayList<>();
        try {
            switch (header.format()) {
                case JPEG -> turned(remarks, JpegMarkers.of(head(file)).orientation());
                case PNG -> {
                    final Noted noted = Noted.in(head(file));
                    several(remarks, noted.pictures);
                    turned(remarks, noted.orientation);
                }
                case GIF -> several(remarks, Rasters.images(file));
                default -> {
                    // TIFF has remarks of its own, and BMP holds nothing else
                }
            }
        } catch (final IOException e) {
            return List.of(); // who reads the pixels says what is wrong
        }
        return List.copyOf(remarks);
    }

    /** How the picture that a JPEG or PNG file holds is to be turned, as EXIF numbers it; 1 if it is upright. */
    public static int orientation(final Path file, final PictureHeader header) {
        try {
            return switch (header.format()) {
                case JPEG -> JpegMarkers.of(head(file)).orientation();
                case PNG -> Noted.in(head(file)).orientation;
                default -> ExifOrientation.UPRIGHT;
            };
        } catch (final IOException e) {
            return ExifOrientation.UPRIGHT; // who reads the pixels says what is wrong
        }
    }

    private static byte[] head(final Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(LOOKED_AT);
        }
    }

    private static void turned(final List<String> remarks, final int orientation) {
        if (orientation != ExifOrientation.UPRIGHT) {
            remarks.add(turned(orientation));
        }
    }

    /** What there is to say about a picture that should be turned. */
    public static String turned(final int orientation) {
        return "the file says that the picture is to be turned or mirrored (orientation " + orientation
                + "); it is read as it is stored, and a mask that was drawn on the turned picture does not fit";
    }

    private static void several(final List<String> remarks, final long pictures) {
        if (pictures > 1) {
            remarks.add(several(pictures));
        }
    }

    /** What there is to say about further pictures in the file. */
    public static String several(final long pictures) {
        return "the file holds " + pictures + " pictures, of which the first is read";
    }

    /**
     * What the chunks of a PNG file note before its pixels.
     *
     * @param orientation as {@link ExifOrientation} has it
     * @param pictures of an animation, else 1
     */
    private record Noted(int orientation, long pictures) {
        static Noted in(final byte[] head) {
            int orientation = ExifOrientation.UPRIGHT;
            long pictures = 1;
            int at = SIGNATURE;
            while (at + 12 <= head.length) {
                final int length = u32(head, at);
                final int type = u32(head, at + 4);
                if (type == PngChunks.IDAT || length < 0) {
                    break;
                } else if (type == PngChunks.ACTL) {
                    pictures = u32(head, at + 8);
                } else if (type == PngChunks.EXIF) {
                    orientation = ExifOrientation.of(head, at + 8);
                }
                at += 12 + Math.min(length, LOOKED_AT);
            }
            return new Noted(orientation, pictures);
        }
    }

    private static int u32(final byte[] in, final int at) {
        return (in[at] & 0xff) << 24 | (in[at + 1] & 0xff) << 16 | (in[at + 2] & 0xff) << 8 | in[at + 3] & 0xff;
    }
}
