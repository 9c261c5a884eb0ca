package org.selfdiff.imaging.tissue;

import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.SeededRandom;

/** Ink that is laid over a picture: densities add. Colours are optical densities of a film of thickness 1. */
final class InkFilm {
    /** Red, measured on marked slides: red 0.06 to 0.16 and blue 0.66 to 0.9 of green. */
    static final double[] RED = {0.10, 1, 0.74};

    /** Black on glass, measured on a marked slide, brownish where it is thin. */
    static final double[] BLACK = {0.91, 1, 1.14};

    /** Black that lies thin on tissue, measured on a marked slide: violet. */
    static final double[] VIOLET = {0.71, 1, 0.74};

    /** Dark blue, measured on marked slides. */
    static final double[] BLUE = {1.3, 1, 0.3};

    private InkFilm() {}

    /** Thickness at a pixel, 0 where there is none. */
    interface Thickness {
        double at(int x, int y);
    }

    /** The picture with a film over it, and noise of up to two grey levels. */
    static Picture over(final Picture picture, final double[] colour, final Thickness film) {
        final SeededRandom random = new SeededRandom(11);
        final byte[] rgb = picture.rgb().clone();
        for (int y = 0; y < picture.height(); y++) {
            for (int x = 0; x < picture.width(); x++) {
                final double t = film.at(x, y);
                for (int c = 0; c < 3 && t > 0; c++) {
                    final double v = picture.sample(x, y, c) * Math.exp(-t * colour[c]) + random.between(-2, 2);
                    rgb[3 * (y * picture.width() + x) + c] = (byte) Math.round(Math.max(0, Math.min(255, v)));
                }
            }
        }
        return new Picture(picture.width(), picture.height(), rgb);
    }

    /** Of the pixels with at least so thick a film the share that does not count as tissue. */
    static double found(final TissueMask mask, final Thickness film, final double least) {
        long all = 0;
        long found = 0;
        for (int y = 0; y < mask.height(); y++) {
            for (int x = 0; x < mask.width(); x++) {
                if (film.at(x, y) >= least) {
                    all++;
                    found += mask.at(x, y).counts() ? 0 : 1;
                }
            }
        }
        return found / (double) all;
    }

    /** Of the tissue farther from ink than its margin the share that is lost. */
    static double lost(final TissueMask clean, final TissueMask mask, final Thickness film, final double far) {
        final byte[] ink = new byte[mask.width() * mask.height()];
        for (int i = 0; i < ink.length; i++) {
            ink[i] = (byte) (film.at(i % mask.width(), i / mask.width()) > 0 ? 1 : 0);
        }
        final byte[] near = new Disk(mask.width(), mask.height(), far).dilate(ink);
        long all = 0;
        long lost = 0;
        for (int i = 0; i < near.length; i++) {
            if (near[i] == 0 && TissueClass.of(clean.classes()[i]).counts()) {
                all++;
                lost += TissueClass.of(mask.classes()[i]).counts() ? 0 : 1;
            }
        }
        return lost / (double) all;
    }

    /** A ring, with edges that fade over as many pixels. */
    static double ring(final double x, final double y, final double radius, final double half, final double edge) {
        return Math.max(0, Math.min(1, (half - Math.abs(Math.hypot(x, y) - radius)) / edge + 0.5));
    }
}
