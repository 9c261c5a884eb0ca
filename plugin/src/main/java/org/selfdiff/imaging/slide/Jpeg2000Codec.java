package org.selfdiff.imaging.slide;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.selfdiff.imaging.DecodeLimits;
import org.selfdiff.imaging.jpeg2000.Jpeg2000;
import org.selfdiff.imaging.jpeg2000.Jpeg2000Picture;
import org.selfdiff.imaging.jpeg2000.Jpeg2000Workspace;
import org.selfdiff.imaging.tiff.BlockCodec;
import org.selfdiff.imaging.tiff.BlockCodecs;
import org.selfdiff.imaging.tiff.BlockRoom;
import org.selfdiff.imaging.tiff.BlockWindow;
import org.selfdiff.imaging.tiff.Compression;
import org.selfdiff.imaging.tiff.TiffDirectory;
import org.selfdiff.imaging.tiff.TiffTag;
import org.selfdiff.run.RunFailed;

/**
 * Blocks of JPEG 2000, each a codestream. Compression 33003 means YCbCr, unless the codestream was transformed from RGB
 * itself, as other programs than Aperio's write it; 33005 and 33004 mean RGB; for 34712 the photometric tag tells.
 */
final class Jpeg2000Codec implements BlockCodec {
    private static final int LOSSY = 33004;

    private static final int YCBCR = 6;

    private final boolean yCbCr;

    private final long maxPixels;

    /** Buffers that are idle; each serves one thread at a time. */
    private final ConcurrentLinkedQueue<Jpeg2000Workspace> idle = new ConcurrentLinkedQueue<>();

    private Jpeg2000Codec(final boolean yCbCr, final long maxPixels) {
        this.yCbCr = yCbCr;
        this.maxPixels = maxPixels;
    }

    /** The same codecs and this one for each of its compressions. */
    static BlockCodecs in(final BlockCodecs codecs) {
        return codecs.with(Compression.APERIO_YCBCR, Jpeg2000Codec::of)
                .with(Compression.APERIO_RGB, Jpeg2000Codec::of)
                .with(LOSSY, Jpeg2000Codec::of)
                .with(Compression.JPEG_2000, Jpeg2000Codec::of);
    }

    private static BlockCodec of(final TiffDirectory directory, final DecodeLimits limits) throws RunFailed {
        if (directory.number(TiffTag.PLANAR_CONFIGURATION, 1) == 2
                && directory.number(TiffTag.SAMPLES_PER_PIXEL, 1) > 1) {
            throw directory.unread(TiffTag.PLANAR_CONFIGURATION, "JPEG 2000 in separate planes is not read");
        }
        final long compression = directory.number(TiffTag.COMPRESSION);
        final boolean photometric =
                compression == Compression.JPEG_2000 && directory.number(TiffTag.PHOTOMETRIC, 2) == YCBCR;
        return new Jpeg2000Codec(compression == Compression.APERIO_YCBCR || photometric, limits.maxPixels());
    }

    @Override
    public String name() {
        return "JPEG 2000 by SelfDiff";
    }

    /** Code-blocks are 32 or 64 samples of every second pixel wide; what is spared of a few pixels less is too little. */
    @Override
    public boolean saves(final int width, final int height, final BlockWindow part) {
        return part.width() <= width * 3 / 4 || part.height() <= height * 3 / 4;
    }

    @Override
    public byte[] decodePart(
            final byte[][] parts, final int width, final int height, final BlockWindow part, final BlockRoom room)
            throws IOException {
        final Jpeg2000.Part needed = new Jpeg2000.Part(part.x(), part.y(), part.width(), part.height());
        return decode(parts, width, height, new Jpeg2000.Request(maxPixels, 0, "a block", needed), room);
    }

    @Override
    public byte[] decode(final byte[][] parts, final int width, final int height, final BlockRoom room)
            throws IOException {
        return decode(parts, width, height, new Jpeg2000.Request(maxPixels, 0, "a block"), room);
    }

    private byte[] decode(
            final byte[][] parts,
            final int width,
            final int height,
            final Jpeg2000.Request request,
            final BlockRoom room)
            throws IOException {
        final Jpeg2000Workspace kept = idle.poll();
        final Jpeg2000Workspace workspace = kept == null ? new Jpeg2000Workspace() : kept;
        final int bytes = Math.multiplyExact(3, Math.multiplyExact(width, height));
        final Jpeg2000Picture picture = Jpeg2000.decode(
                parts[0],
                0,
                parts[0].length,
                request,
                workspace,
                size -> size == bytes ? room.of(size) : new byte[size]);
        idle.add(workspace); // one that failed is left to the collector
        final byte[] rgb = picture.rgb(yCbCr && !picture.transformed());
        if (picture.width() == width && picture.height() == height) {
            return rgb;
        }
        final byte[] block = new byte[bytes];
        Arrays.fill(block, (byte) 255);
        for (int y = 0; y < Math.min(height, picture.height()); y++) {
            final int count = Math.min(width, picture.width());
            System.arraycopy(rgb, 3 * picture.width() * y, block, 3 * width * y, 3 * count);
        }
        return block;
    }

    @Override
    public void close() {
        idle.clear();
    }
}
