package org.selfdiff.imaging.grid;

import org.selfdiff.imaging.PictureSource;
import org.selfdiff.run.RunFailed;

/**
 * How a slide is read at a resolution: from the coarsest level that is not coarser, the rest by averaging over areas.
 * Nothing is ever enlarged, because that would invent detail.
 *
 * @param level that is read
 * @param downsample pixels of level 0 that one pixel read so covers along a side, at least 1
 * @param mpp micrometres along the side of a pixel read so, {@code NaN} if the slide does not say
 */
public record Scale(int level, double downsample, double mpp) {
    /** Levels' downsamples are ratios of whole numbers of pixels and miss a round number by about this share. */
    private static final double ROUNDING = 1e-3;

    /**
     * Finds level and factor.
     *
     * @param source the slide
     * @param wanted the resolution
     * @param mppOverride micrometres per pixel of level 0 in place of what the file says; 0 to believe the file
     * @param tolerance a level is taken as it is if it differs by no more than this share, 0 to 0.5: averaging half a
     *     per cent away would blur and gain nothing
     * @throws RunFailed if the resolution cannot be told, or is finer than the slide
     */
    public static Scale of(
            final PictureSource source, final Resolution wanted, final double mppOverride, final double tolerance)
            throws RunFailed {
        final double mpp = mppOverride > 0 ? mppOverride : source.level(0).mpp();
        final double downsample =
                switch (wanted.kind()) {
                    case FINEST -> 1;
                    case MPP -> wanted.value() / requireMpp(source, mpp);
                    case MAGNIFICATION -> requireMagnification(source) / wanted.value();
                    case SHORTER_SIDE -> Math.min(
                                    source.level(0).width(), source.level(0).height())
                            / wanted.value();
                };
        if (wanted.kind() == Resolution.Kind.SHORTER_SIDE && downsample >= 1) {
            return new Scale(
                    level(source, downsample), downsample, mpp * downsample); // exactly, for a tile is as large
        }
        if (downsample < 1 - tolerance - ROUNDING) {
            throw tooFine(source, wanted, mpp);
        }
        final int level = level(source, downsample * (1 + tolerance + ROUNDING));
        final double finer = source.level(level).downsample();
        if (Math.abs(downsample / finer - 1) <= tolerance + ROUNDING) {
            return new Scale(level, finer, mpp * finer);
        }
        return new Scale(level, downsample, wanted.kind() == Resolution.Kind.MPP ? wanted.value() : mpp * downsample);
    }

    /**
     * The coarsest level that is not coarser than a downsample.
     *
     * @param downsample pixels of level 0 for one pixel, at least 1
     */
    public static int level(final PictureSource source, final double downsample) {
        int best = 0;
        for (int i = 1; i < source.levels(); i++) {
            if (source.level(i).downsample() <= downsample * (1 + 1e-9)) {
                best = i;
            }
        }
        return best;
    }

    /** Width of the slide in pixels read so, rounded down: a tile never reaches past the slide unless it is padded. */
    public int width(final PictureSource source) {
        return length(source.level(0).width());
    }

    /** Height of the slide in pixels read so, rounded down. */
    public int height(final PictureSource source) {
        return length(source.level(0).height());
    }

    private int length(final long finest) {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, Math.floor(finest / downsample + 1e-6)));
    }

    /** The pixel of level 0 that a pixel read so begins at. */
    public int toLevel0(final int pixel) {
        return (int) Math.round(pixel * downsample);
    }

    private static double requireMpp(final PictureSource source, final double mpp) throws RunFailed {
        if (!(mpp > 0)) {
            throw new RunFailed(
                    "The file does not say how many micrometres a pixel has",
                    source.name(),
                    "Set \"Micrometres per pixel of the files\" if you know it, or read the finest level.");
        }
        return mpp;
    }

    private static double requireMagnification(final PictureSource source) throws RunFailed {
        final double magnification = source.about().magnification();
        if (!(magnification > 0)) {
            throw new RunFailed(
                    "The file does not name the magnification of its objective",
                    source.name(),
                    "Ask for micrometres per pixel instead (20x is about 0.5), or read the finest level.");
        }
        return magnification;
    }

    private static RunFailed tooFine(final PictureSource source, final Resolution wanted, final double mpp) {
        final String has =
                switch (wanted.kind()) {
                    case MPP -> Resolution.mpp(Math.round(mpp * 1e4) / 1e4).toString();
                    case SHORTER_SIDE -> source.level(0).width() + " x "
                            + source.level(0).height() + " px";
                    default -> Resolution.magnification(source.about().magnification())
                            .toString();
                };
        return new RunFailed(
                "The slide has " + has + " at its finest, " + wanted + " is asked for, and enlarging invents detail",
                source.name(),
                wanted.kind() == Resolution.Kind.SHORTER_SIDE
                        ? "Choose a smaller tile, or leave this picture out."
                        : "Ask for a coarser resolution, or leave this slide out.");
    }
}
