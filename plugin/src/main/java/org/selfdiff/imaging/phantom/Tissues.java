package org.selfdiff.imaging.phantom;

import java.util.List;
import org.selfdiff.imaging.SeededRandom;
import org.selfdiff.run.RunCancelled;

/** Stains what lies between the nuclei: connective tissue, glands, sheets of cells, vessels with red cells, smudges. */
final class Tissues {
    private final Specimen specimen;

    private final SeededRandom random;

    private final double scale;

    Tissues(final Specimen specimen, final SeededRandom random) {
        this.specimen = specimen;
        this.random = random;
        scale = specimen.scale;
    }

    /** Connective tissue: fibres of eosin with clefts, tinged with hematoxylin here and there. */
    void stroma(final Fibres fibres, final double dense) throws RunCancelled {
        final int w = specimen.width;
        final int h = specimen.height;
        final Plane region = Plane.fractal(random, w, h, 90 * scale, 3, specimen.control);
        final Plane tinge = Plane.fractal(random, w, h, 55 * scale, 4, specimen.control);
        final Plane grain = Plane.fractal(random, w, h, 5 * scale, 2, specimen.control);
        final double tinged = random.between(0.05, 0.42);
        for (int i = 0; i < w * h; i++) {
            if (i % w == 0) {
                specimen.control.checkCancelled();
            }
            final double fine = fibres.fine().values()[i];
            final double coarse = fibres.coarse().values()[i];
            final double body = dense + 0.13 * region.values()[i];
            final double cleft = Plane.ease((coarse + 1.9 - 0.9 * (dense - 0.45)) / 0.7);
            final double e = body * (1 + 0.16 * fine + 0.22 * coarse) + 0.04 * grain.values()[i];
            specimen.eosin.values()[i] = (float) Math.max(0.015, e * (0.12 + 0.88 * cleft));
            final double strands = 1 + 0.3 * fine + 0.25 * coarse;
            final double blue = 0.05 + tinged * Plane.ease((tinge.values()[i] + 0.3) / 1.2) * strands;
            specimen.hematoxylin.values()[i] = (float) (blue * (0.2 + 0.8 * cleft));
        }
    }

    /** Cells side by side without a gland: cytoplasm with borders between cells. */
    void sheet(final double[][] centres, final double share) throws RunCancelled {
        final int w = specimen.width;
        final int h = specimen.height;
        final Plane grain = Plane.fractal(random, w, h, 7 * scale, 3, specimen.control);
        final Plane edge = Plane.fractal(random, w, h, 70 * scale, 3, specimen.control);
        final double e = random.between(0.3, 0.5);
        final double b = random.between(0.1, 0.28);
        for (int y = 0; y < h; y++) {
            for (int x = 0; x < w; x++) {
                if (x % 64 == 0) {
                    specimen.control.checkCancelled(); // there may be many centres
                }
                final int i = y * w + x;
                final double inside = Plane.ease((edge.values()[i] + 2.2 * share - 1.1) / 0.12);
                if (inside <= 0) {
                    continue;
                }
                final double border = Plane.ease(1 - gap(centres, x, y) / (2.2 * scale));
                mix(i, inside, b + 0.05 * grain.values()[i], e * (1 + 0.25 * grain.values()[i]) + 0.16 * border);
            }
        }
    }

    /** How much nearer the nearest centre is than the second, in pixels: 0 on the border between two cells. */
    private static double gap(final double[][] centres, final int x, final int y) {
        double first = Double.MAX_VALUE;
        double second = Double.MAX_VALUE;
        for (final double[] c : centres) {
            final double dx = c[0] - x;
            final double dy = c[1] - y;
            final double d = dx * dx + dy * dy;
            if (d < first) {
                second = first;
                first = d;
            } else if (d < second) {
                second = d;
            }
        }
        return Math.sqrt(second) - Math.sqrt(first);
    }

    /** Glands: cytoplasm, pale mucin towards the lumen, a membrane outside, some secretion within. */
    void glands(final List<Gland> glands) throws RunCancelled {
        final int w = specimen.width;
        final int h = specimen.height;
        final Plane grain = Plane.fractal(random, w, h, 7 * scale, 3, specimen.control);
        final Plane secretion = Plane.fractal(random, w, h, 26 * scale, 4, specimen.control);
        final double blue = random.between(0.12, 0.32);
        final double pink = random.between(0.34, 0.55);
        final double filled = random.between(-0.6, 0.5);
        for (final Gland gland : glands) {
            for (int i = 0; i < w * h; i++) {
                if (i % w == 0) {
                    specimen.control.checkCancelled();
                }
                final double x = i % w + 0.5;
                final double y = i / w + 0.5;
                final double outside = gland.outside(x, y);
                if (outside > 7 * scale) {
                    continue;
                }
                final double retracted = Plane.ease(1 - Math.abs(outside - 3.2 * scale) / (2.4 * scale));
                specimen.eosin.values()[i] *= (float) (1 - 0.55 * retracted);
                final double inside = Plane.ease(-outside / (1.4 * scale) + 0.5);
                if (inside > 0) {
                    final double fluid =
                            Math.max(0.01, 0.35 * Plane.ease(secretion.values()[i] + filled - 0.4));
                    epithelium(gland, i, inside, grain.values()[i], fluid, blue, pink);
                }
                final double membrane = StrictMath.exp(-outside * outside / (2.6 * scale * scale));
                specimen.eosin.values()[i] += (float) (0.2 * membrane);
            }
        }
    }

    private void epithelium(
            final Gland gland,
            final int i,
            final double inside,
            final double grain,
            final double fluid,
            final double blue,
            final double pink) {
        final double x = i % specimen.width + 0.5;
        final double y = i / specimen.width + 0.5;
        final double depth = gland.depth(x, y);
        final double pastEdge = (depth - 1 + 0.05 * grain) * (gland.radius() - gland.lumen());
        final double lumen = Plane.ease(pastEdge / (2 * scale) + 0.5);
        final double mucin = gland.mucin() * Plane.ease((depth - 0.35) / 0.4);
        final double border = cellBorder(gland, x, y) * (0.4 + 0.6 * depth);
        final double brush = Plane.ease(1 - Math.abs(depth - 0.96) / 0.07);
        final double e = pink * (1 + 0.22 * grain) * (1 - 0.6 * mucin) + 0.1 * border + 0.12 * brush;
        final double b = (blue + 0.04 * grain) * (1 - 0.3 * mucin);
        mix(i, inside, b * (1 - lumen) + 0.1 * fluid * lumen, e * (1 - lumen) + fluid * lumen);
    }

    private static double cellBorder(final Gland gland, final double x, final double y) {
        final double turn = gland.direction(x, y) / (2 * Math.PI) * gland.cells();
        return Plane.ease(1 - 6 * Math.abs(turn - Math.floor(turn) - 0.5) + 0.4);
    }

    private void mix(final int i, final double share, final double h, final double e) {
        specimen.hematoxylin.values()[i] =
                (float) Math.max(0.005, specimen.hematoxylin.values()[i] * (1 - share) + share * h);
        specimen.eosin.values()[i] = (float) Math.max(0.01, specimen.eosin.values()[i] * (1 - share) + share * e);
        specimen.blood.values()[i] *= (float) (1 - share);
    }

    /** A small vessel with red cells, along the fibres: a pale slit with a pink wall, discs within. */
    void vessel(final double x, final double y, final double angle, final double length, final double breadth) {
        final double c = StrictMath.cos(angle);
        final double s = StrictMath.sin(angle);
        final int reach = (int) (length + 6 * scale);
        for (int py = specimen.top(y, reach); py <= specimen.bottom(y, reach); py++) {
            for (int px = specimen.left(x, reach); px <= specimen.right(x, reach); px++) {
                final double u = (px - x) * c + (py - y) * s;
                final double v = (py - y) * c - (px - x) * s - 0.004 / scale * u * u;
                final double d = (StrictMath.hypot(u / length, v / breadth) - 1) * breadth;
                final double inside = Plane.ease(0.5 - d / (2 * scale));
                mix(py * specimen.width + px, inside, 0.01, 0.04);
                specimen.eosin.add(px, py, 0.2 * StrictMath.exp(-d * d / (3 * scale * scale)));
            }
        }
        final int cells = (int) (length * breadth / (30 * scale * scale));
        for (int k = 0; k < cells; k++) {
            final double u = length * random.between(-0.85, 0.85);
            final double room = Math.max(0, breadth * Math.sqrt(1 - u * u / (length * length)) - 4 * scale);
            final double v = room * random.between(-1, 1);
            redCell(x + u * c - v * s, y + u * s + v * c + 0.004 / scale * u * u);
        }
    }

    /** A red cell: a disc without a nucleus, brighter in its middle. */
    void redCell(final double x, final double y) {
        final double radius = random.between(4.6, 6) * scale;
        final double flat = random.between(0.7, 1);
        final double angle = random.between(0, Math.PI);
        final double amount = random.between(0.75, 1.15);
        final double c = StrictMath.cos(angle);
        final double s = StrictMath.sin(angle);
        final int reach = (int) radius + 3;
        for (int py = specimen.top(y, reach); py <= specimen.bottom(y, reach); py++) {
            for (int px = specimen.left(x, reach); px <= specimen.right(x, reach); px++) {
                final double u = (px - x) * c + (py - y) * s;
                final double v = ((py - y) * c - (px - x) * s) / flat;
                final double r = StrictMath.hypot(u, v);
                final double cover = Plane.ease((radius - r) / (1.5 * scale) + 0.5);
                final int i = py * specimen.width + px;
                final double b = amount * (1 - 0.3 * Plane.ease(1 - r / (0.6 * radius)));
                specimen.blood.values()[i] = (float) Math.max(specimen.blood.values()[i], cover * b);
                specimen.eosin.values()[i] *= (float) (1 - 0.8 * cover);
                specimen.hematoxylin.values()[i] *= (float) (1 - 0.8 * cover);
            }
        }
    }

    /** A nucleus below the plane of focus: a pale smudge that no mask holds. */
    void smudge(final double x, final double y) {
        final double a = random.between(4, 9) * scale;
        final double amount = random.between(0.15, 0.36);
        final int reach = (int) (3 * a);
        for (int py = specimen.top(y, reach); py <= specimen.bottom(y, reach); py++) {
            for (int px = specimen.left(x, reach); px <= specimen.right(x, reach); px++) {
                final double r = StrictMath.hypot(px - x, py - y) / a;
                specimen.hematoxylin.add(px, py, amount * StrictMath.exp(-r * r * r * r));
            }
        }
    }

    /** A grain of chromatin or lime: dark as a nucleus, but too small for one. */
    void grain(final double x, final double y) {
        final double radius = random.between(0.8, 1.9) * scale;
        final double amount = random.between(0.6, 1.3);
        final int reach = (int) radius + 3;
        for (int py = specimen.top(y, reach); py <= specimen.bottom(y, reach); py++) {
            for (int px = specimen.left(x, reach); px <= specimen.right(x, reach); px++) {
                final double r = StrictMath.hypot(px + 0.5 - x, py + 0.5 - y);
                specimen.hematoxylin.add(px, py, amount * Plane.ease((radius - r) / scale + 0.5));
            }
        }
    }

    /** A fold of the section: a band in which the tissue lies twice. */
    void fold() throws RunCancelled {
        final double angle = random.between(0, Math.PI);
        final double c = StrictMath.cos(angle);
        final double s = StrictMath.sin(angle);
        final double offset = random.between(-0.3, 0.3) * specimen.width;
        final double half = random.between(3, 9) * scale;
        final double bend = random.between(-0.002, 0.002) / scale;
        for (int y = 0; y < specimen.height; y++) {
            specimen.control.checkCancelled();
            for (int x = 0; x < specimen.width; x++) {
                final double u = (x - specimen.width / 2.0) * c + (y - specimen.height / 2.0) * s;
                final double v = (y - specimen.height / 2.0) * c - (x - specimen.width / 2.0) * s;
                final double d = Math.abs(v - offset - bend * u * u);
                final float more = (float) (1 + 0.9 * Plane.ease((half - d) / (3 * scale) + 0.5));
                final int i = y * specimen.width + x;
                specimen.hematoxylin.values()[i] *= more;
                specimen.eosin.values()[i] *= more;
            }
        }
    }
}
