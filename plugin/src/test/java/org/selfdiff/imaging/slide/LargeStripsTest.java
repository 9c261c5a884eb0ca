package org.selfdiff.imaging.slide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfdiff.imaging.DecodeLimits;
import org.selfdiff.imaging.PictureSource;
import org.selfdiff.imaging.tiff.TiffTag;
import org.selfdiff.run.RunFailed;

/** Single strips of more than 4 million pixels that cannot be decoded row by row. */
class LargeStripsTest {
    private static final int HEADER = 8;

    @TempDir
    Path folder;

    /** A classic TIFF: strips, then a directory of LONG tags in their order, of which those of several values follow it. */
    private Path written(final int[][] tags, final byte[]... strips) throws Exception {
        final int data = Arrays.stream(strips).mapToInt(strip -> strip.length).sum();
        final int values = Arrays.stream(tags).mapToInt(tag -> tag.length).sum() + 2 * strips.length;
        final int at = HEADER + data;
        final ByteBuffer file = ByteBuffer.allocate(at + 6 + 12 * (tags.length + 2) + 4 * values)
                .order(ByteOrder.LITTLE_ENDIAN);
        file.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(at);
        final int[] offsets = new int[strips.length + 1];
        final int[] lengths = new int[strips.length + 1];
        offsets[0] = TiffTag.STRIP_OFFSETS;
        lengths[0] = TiffTag.STRIP_BYTE_COUNTS;
        for (int i = 0; i < strips.length; i++) {
            offsets[i + 1] = file.position();
            lengths[i + 1] = strips[i].length;
            file.put(strips[i]);
        }
        final int[][] all = Arrays.copyOf(tags, tags.length + 2);
        all[tags.length] = offsets;
        all[tags.length + 1] = lengths;
        file.putShort((short) all.length);
        int behind = file.position() + 12 * all.length + 4;
        for (final int[] tag : all) {
            file.putShort((short) tag[0]).putShort((short) 4).putInt(tag.length - 1);
            if (tag.length == 2) {
                file.putInt(tag[1]);
                continue;
            }
            file.putInt(behind);
            for (int i = 1; i < tag.length; i++) {
                file.putInt(behind, tag[i]);
                behind += 4;
            }
        }
        return Files.write(folder.resolve("a.tif"), file.array());
    }

    private static int[][] tags(
            final int width, final int height, final int compression, final int photometric, final int planar) {
        return new int[][] {
            {TiffTag.IMAGE_WIDTH, width},
            {TiffTag.IMAGE_LENGTH, height},
            {TiffTag.COMPRESSION, compression},
            {TiffTag.PHOTOMETRIC, photometric},
            {TiffTag.PLANAR_CONFIGURATION, planar}
        };
    }

    /** A page of T.6: a line of a single 1 is like the one above it, and what is above the first one is white. */
    @Test
    void aFaxedPageIsRead() throws Exception {
        final int width = 2480;
        final int height = 3504;
        final byte[] lines = new byte[height / 8 + 3];
        Arrays.fill(lines, 0, height / 8, (byte) 0xff);
        lines[height / 8 + 1] = 0x10; // 000000000001 twice ends the page
        lines[height / 8 + 2] = 0x01;
        try (PictureSource source =
                Slides.open(written(tags(width, height, 4, 0, 1), lines), DecodeLimits.standard())) {
            assertInstanceOf(FlatPicture.class, source);
            assertEquals(width, source.level(0).width());
            assertEquals(height, source.level(0).height());
            assertEquals(0xffffff, source.region(0, 2479, 3503, 1, 1).colour(0, 0));
        }
    }

    @Test
    void separatePlanesAreRead() throws Exception {
        final int width = 2100;
        final int height = 2050;
        final byte[][] planes = new byte[3][];
        for (int p = 0; p < 3; p++) {
            final byte[] plane = new byte[width * height];
            Arrays.fill(plane, (byte) (50 * p + 20));
            plane[7 * width + 5] = (byte) (200 + p);
            final ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
                out.write(plane);
            }
            planes[p] = packed.toByteArray();
        }
        final int[][] tags = Arrays.copyOf(tags(width, height, 8, 2, 2), 7);
        tags[5] = new int[] {TiffTag.SAMPLES_PER_PIXEL, 3};
        tags[6] = new int[] {TiffTag.BITS_PER_SAMPLE, 8, 8, 8};
        final Path file = written(tags, planes);
        try (PictureSource source = Slides.open(file, DecodeLimits.standard())) {
            assertInstanceOf(FlatPicture.class, source);
            assertEquals(0x144678, source.region(0, 4, 7, 1, 1).colour(0, 0));
            assertEquals(0xc8c9ca, source.region(0, 5, 7, 1, 1).colour(0, 0));
        }
        // a strip may not have more pixels than the limit, however it is read
        final DecodeLimits low = new DecodeLimits(1_000_000);
        assertThrows(RunFailed.class, () -> Slides.open(file, low).close());
    }
}
