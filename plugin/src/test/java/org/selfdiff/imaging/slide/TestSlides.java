package org.selfdiff.imaging.slide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.PictureSource;
import org.selfdiff.imaging.TestFiles;
import org.selfdiff.imaging.tiff.TiffTag;
import org.selfdiff.imaging.tiff.write.BlockCompression;
import org.selfdiff.imaging.tiff.write.BlockSource;
import org.selfdiff.imaging.tiff.write.DirectoryDraft;
import org.selfdiff.imaging.tiff.write.PixelType;
import org.selfdiff.imaging.tiff.write.TiffForm;
import org.selfdiff.imaging.tiff.write.TiffImage;
import org.selfdiff.imaging.tiff.write.TiffWriter;
import org.selfdiff.imaging.tiff.write.WrittenTag;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.run.Workers;

/** Slides that tests write directory by directory, and how their pixels are compared. */
final class TestSlides {
    static final WrittenTag REDUCED = WrittenTag.longs(TiffTag.NEW_SUBFILE_TYPE, 1);

    private TestSlides() {}

    /** A smooth picture with squares in it, so that JPEG keeps it and swapped blocks are noticed. */
    static byte[] pixels(final int x0, final int y0, final int width, final int height) {
        final byte[] rgb = new byte[3 * width * height];
        for (int i = 0; i < rgb.length; i++) {
            final int x = x0 + i / 3 % width;
            final int y = y0 + i / 3 / width;
            rgb[i] = (byte)
                    ((x / 64 + y / 64) % 7 == 0 ? 40 + 60 * (i % 3) : 60 + (x / 16 + y / 12 + 30 * (i % 3)) % 190);
        }
        return rgb;
    }

    static Picture whole(final PictureSource source, final int level) throws RunFailed {
        final PictureSource.Level size = source.level(level);
        return source.region(level, 0, 0, (int) size.width(), (int) size.height());
    }

    static void assertNear(final Picture expected, final Picture actual, final double most) {
        assertEquals(expected.width() + " x " + expected.height(), actual.width() + " x " + actual.height());
        double sum = 0;
        for (int i = 0; i < expected.rgb().length; i++) {
            sum += Math.abs((expected.rgb()[i] & 0xff) - (actual.rgb()[i] & 0xff));
        }
        final double mean = sum / expected.rgb().length;
        assertTrue(mean <= most, "mean difference " + mean);
    }

    static String ome(final String pixels, final String inside) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><OME xmlns=\"http://www.openmicroscopy.org/Schemas/OME/2016-06\">"
                + "<Image ID=\"Image:0\"><Pixels ID=\"Pixels:0\" DimensionOrder=\"XYCZT\" Type=\"uint8\" SizeX=\"300\" "
                + "SizeY=\"200\" SizeZ=\"1\" SizeT=\"1\" PhysicalSizeX=\"500\" PhysicalSizeXUnit=\"nm\" " + pixels + ">"
                + inside + "</Pixels></Image></OME>";
    }

    static Path written(final Path folder, final String name, final List<Part> parts) throws Exception {
        final Path file = folder.resolve(name);
        try (Workers workers = new Workers(1);
                TiffWriter writer = TiffWriter.begin(file, TiffForm.classic())) {
            final List<DirectoryDraft> chain = new ArrayList<>();
            for (final Part part : parts) {
                final DirectoryDraft directory = writer.image(
                        part.image, part.source, workers, RunControl.silent(), part.tags.toArray(WrittenTag[]::new));
                if (part.child) {
                    final DirectoryDraft parent = chain.remove(chain.size() - 1);
                    final List<DirectoryDraft> children = new ArrayList<>(parent.children());
                    children.add(directory);
                    chain.add(parent.with(children));
                } else {
                    chain.add(directory);
                }
            }
            writer.commit(chain);
        }
        return file;
    }

    record Part(TiffImage image, BlockSource source, List<WrittenTag> tags, boolean child) {
        static Part tiled(final int width, final int height, final WrittenTag... tags) {
            return new Part(
                    TiffImage.tiled(width, height, PixelType.RGB8, 64, BlockCompression.LZW),
                    TestSlides::pixels,
                    List.of(tags),
                    false);
        }

        static Part stripped(final int width, final int height, final WrittenTag... tags) {
            return new Part(
                    TiffImage.stripped(width, height, PixelType.RGB8, 16, BlockCompression.NONE),
                    TestSlides::pixels,
                    List.of(tags),
                    false);
        }
    }

    /** An uncompressed BMP of noise. */
    static byte[] bmp(final int width, final int height, final int bits, final boolean fromTop) {
        final int colours = bits > 8 ? 0 : 1 << bits;
        final int stride = (width * bits + 31) / 32 * 4;
        final int start = 54 + 4 * colours;
        final ByteBuffer file = ByteBuffer.allocate(start + stride * height).order(ByteOrder.LITTLE_ENDIAN);
        file.put((byte) 'B')
                .put((byte) 'M')
                .putInt(file.capacity())
                .putInt(0)
                .putInt(start)
                .putInt(40);
        file.putInt(width)
                .putInt(fromTop ? -height : height)
                .putShort((short) 1)
                .putShort((short) bits);
        final byte[] noise = TestFiles.noise(4, 1000, 100).rgb();
        file.position(54);
        for (int c = 0; c < colours; c++) {
            file.put(noise[3 * c]).put(noise[3 * c + 1]).put(noise[3 * c + 2]).put((byte) 0);
        }
        for (int i = 0; i < stride * height; i++) {
            file.put(noise[i]);
        }
        return file.array();
    }
}
