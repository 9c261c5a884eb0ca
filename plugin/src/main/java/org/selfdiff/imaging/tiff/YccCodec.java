package org.selfdiff.imaging.tiff;

import java.io.IOException;
import org.selfdiff.run.RunFailed;

/**
 * YCbCr samples that are not JPEG (TIFF 6.0, section 21): blocks of {@code h * v} luminances followed by one Cb and one
 * Cr, which hold for all of them; ReferenceBlackWhite and YCbCrCoefficients give the range and the colours.
 */
final class YccCodec implements BlockCodec {
    private final RawBlocks raw;

    private final int across;

    private final int down;

    private final double[] luma;

    private final double[] reference;

    private YccCodec(
            final RawBlocks raw, final int across, final int down, final double[] luma, final double[] reference) {
        this.raw = raw;
        this.across = across;
        this.down = down;
        this.luma = luma;
        this.reference = reference;
    }

    static YccCodec of(final TiffDirectory directory, final RawBlocks raw) throws RunFailed {
        if (raw.layout().bits() != 8 || raw.layout().samples() != 3) {
            throw directory.unread(TiffTag.BITS_PER_SAMPLE, "YCbCr of other than three 8-bit samples is not read");
        }
        final long[] steps = directory.has(TiffTag.YCBCR_SUBSAMPLING)
                ? directory.numbers(TiffTag.YCBCR_SUBSAMPLING, 2)
                : new long[] {2, 2};
        for (final long step : steps) {
            if (step != 1 && step != 2 && step != 4) {
                throw directory.broken(TiffTag.YCBCR_SUBSAMPLING, "Subsampling by " + step + " does not exist", null);
            }
        }
        if (raw.layout().differences() && (steps[0] != 1 || steps[1] != 1)) {
            throw directory.unread(TiffTag.PREDICTOR, "A predictor of subsampled YCbCr is not read");
        }
        final double[] luma = numbers(directory, TiffTag.YCBCR_COEFFICIENTS, 0.299, 0.587, 0.114);
        final double[] range = numbers(directory, TiffTag.REFERENCE_BLACK_WHITE, 0, 255, 128, 255, 128, 255);
        return new YccCodec(raw, (int) steps[0], (int) steps[1], luma, range);
    }

    private static double[] numbers(final TiffDirectory directory, final int tag, final double... absent)
            throws RunFailed {
        if (!directory.has(tag)) {
            return absent;
        }
        final double[] numbers = directory.rationals(tag);
        boolean good = numbers.length == absent.length;
        for (int i = 0; i < numbers.length && good; i++) {
            good = Double.isFinite(numbers[i])
                    && (absent.length == 6 ? i % 2 == 0 || numbers[i] != numbers[i - 1] : numbers[i] > 0);
        }
        if (!good) {
            throw directory.broken(tag, "The tag's numbers make no colours", null);
        }
        return numbers;
    }

    @Override
    public String name() {
        return raw.name();
    }

    @Override
    public byte[] decode(final byte[][] parts, final int width, final int height, final BlockRoom room)
            throws IOException {
        final int unit = across * down + 2;
        final long units = (width + across - 1L) / across;
        final long size = units * unit * ((height + down - 1) / down);
        raw.check(size, parts.length);
        final byte[] data = raw.unpack(parts[0], (int) size, byte[]::new);
        if (raw.layout().differences()) {
            Differences.undo(data, raw.layout(), width, height);
        }
        final byte[] rgb = room.of(Math.toIntExact(3L * width * height));
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                final int start = (int) (units * (y / down) + x / across) * unit;
                final int y8 = data[start + y % down * across + x % across] & 0xff;
                paint(y8, data[start + unit - 2] & 0xff, data[start + unit - 1] & 0xff, rgb, 3 * (y * width + x));
            }
        }
        return rgb;
    }

    private void paint(final int y8, final int cb8, final int cr8, final byte[] rgb, final int at) {
        final double y = (y8 - reference[0]) * 255 / (reference[1] - reference[0]);
        final double cb = (cb8 - reference[2]) * 127 / (reference[3] - reference[2]);
        final double cr = (cr8 - reference[4]) * 127 / (reference[5] - reference[4]);
        final double red = cr * (2 - 2 * luma[0]) + y;
        final double blue = cb * (2 - 2 * luma[2]) + y;
        rgb[at] = clamp(red);
        rgb[at + 1] = clamp((y - luma[2] * blue - luma[0] * red) / luma[1]);
        rgb[at + 2] = clamp(blue);
    }

    private static byte clamp(final double value) {
        return (byte) Math.max(0, Math.min(255, Math.round(value)));
    }
}
