package org.selfdiff.imaging.phantom;

import java.util.ArrayList;
import java.util.List;
import org.selfdiff.imaging.SeededRandom;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;

/** The amounts of the stains on a piece of tissue, and which nucleus each pixel belongs to. */
final class Specimen {
    /** Share of a nucleus that may lie on another one. */
    private static final double MAX_OVERLAP = 0.14;

    final int width;

    final int height;

    final double scale;

    final Plane hematoxylin;

    final Plane eosin;

    final Plane blood;

    /** Number of the nucleus, from 1; 0 where there is none. */
    final int[] owner;

    final List<Nucleus> nuclei = new ArrayList<>();

    /** Asked in each row by whatever works on all of it. */
    final RunControl control;

    Specimen(final int width, final int height, final double scale, final RunControl control) {
        this.width = width;
        this.height = height;
        this.scale = scale;
        this.control = control;
        hematoxylin = Plane.empty(width, height);
        eosin = Plane.empty(width, height);
        blood = Plane.empty(width, height);
        owner = new int[width * height];
    }

    /** Adds a nucleus if there is room. A pixel that two could have belongs to the first. */
    boolean add(final Nucleus nucleus) {
        final List<Integer> own = new ArrayList<>();
        int taken = 0;
        final int reach = nucleus.reach();
        for (int y = top(nucleus.y(), reach); y <= bottom(nucleus.y(), reach); y++) {
            for (int x = left(nucleus.x(), reach); x <= right(nucleus.x(), reach); x++) {
                if (nucleus.distance(x + 0.5, y + 0.5) <= 0) {
                    if (owner[y * width + x] == 0) {
                        own.add(y * width + x);
                    } else {
                        taken++;
                    }
                }
            }
        }
        if (own.isEmpty() || taken > MAX_OVERLAP * (own.size() + taken)) {
            return false;
        }
        nuclei.add(nucleus);
        own.forEach(i -> owner[i] = nuclei.size());
        return true;
    }

    int left(final double x, final int reach) {
        return (int) Math.max(0, Math.floor(x - reach));
    }

    int right(final double x, final int reach) {
        return (int) Math.min(width - 1.0, Math.ceil(x + reach));
    }

    int top(final double y, final int reach) {
        return (int) Math.max(0, Math.floor(y - reach));
    }

    int bottom(final double y, final int reach) {
        return (int) Math.min(height - 1.0, Math.ceil(y + reach));
    }

    /** Stains all nuclei. Where two lie on each other, the stronger stain shows. */
    void stainNuclei() throws RunCancelled {
        for (final Nucleus nucleus : nuclei) {
            stain(nucleus);
        }
    }

    private void stain(final Nucleus n) throws RunCancelled {
        final SeededRandom random = new SeededRandom(n.texture());
        final int reach = n.reach();
        final int side = 2 * reach + 1;
        final Plane chromatin = Plane.fractal(random, side, side, 3.6 * scale, 2, control);
        final double[][] nucleoli = nucleoli(random, n);
        final double halo = n.type() == NucleusType.FIBROBLAST ? 0.1 : random.between(0.15, 0.5);
        for (int y = top(n.y(), reach); y <= bottom(n.y(), reach); y++) {
            for (int x = left(n.x(), reach); x <= right(n.x(), reach); x++) {
                final double d = n.distance(x + 0.5, y + 0.5);
                final double cover = Plane.ease((n.softness() - d) / (2 * n.softness()));
                final int i = y * width + x;
                if (d > 0 && d < 2.6 * scale && owner[i] == 0) {
                    eosin.values()[i] *= (float) (1 - halo * (1 - d / (2.6 * scale)));
                }
                if (cover <= 0) {
                    continue;
                }
                final int cx = Math.max(0, Math.min(side - 1, x - (int) n.x() + reach));
                final int cy = Math.max(0, Math.min(side - 1, y - (int) n.y() + reach));
                final double h = cover * amount(n, d, chromatin.at(cx, cy), nucleoli, x + 0.5, y + 0.5);
                hematoxylin.values()[i] = (float) Math.max(h, hematoxylin.values()[i] * (1 - cover));
                eosin.values()[i] *= (float) (1 - 0.6 * cover);
                blood.values()[i] *= (float) (1 - cover);
            }
        }
    }

    private double amount(
            final Nucleus n,
            final double d,
            final double chromatin,
            final double[][] nucleoli,
            final double x,
            final double y) {
        final double rim = Plane.ease(1 + d / (1.7 * scale));
        double amount =
                switch (n.type()) {
                    case LYMPHOCYTE -> 0.94 + 0.2 * chromatin + 0.1 * rim;
                    case FIBROBLAST -> 0.92 + 0.2 * chromatin + 0.1 * rim;
                    case EPITHELIAL -> 0.62 + 0.22 * chromatin + 0.38 * rim;
                };
        for (final double[] nucleolus : nucleoli) {
            final double near = StrictMath.hypot(x - nucleolus[0], y - nucleolus[1]) / nucleolus[2];
            amount += 0.6 * Plane.ease(1.6 - near);
        }
        return n.density() * Math.max(0.25, amount);
    }

    private double[][] nucleoli(final SeededRandom random, final Nucleus n) {
        final int count = n.type() == NucleusType.EPITHELIAL ? random.nextInt(3) : 0;
        final double[][] nucleoli = new double[count][];
        for (int k = 0; k < count; k++) {
            final double angle = random.between(0, 2 * Math.PI);
            final double r = n.b() * random.between(0, 0.55);
            nucleoli[k] = new double[] {
                n.x() + r * StrictMath.cos(angle), n.y() + r * StrictMath.sin(angle), random.between(0.9, 1.6) * scale
            };
        }
        return nucleoli;
    }
}
