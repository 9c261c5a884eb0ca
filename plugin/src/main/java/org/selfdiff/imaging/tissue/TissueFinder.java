package org.selfdiff.imaging.tissue;

import java.util.Locale;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.stain.GlassColour;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;

/**
 * Finds tissue on the overview of a slide: thresholds on the colour, found once for the whole slide; a median of 7 x 7
 * pixels; pen marks and edges taken out; gaps closed, small holes filled, specks removed by their size on the object.
 */
public final class TissueFinder {
    private static final int LOWEST_SATURATION = 8;

    private static final int HIGHEST_SATURATION = 30;

    private static final int HIGHEST_SATURATION_COMBINED = 12;

    private static final double LOWEST_DENSITY = 0.08;

    private static final double HIGHEST_DENSITY = 0.25;

    private static final double HIGHEST_DENSITY_COMBINED = 0.12;

    /** Medians in a histogram, at least. */
    private static final int MEDIANS = 150_000;

    private final Picture overview;

    private final double mpp;

    private final TissueSettings settings;

    private final RunControl control;

    private final int width;

    private final int height;

    private TissueFinder(
            final Picture overview, final double mpp, final TissueSettings settings, final RunControl control) {
        this.overview = overview;
        this.mpp = mpp > 0 && mpp < Double.POSITIVE_INFINITY ? mpp : Double.NaN;
        this.settings = settings;
        this.control = control;
        width = overview.width();
        height = overview.height();
    }

    /**
     * Finds tissue.
     *
     * @param overview the slide, or a plain picture, best at 4 to 16 micrometres a pixel and of at most some
     *     16 million pixels: the steps between which a run can be cancelled take a tenth of a second each at that size
     * @param mpp micrometres along the side of a pixel, {@code NaN} if unknown: then nothing depends on size
     */
    public static TissueMask find(
            final Picture overview, final double mpp, final TissueSettings settings, final RunControl control)
            throws RunCancelled {
        return new TissueFinder(overview, mpp, settings, control).find();
    }

    private TissueMask find() throws RunCancelled {
        final GlassColour glass = GlassColour.in(overview);
        final PixelClues clues = PixelClues.of(overview, glass);
        control.checkCancelled();
        final TissueThresholds thresholds = thresholds(clues, glass);
        control.checkCancelled();
        final byte[] seen = new TissueCandidates(clues, thresholds, width, height).find();
        control.checkCancelled();
        final Artefacts artefacts = new Artefacts(width, height, mpp, settings);
        final byte[] classes = artefacts.find(clues, overview, glass, seen, control);
        control.checkCancelled();
        final byte[] shaped = new TissueShape(width, height, mpp, settings, control).of(seen, classes);
        artefacts.nameGreyAndBlack(clues, overview, shaped);
        return TissueMask.of(width, height, mpp, thresholds, shaped);
    }

    private TissueThresholds thresholds(final PixelClues clues, final GlassColour glass) {
        final boolean both = settings.method() == TissueMethod.COMBINED;
        double saturation = Double.NaN;
        double density = Double.NaN;
        if (both || settings.method() == TissueMethod.SATURATION) {
            final int most = both ? HIGHEST_SATURATION_COMBINED : HIGHEST_SATURATION;
            saturation = Math.max(LOWEST_SATURATION, Math.min(most, otsu(clues.saturation())));
        }
        if (both || settings.method() == TissueMethod.DENSITY) {
            final double most = both ? HIGHEST_DENSITY_COMBINED : HIGHEST_DENSITY;
            final double otsu = (double) otsu(clues.density()) / PixelClues.STEPS;
            density = Math.max(LOWEST_DENSITY, Math.min(most, otsu));
        }
        return new TissueThresholds(settings.method().name().toLowerCase(Locale.ROOT), saturation, density, glass);
    }

    private int otsu(final byte[] values) {
        final int step = (int) Math.max(1, Math.sqrt((double) width * height / MEDIANS));
        return Otsu.threshold(MedianFilter.histogram(values, width, height, step));
    }
}
