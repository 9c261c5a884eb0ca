package org.selfdiff.imaging.grid;

import java.util.Locale;

/**
 * How large a pixel of a tile is to be.
 *
 * @param kind the unit
 * @param value micrometres along the side of a pixel for {@link Kind#MPP}, magnification of the objective for
 *     {@link Kind#MAGNIFICATION}, pixels along the shorter side for {@link Kind#SHORTER_SIDE}; not used for {@link Kind#FINEST}
 */
public record Resolution(Kind kind, double value) {

    /** The units. */
    public enum Kind {
        /** The pixels of the finest level as they are. */
        FINEST,
        /** Micrometres along the side of a pixel. */
        MPP,
        /** Magnification of the objective: a slide of 40 is read at every second pixel for 20. */
        MAGNIFICATION,
        /** The shorter side of the picture has so many pixels, whatever its physical size. */
        SHORTER_SIDE
    }

    /** Checks the range. */
    public Resolution {
        if (kind != Kind.FINEST && !(value > 0 && value < 1e6)) {
            throw new IllegalArgumentException(kind + " of " + value);
        }
    }

    /** The pixels of the finest level as they are. */
    public static Resolution finest() {
        return new Resolution(Kind.FINEST, 0);
    }

    /** Micrometres along the side of a pixel, above 0. */
    public static Resolution mpp(final double value) {
        return new Resolution(Kind.MPP, value);
    }

    /** Magnification of the objective, above 0. */
    public static Resolution magnification(final double value) {
        return new Resolution(Kind.MAGNIFICATION, value);
    }

    /** Pixels along the shorter side of the picture, at least 1. */
    public static Resolution shorterSide(final int pixels) {
        return new Resolution(Kind.SHORTER_SIDE, pixels);
    }

    @Override
    public String toString() {
        return switch (kind) {
            case FINEST -> "finest";
            case MPP -> String.format(Locale.ROOT, "%s um/px", value);
            case MAGNIFICATION -> String.format(Locale.ROOT, "%sx", value);
            case SHORTER_SIDE -> String.format(Locale.ROOT, "%.0f px along the shorter side", value);
        };
    }
}
