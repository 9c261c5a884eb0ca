package org.selfdiff.stages.compute;

import org.selfdiff.imaging.Picture;

/** Between pictures and the planes of numbers that networks see. */
public final class Planes {
    private static final int CHANNELS = 3;

    private Planes() {}

    /** Planes of values in {@code [LOW, HIGH]} of {@link TileInput} as a picture; values beyond are cut. */
    public static Picture picture(final float[] planes, final int width, final int height) {
        final int plane = width * height;
        final byte[] rgb = new byte[CHANNELS * plane];
        for (int c = 0; c < CHANNELS; c++) {
            for (int i = 0; i < plane; i++) {
                final double share = (planes[c * plane + i] - TileInput.LOW) / (TileInput.HIGH - TileInput.LOW);
                rgb[CHANNELS * i + c] = (byte) Math.round(255 * Math.max(0, Math.min(1, share)));
            }
        }
        return new Picture(width, height, rgb);
    }

    /** Writes a picture as planes, black as {@code low} and white as {@code high}. */
    public static void write(
            final Picture picture, final double low, final double high, final float[] out, final int offset) {
        final int plane = picture.width() * picture.height();
        final byte[] rgb = picture.rgb();
        final double scale = (high - low) / 255;
        for (int c = 0; c < CHANNELS; c++) {
            for (int i = 0; i < plane; i++) {
                out[offset + c * plane + i] = (float) (low + (rgb[CHANNELS * i + c] & 0xff) * scale);
            }
        }
    }
}
