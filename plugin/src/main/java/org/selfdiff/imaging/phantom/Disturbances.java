package org.selfdiff.imaging.phantom;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import org.selfdiff.imaging.SeededRandom;
import org.selfdiff.imaging.annotation.Ring;
import org.selfdiff.imaging.phantom.SlideForm.Artefact;

/** What disturbs a slide: pen, hairs, specks of dust, the dark edge of the cover glass, a region out of focus. */
final class Disturbances {
    private static final double SPECKS_PER_MEGAPIXEL = 1.6;

    private static final int MAX_SPECKS = 20_000;

    private final SlideForm form;

    private final List<Stroke> strokes = new ArrayList<>();

    private final List<PenMark> circles = new ArrayList<>();

    private final List<double[]> specks = new ArrayList<>();

    private final Optional<Stroke> pen;

    private final int side;

    private final double depth;

    private final double[] focus;

    private final NoiseField streaks;

    Disturbances(final SlideForm form, final SlideLayout layout, final SeededRandom random) {
        this.form = form;
        streaks = new NoiseField(random.nextLong(), 90, 3);
        side = random.nextInt(4);
        final double shorter = Math.min(form.width(), form.height());
        depth = form.artefacts().contains(Artefact.EDGE) ? shorter * random.between(0.012, 0.028) : 0;
        final Ring piece = layout.pieces().get(random.nextInt(layout.pieces().size()));
        final double cx = mean(piece.size(), piece::x);
        final double cy = mean(piece.size(), piece::y);
        final double radius = Math.min(Blob.reach(piece, cx, cy), 0.5 * shorter);
        if (form.artefacts().contains(Artefact.PEN)) {
            final double half = Math.min(180 * 0.5 / form.mpp(), 0.012 * shorter);
            pen = Optional.of(Stroke.pen(random, cx, cy, 0.8 * radius, half));
            strokes.add(pen.get());
        } else {
            pen = Optional.empty();
        }
        focus = form.artefacts().contains(Artefact.FOCUS)
                ? new double[] {
                    cx + random.between(-0.5, 0.5) * radius,
                    cy + random.between(-0.3, 0.3) * radius,
                    radius * random.between(0.3, 0.55)
                }
                : new double[3];
        if (form.artefacts().contains(Artefact.DUST)) {
            dust(random);
        }
        // last, so that nothing else changes with it
        if (form.artefacts().contains(Artefact.CIRCLE)) {
            circle(random, cx, cy, radius);
        }
    }

    private void circle(final SeededRandom random, final double cx, final double cy, final double radius) {
        final double shorter = Math.min(form.width(), form.height());
        final double way = random.between(0, 2 * Math.PI);
        circles.add(PenMark.arc(
                random,
                PenColour.values()[random.nextInt(PenColour.values().length)],
                cx + 0.6 * radius * StrictMath.cos(way),
                cy + 0.6 * radius * StrictMath.sin(way),
                radius * random.between(0.4, 0.6),
                random.between(4.5, 6.6),
                Math.min(random.between(150, 400) / form.mpp(), 0.03 * shorter),
                Math.min(40 / form.mpp(), 0.01 * shorter)));
    }

    /** Whether ink of a pen covers a place, up to the middle of its edge. */
    boolean inked(final double x, final double y) {
        if (pen.isPresent() && pen.get().distance(x, y) < 1.5 * pen.get().half()) {
            final float streak = streaks.fill((int) Math.floor(x), (int) Math.floor(y), 1, 1)[0];
            return cover(pen.get(), x, y, streak) > 0.5 || circles.stream().anyMatch(c -> c.covers(x, y));
        }
        return circles.stream().anyMatch(c -> c.covers(x, y));
    }

    /** How much of a stroke is at a place, 0 to 1. */
    private static double cover(final Stroke stroke, final double x, final double y, final double streak) {
        final double rough = stroke.half() > 5 ? 0.1 * stroke.half() * streak : 0;
        return Plane.ease((stroke.half() + rough - stroke.distance(x, y)) / Math.min(8, stroke.half()));
    }

    private static double mean(final int corners, final IntToDoubleFunction coordinate) {
        double sum = 0;
        for (int i = 0; i < corners; i++) {
            sum += coordinate.applyAsDouble(i);
        }
        return sum / corners;
    }

    private void dust(final SeededRandom random) {
        final double megapixels = (double) form.width() * form.height() / 1e6;
        for (int i = (int) Math.min(MAX_SPECKS, SPECKS_PER_MEGAPIXEL * megapixels + 3); i > 0; i--) {
            final double size = random.nextDouble();
            specks.add(new double[] {
                random.between(0, form.width()),
                random.between(0, form.height()),
                1.5 + 9 * size * size * size * size,
                random.between(0.15, 0.65)
            });
        }
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            strokes.add(Stroke.hair(
                    random,
                    random.between(0, form.width()),
                    random.between(0, form.height()),
                    Math.min(600, 0.15 * form.width())));
        }
    }

    /** Share of sharpness that a place lacks: 0 in focus, 1 wholly out of it. */
    double blur(final double x, final double y) {
        if (focus[2] == 0) {
            return 0;
        }
        return Plane.ease((focus[2] - Math.hypot(x - focus[0], y - focus[1])) / (0.3 * focus[2]));
    }

    /** Whether any place of a rectangle can be out of focus. */
    boolean blurs(final int x, final int y, final int width, final int height) {
        return focus[2] > 0
                && Math.hypot(x + width / 2.0 - focus[0], y + height / 2.0 - focus[1])
                        < focus[2] + Math.hypot(width, height) / 2;
    }

    /** Weakens the light of a rectangle: three shares for each pixel, changed in place. */
    void dim(final float[] light, final int x, final int y, final int width, final int height) {
        for (final Stroke stroke : strokes) {
            if (stroke.meets(x, y, width, height)) {
                dim(stroke, light, x, y, width, height);
            }
        }
        for (final double[] speck : specks) {
            if (speck[0] > x - 20 && speck[0] < x + width + 20 && speck[1] > y - 20 && speck[1] < y + height + 20) {
                dim(speck, light, x, y, width, height);
            }
        }
        for (final PenMark circle : circles) {
            circle.dim(light, x, y, width, height);
        }
        if (depth > 0) {
            edge(light, x, y, width, height);
        }
    }

    private void dim(
            final Stroke stroke, final float[] light, final int x, final int y, final int width, final int height) {
        final float[] streak = streaks.fill(x, y, width, height);
        for (int i = 0; i < width * height; i++) {
            final double cover = cover(stroke, x + i % width + 0.5, y + i / width + 0.5, streak[i]);
            if (cover > 0) {
                final double amount = cover * (0.9 + 0.12 * streak[i]);
                for (int c = 0; c < 3; c++) {
                    light[3 * i + c] *= (float) Math.max(0.05, 1 - amount * (1 - stroke.passes()[c]));
                }
            }
        }
    }

    private static void dim(
            final double[] speck, final float[] light, final int x, final int y, final int width, final int height) {
        final int reach = (int) speck[2] + 3;
        for (int py = Math.max(y, (int) speck[1] - reach); py < Math.min(y + height, speck[1] + reach); py++) {
            for (int px = Math.max(x, (int) speck[0] - reach); px < Math.min(x + width, speck[0] + reach); px++) {
                final double dx = px + 0.5 - speck[0];
                final double dy = (py + 0.5 - speck[1]) * (1 + speck[3]); // flat, each in its own way
                final double cover = Plane.ease((speck[2] - Math.sqrt(dx * dx + dy * dy)) / 2 + 0.5);
                for (int c = 0; c < 3; c++) {
                    light[3 * ((py - y) * width + px - x) + c] *= (float) (1 - cover * (1 - speck[3]));
                }
            }
        }
    }

    /** Grey towards the border, with a dark line where the cover glass ends. */
    private void edge(final float[] light, final int x, final int y, final int width, final int height) {
        for (int i = 0; i < width * height; i++) {
            final double px = x + i % width + 0.5;
            final double py = y + i / width + 0.5;
            final double along = side < 2 ? py : px;
            final double from =
                    switch (side) {
                        case 0 -> px;
                        case 1 -> form.width() - px;
                        case 2 -> py;
                        default -> form.height() - py;
                    };
            final double bound = depth * (1 + 0.25 * along / (side < 2 ? form.height() : form.width()));
            if (from < 1.3 * bound) {
                final double line = Plane.ease(1 - Math.abs(from - bound) / (0.06 * bound));
                final double grey = Plane.ease((bound - from) / (0.1 * bound));
                final double share = 1 - 0.5 * line - (1 - line) * grey * (0.38 + 0.12 * from / bound);
                for (int c = 0; c < 3; c++) {
                    light[3 * i + c] *= (float) share;
                }
            }
        }
    }
}
