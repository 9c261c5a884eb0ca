package org.selfdiff.stages.compute;

import org.selfdiff.data.Batch;
import org.selfdiff.data.BatchSettings;
import org.selfdiff.imaging.Picture;

/** Between pictures and the planes of numbers that networks see. */
public final class Planes {
    private static final int COLOUR = BatchSettings.COLOUR;

    private Planes() {}

    /**
     * Planes of values in {@code [LOW, HIGH]} of {@link TileInput} as a picture; values beyond are cut.
     *
     * @param planes red, green and blue, or grey alone
     */
    public static Picture picture(final float[] planes, final int width, final int height) {
        final int plane = width * height;
        final boolean grey = planes.length == plane;
        final byte[] rgb = new byte[COLOUR * plane];
        for (int c = 0; c < COLOUR; c++) {
            for (int i = 0; i < plane; i++) {
                final float value = planes[(grey ? 0 : c * plane) + i];
                final double share = (value - TileInput.LOW) / (TileInput.HIGH - TileInput.LOW);
                rgb[COLOUR * i + c] = (byte) Math.round(255 * Math.max(0, Math.min(1, share)));
            }
        }
        return new Picture(width, height, rgb);
    }

    /**
     * Writes a picture as planes, black as {@code low} and white as {@code high}.
     *
     * @param channels 3, or 1 for grey (see {@link BatchSettings})
     */
    public static void write(
            final Picture picture,
            final int channels,
            final double low,
            final double high,
            final float[] out,
            final int offset) {
        final int plane = picture.width() * picture.height();
        final byte[] bytes = new byte[channels * plane];
        Batch.planes(picture, channels, bytes, 0);
        final double scale = (high - low) / 255;
        for (int i = 0; i < bytes.length; i++) {
            out[offset + i] = (float) (low + (bytes[i] & 0xff) * scale);
        }
    }
}
