package org.selfdiff.imaging.phantom;

import java.util.ArrayList;
import java.util.List;
import org.selfdiff.imaging.SeededRandom;
import org.selfdiff.run.RunCancelled;

/** Arranges a piece of tissue: which structures it has, and where nuclei lie in them. */
final class Scene {

    /** What a picture mainly shows. */
    enum Kind {
        GLANDS,
        STROMA,
        INFLAMED,
        SHEET
    }

    private final Specimen specimen;

    private final SeededRandom random;

    private final double scale;

    private final List<Gland> glands = new ArrayList<>();

    private Fibres fibres;

    private Scene(final Specimen specimen, final SeededRandom random) {
        this.specimen = specimen;
        this.random = random;
        scale = specimen.scale;
    }

    /** Draws the kind: glands most often. */
    static Kind kind(final SeededRandom random) {
        final double u = random.nextDouble();
        return u < 0.45 ? Kind.GLANDS : u < 0.65 ? Kind.STROMA : u < 0.82 ? Kind.INFLAMED : Kind.SHEET;
    }

    /** Stains the specimen. */
    static void arrange(final Specimen specimen, final Kind kind, final SeededRandom random) throws RunCancelled {
        new Scene(specimen, random).arrange(kind);
    }

    private void arrange(final Kind kind) throws RunCancelled {
        fibres = Fibres.draw(random, specimen.width, specimen.height, scale, specimen.control);
        final Tissues tissues = new Tissues(specimen, random);
        tissues.stroma(fibres, kind == Kind.INFLAMED ? random.between(0.3, 0.48) : random.between(0.4, 0.66));
        if (kind == Kind.GLANDS) {
            placeGlands();
            tissues.glands(glands);
            glands.forEach(this::lineGland);
        } else if (kind == Kind.SHEET) {
            placeSheet(tissues);
        }
        for (int v = random.nextInt(3); v > 0; v--) {
            placeVessel(tissues);
        }
        final double area = specimen.width * specimen.height / (65536.0 * scale * scale);
        for (int s = count(9 * area); s > 0; s--) {
            tissues.smudge(x(), y());
        }
        for (int g = count(12 * area); g > 0; g--) {
            tissues.grain(x(), y());
        }
        if (random.chance(0.12)) {
            tissues.fold();
        }
        placeLymphocytes(kind, area);
        scatter(NucleusType.FIBROBLAST, count((kind == Kind.STROMA ? 34 : kind == Kind.SHEET ? 5 : 16) * area));
        scatter(NucleusType.EPITHELIAL, count((kind == Kind.INFLAMED ? 9 : 2) * area));
        specimen.stainNuclei();
    }

    private double x() {
        return random.between(-6 * scale, specimen.width + 6 * scale);
    }

    private double y() {
        return random.between(-6 * scale, specimen.height + 6 * scale);
    }

    /** A whole number about a mean. */
    private int count(final double mean) {
        return (int) Math.round(mean * random.between(0.6, 1.4));
    }

    private void placeGlands() {
        final double longest = Math.max(specimen.width, specimen.height);
        final int wanted = 2 + (int) (specimen.width * specimen.height / (40000 * scale * scale));
        for (int attempt = 0; attempt < 40 && glands.size() < wanted; attempt++) {
            final double radius = random.between(42, Math.min(88, Math.max(43, 0.4 * longest / scale))) * scale;
            final Gland gland = Gland.draw(
                    random,
                    random.between(-0.2, 1.2) * specimen.width,
                    random.between(-0.2, 1.2) * specimen.height,
                    radius,
                    scale);
            final boolean free = glands.stream()
                    .allMatch(g -> StrictMath.hypot(g.x() - gland.x(), g.y() - gland.y())
                            > 1.12 * (g.radius() + gland.radius()) + 6 * scale);
            if (free) {
                glands.add(gland);
            }
        }
    }

    /** A row of long nuclei at the outer border, every now and then a second one behind it. */
    private void lineGland(final Gland gland) {
        for (int cell = 0; cell < gland.cells(); cell++) {
            final double phi = (cell + random.between(-0.2, 0.2)) / gland.cells() * 2 * Math.PI;
            final double in = random.between(8, 12.5) + (random.chance(0.18) ? 6 : 0);
            final double r = gland.radius() * gland.shape(phi) - in * scale;
            final double x = gland.x() + r * StrictMath.cos(phi);
            final double y = gland.y() + r * StrictMath.sin(phi);
            specimen.add(Nucleus.draw(random, NucleusType.EPITHELIAL, x, y, phi + 0.22 * random.gaussian(), scale));
        }
    }

    /** Cells in a loose grid that fills part of the picture. */
    private void placeSheet(final Tissues tissues) throws RunCancelled {
        final double spacing = random.between(20, 26) * scale;
        final double share = random.between(0.55, 0.95);
        final List<double[]> centres = new ArrayList<>();
        for (double y = -spacing; y < specimen.height + spacing; y += 0.87 * spacing) {
            for (double x = -spacing; x < specimen.width + spacing; x += spacing) {
                final double shift = (int) Math.round(y / (0.87 * spacing)) % 2 * spacing / 2;
                centres.add(new double[] {
                    x + shift + 0.2 * spacing * random.gaussian(), y + 0.2 * spacing * random.gaussian()
                });
            }
        }
        final Plane before = new Plane(
                specimen.width, specimen.height, specimen.eosin.values().clone());
        tissues.sheet(centres.toArray(new double[0][]), share);
        for (final double[] c : centres) {
            specimen.control.checkCancelled();
            final int px = Math.max(0, Math.min(specimen.width - 1, (int) c[0]));
            final int py = Math.max(0, Math.min(specimen.height - 1, (int) c[1]));
            final boolean inSheet = before.at(px, py) != specimen.eosin.at(px, py);
            if (inSheet && random.chance(0.93)) {
                specimen.add(
                        Nucleus.draw(random, NucleusType.EPITHELIAL, c[0], c[1], random.between(0, Math.PI), scale));
            }
        }
    }

    private void placeVessel(final Tissues tissues) {
        final double x = x();
        final double y = y();
        if (inGland(x, y, 20 * scale)) {
            return;
        }
        tissues.vessel(x, y, direction(x, y), random.between(16, 46) * scale, random.between(6, 14) * scale);
    }

    private boolean inGland(final double x, final double y, final double margin) {
        return glands.stream().anyMatch(g -> g.outside(x, y) < margin);
    }

    private double direction(final double x, final double y) {
        final int px = Math.max(0, Math.min(specimen.width - 1, (int) x));
        final int py = Math.max(0, Math.min(specimen.height - 1, (int) y));
        return fibres.direction().at(px, py);
    }

    /** Clusters, and single ones. */
    private void placeLymphocytes(final Kind kind, final double area) throws RunCancelled {
        final int clusters = count((kind == Kind.INFLAMED ? 5 : 1.2) * area);
        for (int c = 0; c < clusters; c++) {
            final double cx = x();
            final double cy = y();
            final double spread = random.between(12, 34) * scale;
            for (int k = 6 + random.nextInt(20); k > 0; k--) {
                place(NucleusType.LYMPHOCYTE, cx + spread * random.gaussian(), cy + spread * random.gaussian());
            }
        }
        scatter(NucleusType.LYMPHOCYTE, count((kind == Kind.INFLAMED ? 25 : 5) * area));
    }

    private void scatter(final NucleusType type, final int count) throws RunCancelled {
        for (int k = 0; k < count; k++) {
            place(type, x(), y());
        }
    }

    private void place(final NucleusType type, final double x, final double y) throws RunCancelled {
        specimen.control.checkCancelled();
        if (!inGland(x, y, 5 * scale)) {
            final double angle = type == NucleusType.FIBROBLAST
                    ? direction(x, y) + 0.18 * random.gaussian()
                    : random.between(0, Math.PI);
            specimen.add(Nucleus.draw(random, type, x, y, angle, scale));
        }
    }
}
