package org.selfdiff.imaging.tiff;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.selfdiff.imaging.jpeg2000.Jpeg2000;
import org.selfdiff.imaging.jpeg2000.Jpeg2000Picture;
import org.selfdiff.imaging.jpeg2000.Jpeg2000Workspace;
import org.selfdiff.run.RunFailed;

/**
 * JPEG 2000 blocks: of Aperio slides in YCbCr (33003) or RGB (33005), and of others (34712) in the colours that the
 * directory names. A codestream that was written with its own colour transform is RGB whatever the tag says.
 */
final class Jpeg2000Codec implements BlockCodec {
    private final boolean yCbCr;

    private final ConcurrentLinkedQueue<Jpeg2000Workspace> idle = new ConcurrentLinkedQueue<>();

    private Jpeg2000Codec(final boolean yCbCr) {
        this.yCbCr = yCbCr;
    }

    static Jpeg2000Codec of(final TiffDirectory directory) throws RunFailed {
        final long compression = directory.number(TiffTag.COMPRESSION, Compression.NONE);
        final boolean yCbCr = compression == Compression.APERIO_YCBCR
                || compression == Compression.JPEG_2000
                        && directory.number(TiffTag.PHOTOMETRIC, SampleLayout.RGB) == SampleLayout.YCBCR;
        return new Jpeg2000Codec(yCbCr);
    }

    @Override
    public String name() {
        return "JPEG 2000 by SelfDiff";
    }

    @Override
    public byte[] decode(final byte[][] parts, final int width, final int height) throws IOException {
        if (parts.length != 1) {
            throw new IOException("JPEG 2000 in separate planes is not read");
        }
        final Jpeg2000Workspace known = idle.poll();
        final Jpeg2000Workspace workspace = known == null ? new Jpeg2000Workspace() : known;
        final Jpeg2000.Request request = new Jpeg2000.Request((long) width * height, 0, "block");
        final Jpeg2000Picture picture = Jpeg2000.decode(parts[0], 0, parts[0].length, request, workspace);
        idle.add(workspace); // not after a failure, whose state nobody knows
        final byte[] rgb = picture.rgb(yCbCr && !picture.transformed());
        return picture.width() == width && picture.height() == height
                ? rgb
                : fit(rgb, picture.width(), picture.height(), width, height);
    }

    /** A block at the right or lower border may be stored smaller than the others; white fills it up. */
    private static byte[] fit(final byte[] rgb, final int w, final int h, final int width, final int height)
            throws IOException {
        if (w > width || h > height) {
            throw new IOException("a picture of " + w + " x " + h + " in a block of " + width + " x " + height);
        }
        final byte[] out = new byte[Math.toIntExact(3L * width * height)];
        Arrays.fill(out, (byte) 255);
        for (int y = 0; y < h; y++) {
            System.arraycopy(rgb, 3 * y * w, out, 3 * y * width, 3 * w);
        }
        return out;
    }
}
