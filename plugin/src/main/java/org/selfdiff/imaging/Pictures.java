package org.selfdiff.imaging;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.ZipException;
import org.selfdiff.run.RunFailed;

/**
 * Reads PNG, JPEG, BMP, GIF (first image) and TIFF (first image) as 8-bit RGB. Grey and palette pictures are expanded;
 * 16-bit samples are scaled by their full range (65535 becomes 255), those of grey PNG by the bits in use (4095 becomes 255
 * if none is brighter), never by their content otherwise; alpha is composited over white, the colour of an empty slide. Colours are those of the samples in every format: profiles are not applied, and inks
 * are converted plainly ({@link Inks}). The rotation that a camera notes is not applied, and remarked
 * ({@link PictureRemarks}). The size
 * that the header declares is checked before anything is decoded, and a file that ends early is refused.
 */
public final class Pictures {
    /** Names of files that somebody may take for pictures; those that cannot be read are told from the rest by content. */
    private static final List<String> EXTENSIONS = List.of(
            "png",
            "jpg",
            "jpeg",
            "bmp",
            "gif",
            "tif",
            "tiff",
            "btf",
            "tf8",
            "svs",
            "ndpi",
            "scn",
            "bif",
            "qptiff",
            "mrxs",
            "vsi",
            "czi",
            "isyntax",
            "i2syntax",
            "sdpc",
            "kfb",
            "szi",
            "dzi",
            "dcm",
            "dicom",
            "svslide",
            "vms",
            "vmu",
            "lif",
            "nd2",
            "mds",
            "mdsx",
            "tmap");

    private Pictures() {}

    /** A step of decoding. */
    interface Decoding<T> {
        T decode(PictureHeader header) throws IOException, RunFailed;
    }

    /** Whether the file's name ends as that of a picture does. */
    public static boolean hasPictureName(final Path file) {
        return String.valueOf(file.getFileName()).indexOf('.') >= 0 && EXTENSIONS.contains(extension(file));
    }

    /** The file's name without its last extension, and without the {@code .ome} of OME-TIFF. */
    public static String stem(final Path file) {
        final String name = String.valueOf(file.getFileName());
        final int dot = name.lastIndexOf('.');
        final String stem = dot > 0 ? name.substring(0, dot) : name;
        return stem.length() > 4 && stem.toLowerCase(Locale.ROOT).endsWith(".ome")
                ? stem.substring(0, stem.length() - 4)
                : stem;
    }

    /**
     * The picture of this name in a folder, with any extension in lower case. A letter with an accent is one sign, whoever
     * wrote the name.
     */
    public static Optional<Path> named(final Path folder, final String stem) {
        for (final String name :
                List.of(stem, Normalizer.normalize(stem, Form.NFC), Normalizer.normalize(stem, Form.NFD))) {
            final Optional<Path> found = EXTENSIONS.stream()
                    .map(extension -> folder.resolve(name + "." + extension))
                    .filter(Files::isRegularFile)
                    .findFirst();
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static String extension(final Path file) {
        final String name = String.valueOf(file.getFileName());
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    /**
     * Reads a whole picture.
     *
     * @throws RunFailed naming the file, if it is missing, damaged, cut off, of another format or too large
     */
    public static Picture read(final Path file, final DecodeLimits limits) throws RunFailed {
        return decode(file, limits, header -> switch (header.format()) {
            case PNG -> png(file, (int) header.width(), (int) header.height());
            case JPEG, TIFF_OF_JPEG -> Rasters.jpeg(file, header.format());
            default -> Rasters.toPicture(Rasters.byCommons(file, header.format()));
        });
    }

    private static Picture png(final Path file, final int width, final int height) throws IOException {
        final byte[] rgb = new byte[Math.toIntExact(3L * width * height)];
        PngColours.decode(file, (y, x0, step, count, row) -> {
            if (step == 1) {
                System.arraycopy(row, 0, rgb, 3 * (y * width + x0), 3 * count);
                return;
            }
            for (int i = 0; i < count; i++) {
                System.arraycopy(row, 3 * i, rgb, 3 * (y * width + x0 + i * step), 3);
            }
        });
        return new Picture(width, height, rgb);
    }

    /** Checks the declared size, decodes, and says what went wrong in the user's terms. */
    static <T> T decode(final Path file, final DecodeLimits limits, final Decoding<T> decoding) throws RunFailed {
        final PictureHeader header = PictureHeader.read(file);
        limits.check(file.toString(), header.width(), header.height());
        final String size = header.width() + " x " + header.height();
        try {
            return decoding.decode(header);
        } catch (final IOException e) {
            throw failed(file, size, e);
        } catch (final OutOfMemoryError e) {
            throw new RunFailed(
                    "There is not enough memory to decode " + size + " pixels",
                    file.toString(),
                    "Give Java more memory (-Xmx), or cut the picture into smaller ones.",
                    e);
        }
    }

    /** What went wrong while a picture of some size was decoded, in the user's terms. */
    static RunFailed failed(final Path file, final String size, final IOException e) {
        if (e instanceof EOFException) {
            return new RunFailed(
                    "The picture ends before all of its " + size + " pixels were read",
                    file.toString(),
                    "The file is cut off; copy it again from its source.",
                    e);
        }
        return new RunFailed(
                "The picture cannot be decoded: " + reason(e),
                file.toString(),
                "The file is damaged or of a rare kind; open it in an image program and save it as PNG.",
                e);
    }

    private static String reason(final IOException e) {
        if (e instanceof ZipException) {
            return "its compressed data are damaged";
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
