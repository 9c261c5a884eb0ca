package org.selfdiff.imaging.slide;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.selfdiff.imaging.tiff.TiffDirectory;
import org.selfdiff.imaging.tiff.TiffFile;
import org.selfdiff.run.RunFailed;

/**
 * Slide formats that are not read: told by their first bytes, or by their name where their content looks like something
 * else (an MRXS file is a small JPEG beside its folder, a VSI file a small TIFF). The message names the format and the
 * way round it.
 *
 * @param title the format's name
 * @param remedy what to do, with a command where there is one
 */
record ForeignFormat(String title, String remedy) {
    private static final int HEAD = 4096;

    private static final int XMP = 700;

    private static final int MAX_XMP = 1 << 22;

    private static final String VENTANA = "<iScan";

    private static final String BIO_FORMATS = "Convert it to OME-TIFF with QuPath (QuPath convert-ome in.%1$s "
            + "out.ome.tif --tile-size=512 --pyramid-scale=2) or Bio-Formats (bfconvert -tilex 512 -tiley 512 "
            + "-pyramid-resolutions 6 -pyramid-scale 2 -compression JPEG in.%1$s out.ome.tiff).";

    private static final String LIBVIPS = "Convert it to a pyramidal TIFF with libvips (vips tiffsave in.%1$s out.tif "
            + "--tile --pyramid --bigtiff --compression jpeg --Q 90), which keeps the resolution, or with QuPath to "
            + "OME-TIFF (QuPath convert-ome in.%1$s out.ome.tif --pyramid-scale=2).";

    private static final String VENDOR = "Export it from the scanner's software as SVS, pyramidal TIFF or OME-TIFF.";

    /** Names that stand for a format whatever the content looks like. */
    private static final List<Known> BY_NAME = List.of(
            new Known("3DHISTECH MIRAX", LIBVIPS, "mrxs"),
            new Known("Olympus VSI", BIO_FORMATS, "vsi", "ets"),
            new Known("Leica SCN", LIBVIPS, "scn"),
            new Known("Ventana BIF", LIBVIPS, "bif"),
            new Known("Sakura SVSLIDE", LIBVIPS, "svslide"),
            new Known("Hamamatsu VMS", LIBVIPS, "vms", "vmu"),
            new Known("Zeiss CZI", BIO_FORMATS, "czi"),
            new Known("Leica LIF", BIO_FORMATS, "lif"),
            new Known("Nikon ND2", BIO_FORMATS, "nd2"),
            new Known("DICOM", LIBVIPS, "dcm", "dicom"),
            new Known(
                    "Philips iSyntax",
                    "Export it as Philips TIFF from the image management system, or convert it with isyntax-to-tiff of "
                            + "libisyntax (isyntax-to-tiff in.isyntax out.tiff).",
                    "isyntax",
                    "i2syntax"),
            new Known("KFBIO KFB", VENDOR, "kfb"),
            new Known("TEKSQRAY SDPC", VENDOR, "sdpc"),
            new Known("Motic MDS", VENDOR, "mds", "mdsx"),
            new Known("UNIC TMAP", VENDOR, "tmap"),
            new Known("Deep Zoom", "Choose the slide that it was made from.", "szi", "dzi"),
            new Known(
                    "OME-Zarr",
                    "Convert it to OME-TIFF with QuPath (QuPath convert-ome in.ome.zarr out.ome.tif --pyramid-scale=2).",
                    "zarr"));

    /** A format, its remedy with a place for the extension, and the extensions that stand for it. */
    private record Known(String title, String remedy, Set<String> extensions) {
        Known(final String title, final String remedy, final String... extensions) {
            this(title, remedy, Set.of(extensions));
        }

        ForeignFormat as(final String extension) {
            return new ForeignFormat(title, String.format(Locale.ROOT, remedy, extension));
        }
    }

    /** The error that names the format. */
    RunFailed error(final String where) {
        return new RunFailed("The slide format " + title + " is not read", where, remedy);
    }

    /** The format that a file or folder is of, if it is one of those. */
    static Optional<ForeignFormat> of(final Path path) {
        final String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        final String extension = name.substring(name.lastIndexOf('.') + 1);
        final String byContent = Files.isDirectory(path) ? folder(path) : content(head(path));
        for (final Known known : BY_NAME) {
            if (known.extensions.contains(byContent)) {
                return Optional.of(known.as(known.extensions.contains(extension) ? extension : byContent));
            }
        }
        return BY_NAME.stream()
                .filter(known -> byContent.isEmpty() && name.contains(".") && known.extensions.contains(extension))
                .findFirst()
                .map(known -> known.as(extension));
    }

    /** The format of a TIFF by the description of its first directory and the XMP of any. */
    static Optional<ForeignFormat> of(final TiffFile file) throws RunFailed {
        final String description = TiffDialect.description(file.directories().get(0));
        boolean ventana = description.contains(VENTANA);
        for (final TiffDirectory directory : file.directories()) {
            final long length = directory.count(XMP);
            ventana |= length > 0 && length <= MAX_XMP && directory.ascii(XMP).contains(VENTANA);
        }
        final boolean leica = description.contains("http://www.leica-microsystems.com/scn");
        final String extension = leica ? "scn" : ventana ? "bif" : "";
        return BY_NAME.stream()
                .filter(known -> known.extensions.contains(extension))
                .findFirst()
                .map(known -> known.as(extension));
    }

    private static String folder(final Path path) {
        return Files.exists(path.resolve(".zgroup"))
                        || Files.exists(path.resolve(".zattrs"))
                        || Files.exists(path.resolve("zarr.json"))
                ? "zarr"
                : "";
    }

    private static byte[] head(final Path path) {
        if (!Files.isRegularFile(path)) {
            return new byte[0];
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            final byte[] head = new byte[(int) Math.min(HEAD, channel.size())];
            Positional.read(channel, 0, head);
            return head;
        } catch (final IOException e) {
            return new byte[0]; // who reads it next says why it cannot be read
        }
    }

    private static String content(final byte[] head) {
        final String text = new String(head, StandardCharsets.ISO_8859_1);
        if (text.startsWith("ZISRAWFILE")) {
            return "czi";
        } else if (text.startsWith("DICM", 128)) {
            return "dcm";
        } else if (text.startsWith("\u00da\u00ce\u00be\n")) {
            return "nd2";
        } else if (text.startsWith("SQLite format 3")) {
            return "svslide";
        } else if (text.startsWith("KFB")) {
            return "kfb";
        } else if (text.startsWith("p\0\0\0")) {
            return "lif";
        } else if (text.contains("[Virtual Microscope Specimen]")
                || text.contains("[Uncompressed Virtual Microscope Specimen]")) {
            return "vms";
        } else if (text.stripLeading().startsWith("<") && text.contains("DPUfsImport")) {
            return "isyntax";
        } else if (text.stripLeading().startsWith("<") && text.contains("schemas.microsoft.com/deepzoom")) {
            return "dzi";
        }
        return "";
    }
}
