package org.selfdiff.imaging.draw;

import org.selfdiff.imaging.LabelMap;
import org.selfdiff.imaging.Picture;

/**
 * Draws labels over a picture: areas are tinted, their inner border is drawn in full colour. Background stays as it is.
 */
public final class Overlay {

    /** The colour of a pixel. */
    @FunctionalInterface
    public interface Tint {
        /** {@code 0xRRGGBB} of a pixel by its index, row by row; negative for none. */
        int of(int pixel);
    }

    private Overlay() {}

    /**
     * Draws classes in the colours of {@link Colours#ofClass}.
     *
     * @param fill strength of the tint, 0 to 1; 0 draws borders alone
     */
    public static Picture classes(final Picture picture, final LabelMap labels, final double fill) {
        requireSameSize(picture, labels);
        return tint(picture, i -> labels.labels()[i] == 0 ? -1 : Colours.ofClass(labels.labels()[i]), fill);
    }

    /**
     * Compares foreground with foreground: found, wrongly found and missed pixels in the colours of {@link Colours}.
     *
     * @param fill strength of the tint, 0 to 1
     */
    public static Picture agreement(
            final Picture picture, final LabelMap truth, final LabelMap prediction, final double fill) {
        requireSameSize(picture, truth);
        requireSameSize(picture, prediction);
        return tint(
                picture,
                i -> {
                    final boolean there = truth.labels()[i] != 0;
                    final boolean found = prediction.labels()[i] != 0;
                    if (there) {
                        return found ? Colours.TRUE_POSITIVE : Colours.FALSE_NEGATIVE;
                    }
                    return found ? Colours.FALSE_POSITIVE : -1;
                },
                fill);
    }

    private static Picture tint(final Picture picture, final Tint tint, final double fill) {
        final int w = picture.width();
        final Canvas canvas = new Canvas(w, picture.height(), Colours.WHITE);
        canvas.picture(picture, 0, 0, 1);
        for (int y = 0; y < picture.height(); y++) {
            for (int x = 0; x < w; x++) {
                final int colour = tint.of(y * w + x);
                if (colour < 0) {
                    continue;
                }
                final boolean border = x > 0 && tint.of(y * w + x - 1) != colour
                        || x + 1 < w && tint.of(y * w + x + 1) != colour
                        || y > 0 && tint.of((y - 1) * w + x) != colour
                        || y + 1 < picture.height() && tint.of((y + 1) * w + x) != colour;
                canvas.blend(x, y, colour, border ? 1 : fill);
            }
        }
        return canvas.toPicture();
    }

    private static void requireSameSize(final Picture picture, final LabelMap labels) {
        if (picture.width() != labels.width() || picture.height() != labels.height()) {
            throw new IllegalArgumentException(picture + " and " + labels);
        }
    }
}
