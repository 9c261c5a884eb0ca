package org.selfdiff.imaging.tissue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.stain.GlassColour;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;

/** Tells what is on a slide besides tissue: pen marks, dark borders, dust, and what a scanner filled in. */
final class Artefacts {
    /** A mark is at least as large as a stroke of 0.2 mm by 0.2 mm. */
    private static final double LEAST_MARK_UM2 = 40_000;

    /** Where the size of a pixel is unknown. */
    private static final int LEAST_MARK_PIXELS = 400;

    /** How far the pale margin of a stroke or of a dark border reaches beyond what is recognised. */
    private static final double MARGIN_UM = 100;

    private static final double MARGIN_PIXELS = 3;

    /** A black stroke is as many times as long as half of its width, for each time that it crosses the border. */
    private static final double STROKE = 4;

    /** Grey of this density is dust, or the border of a cover glass. */
    private static final int GREY_DENSITY = 15;

    private static final int GREY_SATURATION = 12;

    private final int width;

    private final int height;

    private final double mpp;

    private final TissueSettings settings;

    Artefacts(final int width, final int height, final double mpp, final TissueSettings settings) {
        this.width = width;
        this.height = height;
        this.mpp = mpp;
        this.settings = settings;
    }

    /** Codes of {@link TissueClass}: pen, edge, padding, and glass for the rest, be it tissue or not. */
    byte[] find(
            final PixelClues clues,
            final Picture overview,
            final GlassColour glass,
            final byte[] seen,
            final RunControl control)
            throws RunCancelled {
        final byte[] classes = new byte[width * height];
        final byte[] black = of(clues, Ink.BLACK);
        final Components parts = Components.of(black, 1, width, height, true);
        final IntPredicate beside = beside(black, parts);
        if (settings.findEdges()) {
            border(parts, beside, classes);
            neverScanned(overview.rgb(), glass, classes);
        }
        if (settings.findPens()) {
            final List<byte[]> marks = marks(clues, overview, glass, parts, beside);
            final byte[] all = new InkTrail(width, height, margin(), DensityBins.of(overview, glass), seen)
                    .follow(marks, leastMark(), control);
            write(all, TissueClass.PEN, classes);
        }
        return classes;
    }

    /**
     * Which black parts lie beside the glass: those at the border of the picture, but for strokes that cross it. What
     * lies along the border is no thicker than its area divided by its length there; a stroke is far longer than wide.
     */
    private IntPredicate beside(final byte[] black, final Components parts) {
        final int[] along = parts.atBorder();
        if (!settings.findPens() || Arrays.stream(along).sum() == 0) {
            return p -> along[p] > 0;
        }
        final double[] halves = StrokeWidth.of(black, width, height).halves(parts);
        return p -> along[p] > 0 && parts.area(p) < STROKE * halves[p] * along[p];
    }

    /** Names the grey among what turned out to be glass, and pure black in edges; it is drawn and changes no tissue. */
    void nameGreyAndBlack(final PixelClues clues, final Picture overview, final byte[] classes) {
        if (!settings.findEdges()) {
            return;
        }
        final byte[] rgb = overview.rgb();
        final byte[] mask = new byte[width * height];
        for (int i = 0; i < mask.length; i++) {
            final boolean grey = (clues.density()[i] & 0xff) >= GREY_DENSITY;
            mask[i] = (byte) (grey && (clues.saturation()[i] & 0xff) < GREY_SATURATION ? 1 : 0);
        }
        final byte[] grey = MedianFilter.of(mask, width, height);
        for (int i = 0; i < mask.length; i++) {
            if (grey[i] != 0 && classes[i] == TissueClass.GLASS.code()) {
                classes[i] = TissueClass.EDGE.code();
            } else if (classes[i] == TissueClass.EDGE.code() && (rgb[3 * i] | rgb[3 * i + 1] | rgb[3 * i + 2]) == 0) {
                classes[i] = TissueClass.PADDING.code();
            }
        }
    }

    /** Pure white where the glass has another colour. */
    private static void neverScanned(final byte[] rgb, final GlassColour glass, final byte[] classes) {
        final boolean glassIsWhite = glass.seen() && Math.min(glass.red(), Math.min(glass.green(), glass.blue())) > 254;
        for (int i = 0; i < classes.length; i++) {
            final int all = rgb[3 * i] & rgb[3 * i + 1] & rgb[3 * i + 2];
            if (all == -1 && !glassIsWhite) {
                classes[i] = TissueClass.PADDING.code();
            }
        }
    }

    private byte[] of(final PixelClues clues, final byte ink) {
        final byte[] mask = new byte[width * height];
        int any = 0;
        for (int i = 0; i < mask.length; i++) {
            mask[i] = (byte) (clues.ink()[i] == ink ? 1 : 0);
            any |= mask[i];
        }
        return any == 0 ? mask : MedianFilter.of(mask, width, height);
    }

    private int leastMark() {
        return (int) (Double.isNaN(mpp) ? LEAST_MARK_PIXELS : Math.min(1e9, Math.ceil(LEAST_MARK_UM2 / (mpp * mpp))));
    }

    private boolean isMark(final Components parts, final int p) {
        return parts.area(p) >= leastMark();
    }

    private double margin() {
        return Double.isNaN(mpp) ? MARGIN_PIXELS : Math.max(MARGIN_PIXELS, MARGIN_UM / mpp);
    }

    private static boolean any(final byte[] mask) {
        int any = 0;
        for (final byte m : mask) {
            any |= m;
        }
        return any != 0;
    }

    /** Sure marks, 1 in a mask for each kind of ink: green and blue, red, black. */
    private List<byte[]> marks(
            final PixelClues clues,
            final Picture overview,
            final GlassColour glass,
            final Components black,
            final IntPredicate beside) {
        final List<byte[]> marks = new ArrayList<>();
        for (final byte ink : new byte[] {Ink.COLOURED, Ink.RED}) {
            final byte[] mask = new byte[width * height];
            final Components parts = Components.of(of(clues, ink), 1, width, height, true);
            parts.paint(p -> isMark(parts, p), mask, 1);
            marks.add(mask);
        }
        final byte[] mask = new byte[width * height];
        black.paint(p -> isMark(black, p) && !beside.test(p), mask, 1);
        marks.add(any(mask) ? new BlackRim(width, height, margin()).about(mask, overview, glass) : mask);
        marks.removeIf(m -> !any(m));
        return marks;
    }

    private void border(final Components black, final IntPredicate beside, final byte[] classes) {
        final byte[] marks = new byte[width * height];
        black.paint(p -> isMark(black, p) && beside.test(p), marks, 1);
        write(marks, TissueClass.EDGE, classes);
    }

    /** Writes a class where marks are, with their margin. */
    private void write(final byte[] marks, final TissueClass as, final byte[] classes) {
        if (!any(marks)) {
            return;
        }
        final byte[] wide = new Disk(width, height, margin()).dilate(marks);
        for (int i = 0; i < wide.length; i++) {
            classes[i] = wide[i] != 0 ? as.code() : classes[i];
        }
    }
}
