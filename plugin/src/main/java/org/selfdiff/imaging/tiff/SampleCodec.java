package org.selfdiff.imaging.tiff;

import java.io.IOException;
import org.selfdiff.imaging.DecodeLimits;
import org.selfdiff.run.RunFailed;

/** Blocks of plain samples in a lossless compression: unpack, undo the differences, turn the samples into colours. */
final class SampleCodec implements BlockCodec {
    private final RawBlocks raw;

    private final Colouring colouring;

    private SampleCodec(final RawBlocks raw, final Colouring colouring) {
        this.raw = raw;
        this.colouring = colouring;
    }

    static BlockCodec of(final TiffDirectory directory, final Unpacking unpacking, final DecodeLimits limits)
            throws RunFailed {
        final SampleLayout layout = SampleLayout.of(directory);
        final RawBlocks raw = new RawBlocks(layout, unpacking, limits.maxPixels());
        final long photometric = directory.number(TiffTag.PHOTOMETRIC, SampleLayout.BLACK_IS_ZERO);
        if (photometric == SampleLayout.CIE_LAB) {
            return CommonsCodec.of(directory);
        }
        if (photometric == SampleLayout.YCBCR && !layout.planar()) {
            return YccCodec.of(directory, raw);
        }
        return new SampleCodec(raw, Colouring.of(directory, layout));
    }

    @Override
    public String name() {
        return raw.name();
    }

    @Override
    public byte[] decode(final byte[][] parts, final int width, final int height, final BlockRoom room)
            throws IOException {
        final SampleLayout layout = raw.layout();
        if (colouring.isPlain() && layout.bits() == 8 && layout.samples() == 3 && !layout.planar()) {
            return raw.unpack(parts, width, height, room)[0];
        }
        final byte[][] planes = raw.unpack(parts, width, height, byte[]::new);
        final byte[] rgb = room.of(Math.toIntExact(3L * width * height));
        final int[] row = new int[width * layout.samples()];
        for (int y = 0; y < height; y++) {
            raw.row(planes, width, y, row);
            colouring.paint(row, width, rgb, 3 * width * y);
        }
        return rgb;
    }
}
