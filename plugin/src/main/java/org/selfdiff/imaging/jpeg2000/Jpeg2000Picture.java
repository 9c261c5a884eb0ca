package org.selfdiff.imaging.jpeg2000;

/**
 * A decoded picture of eight bits a sample.
 *
 * @param width in pixels
 * @param height in pixels
 * @param components 1 to 4
 * @param bits of the first component before it was scaled to eight, 1 to 16
 * @param samples {@code components} bytes for each pixel, row by row; signed samples shifted to 0 and up, samples of
 *     other than eight bits scaled by their full range, subsampled components repeated; the array may be longer
 * @param transformed whether the codestream's own colour transform (RCT, ICT) was undone
 */
public record Jpeg2000Picture(int width, int height, int components, int bits, byte[] samples, boolean transformed) {

    /**
     * The picture as RGB, three bytes a pixel. One or two components are grey; a fourth one is dropped.
     *
     * @param yCbCr whether the components are luma and colour differences (TIFF compression 33003, sYCC); converted as
     *     JFIF 1.02 says
     */
    public byte[] rgb(final boolean yCbCr) {
        if (components == 3 && !yCbCr) {
            return samples;
        }
        final byte[] rgb = new byte[Math.multiplyExact(3, width * height)];
        for (int i = 0, from = 0; i < rgb.length; i += 3, from += components) {
            if (components < 3) {
                rgb[i] = samples[from];
                rgb[i + 1] = samples[from];
                rgb[i + 2] = samples[from];
            } else if (yCbCr) {
                colour(
                        samples[from] & 0xff,
                        (samples[from + 1] & 0xff) - 128,
                        (samples[from + 2] & 0xff) - 128,
                        rgb,
                        i);
            } else {
                System.arraycopy(samples, from, rgb, i, 3);
            }
        }
        return rgb;
    }

    /** JFIF 1.02, "Conversion to and from RGB", in 16-bit fixed point. */
    private static void colour(final int y, final int cb, final int cr, final byte[] rgb, final int i) {
        final int luma = (y << 16) + 0x8000;
        rgb[i] = clip(luma + 91881 * cr);
        rgb[i + 1] = clip(luma - 22554 * cb - 46802 * cr);
        rgb[i + 2] = clip(luma + 116130 * cb);
    }

    private static byte clip(final int value) {
        return (byte) Math.min(Math.max(value >> 16, 0), 255);
    }
}
