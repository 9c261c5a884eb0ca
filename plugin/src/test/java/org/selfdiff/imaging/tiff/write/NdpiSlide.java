package org.selfdiff.imaging.tiff.write;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.selfdiff.imaging.tiff.TiffTag;

/**
 * Writes a slide as Hamamatsu's NDPI: every level is one JPEG with restart markers, whose places stand in tag 65426, and the
 * lens in tag 65421 (-1 for the macro). The JPEG is put together from blocks that are encoded one by one, since a restart
 * marker forgets all that came before; a side above 65,535 is 0 in its header, as scanners write it. For small slides.
 */
public final class NdpiSlide {
    private static final int MCU = 8;

    private static final int INTERVAL_PIXELS = 512;

    private static final int SOS = 0xda;

    private NdpiSlide() {}

    /**
     * Writes a slide.
     *
     * @param width of level 0, a multiple of 8 at every level
     * @param levels each half of the one before
     * @param source of level 0
     */
    public static void write(
            final Path file,
            final int width,
            final int height,
            final double mpp,
            final int levels,
            final BlockSource source)
            throws Exception {
        try (TiffWriter writer = TiffWriter.begin(file, TiffForm.classic())) {
            final List<DirectoryDraft> chain = new ArrayList<>();
            byte[] samples = source.samples(0, 0, width, height);
            for (int level = 0; level < levels; level++) {
                if (level > 0) {
                    samples = halved(samples, width >> level - 1, height >> level - 1);
                }
                final int w = width >> level;
                final int h = height >> level;
                chain.add(level(writer, samples, w, h, mpp * (1 << level), 20f / (1 << level)));
            }
            chain.add(level(writer, Ramps.samples(PixelType.RGB8, 0, 0, 640, 160), 640, 160, 16 * mpp, -1));
            writer.commit(chain);
        }
    }

    private static DirectoryDraft level(
            final TiffWriter writer,
            final byte[] samples,
            final int width,
            final int height,
            final double mpp,
            final float lens)
            throws Exception {
        final List<Long> starts = new ArrayList<>();
        final byte[] jpeg = jpeg(samples, width, height, starts);
        final TiffImage image = TiffImage.stripped(width, height, PixelType.RGB8, height, BlockCompression.JPEG)
                .withJpeg(new JpegCoding(90, JpegCoding.Colours.YCBCR_444, false));
        final List<WrittenTag> tags = new ArrayList<>(
                ImageTags.of(image, writer.form(), new long[] {writer.append(jpeg)}, new long[] {jpeg.length}));
        tags.addAll(ImageTags.resolution(mpp));
        tags.add(WrittenTag.text(TiffTag.MAKE, "Hamamatsu"));
        tags.add(WrittenTag.text(TiffTag.MODEL, "NanoZoomer"));
        tags.add(WrittenTag.text(TiffTag.SOFTWARE, "NDP.scan"));
        tags.add(WrittenTag.longs(TiffTag.NDPI_FORMAT, 1)); // this is NDPI
        tags.add(WrittenTag.single(65421, lens));
        tags.add(new WrittenTag(
                65422, WrittenTag.Type.SLONG, new long[] {0})); // offset from the centre of the slide, nanometres
        tags.add(new WrittenTag(65423, WrittenTag.Type.SLONG, new long[] {0}));
        tags.add(new WrittenTag(65424, WrittenTag.Type.SLONG, new long[] {0})); // plane of focus
        tags.add(WrittenTag.longs(
                65426, starts.stream().mapToLong(Long::longValue).toArray()));
        tags.add(WrittenTag.text(65427, "phantom"));
        return new DirectoryDraft(tags, List.of());
    }

    private static byte[] jpeg(final byte[] samples, final int width, final int height, final List<Long> starts) {
        final int piece = width % INTERVAL_PIXELS == 0 ? INTERVAL_PIXELS : width;
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        int count = 0;
        for (int y = 0; y < height; y += MCU) {
            for (int x = 0; x < width; x += piece) {
                final byte[] block = new byte[3 * piece * MCU];
                for (int r = 0; r < MCU; r++) {
                    final int row = Math.min(height - 1, y + r);
                    System.arraycopy(samples, 3 * (row * width + x), block, 3 * r * piece, 3 * piece);
                }
                final byte[] encoded = JpegBlocks.encode(
                        block, piece, MCU, 3, new JpegCoding(90, JpegCoding.Colours.YCBCR_444, false));
                final int scan = scan(encoded);
                if (count == 0) {
                    head(out, encoded, scan, width, height, piece / MCU);
                } else {
                    out.write(0xff);
                    out.write(0xd0 + (count - 1) % 8);
                }
                starts.add((long) out.size());
                final int entropy = scan + 2 + (encoded[scan + 2] << 8 | encoded[scan + 3]);
                out.write(encoded, entropy, encoded.length - 2 - entropy);
                count++;
            }
        }
        out.write(0xff);
        out.write(0xd9);
        return out.toByteArray();
    }

    private static int scan(final byte[] jpeg) {
        int at = 2;
        while ((jpeg[at + 1] & 0xff) != SOS) {
            at += 2 + ((jpeg[at + 2] & 0xff) << 8 | jpeg[at + 3] & 0xff);
        }
        return at;
    }

    /** All before the entropy-coded data: with the true size, and a restart interval. */
    private static void head(
            final ByteArrayOutputStream out,
            final byte[] encoded,
            final int scan,
            final int width,
            final int height,
            final int interval) {
        int at = 2;
        out.write(encoded, 0, 2);
        while (at < scan) {
            final int length = 2 + ((encoded[at + 2] & 0xff) << 8 | encoded[at + 3] & 0xff);
            if ((encoded[at + 1] & 0xff) == 0xc0) {
                final int w = width > 0xffff ? 0 : width;
                final int h = height > 0xffff ? 0 : height;
                encoded[at + 5] = (byte) (h >> 8);
                encoded[at + 6] = (byte) h;
                encoded[at + 7] = (byte) (w >> 8);
                encoded[at + 8] = (byte) w;
            }
            out.write(encoded, at, length);
            at += length;
        }
        out.writeBytes(new byte[] {(byte) 0xff, (byte) 0xdd, 0, 4, (byte) (interval >> 8), (byte) interval});
        out.write(encoded, scan, 2 + (encoded[scan + 2] << 8 | encoded[scan + 3]));
    }

    private static byte[] halved(final byte[] samples, final int width, final int height) {
        final int w = width / 2;
        final int h = height / 2;
        final byte[] out = new byte[3 * w * h];
        for (int i = 0; i < out.length; i++) {
            final int at = 3 * (i / 3 / w * 2 * width + i / 3 % w * 2) + i % 3;
            final int sum = (samples[at] & 0xff)
                    + (samples[at + 3] & 0xff)
                    + (samples[at + 3 * width] & 0xff)
                    + (samples[at + 3 * width + 3] & 0xff);
            out[i] = (byte) ((sum + 2) / 4);
        }
        return out;
    }
}
