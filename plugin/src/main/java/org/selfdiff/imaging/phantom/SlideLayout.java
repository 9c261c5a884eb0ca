package org.selfdiff.imaging.phantom;

import java.util.ArrayList;
import java.util.List;
import org.selfdiff.imaging.SeededRandom;
import org.selfdiff.imaging.annotation.Bounds;
import org.selfdiff.imaging.annotation.Polygon;
import org.selfdiff.imaging.annotation.Region;
import org.selfdiff.imaging.annotation.Ring;

/**
 * Where what lies on a slide: pieces of tissue side by side, in each of them holes and regions, none of which touches
 * another.
 *
 * @param pieces outlines of the pieces of tissue
 * @param holes gaps in them
 * @param regions tumour and normal glands in them; all other tissue is stroma
 */
record SlideLayout(List<Ring> pieces, List<Ring> holes, List<Region> regions) {
    private static final int PIECE_CORNERS = 480;

    private static final int REGION_CORNERS = 200;

    private static final int ATTEMPTS = 80;

    private record Circle(double x, double y, double radius) {}

    /** Fills one piece. */
    private static final class Piece {
        private final Ring outline;
        private final double cx;
        private final double cy;
        private final double size;
        private final List<Circle> taken = new ArrayList<>();

        Piece(final Ring outline, final double cx, final double cy, final double size) {
            this.outline = outline;
            this.cx = cx;
            this.cy = cy;
            this.size = size;
        }

        /** Looks for room; smaller with every attempt. Returns {@code null} if there is none. */
        Ring place(final SeededRandom random, final double radius, final double roughness, final int corners) {
            double r = radius * size;
            for (int attempt = 0; attempt < ATTEMPTS; attempt++, r *= 0.98) {
                final double x = cx + random.between(-1.8, 1.8) * size;
                final double y = cy + random.between(-1, 1) * size;
                final Ring blob = Blob.draw(
                        random, x, y, r * random.between(0.85, 1.3), r * random.between(0.75, 1.1), roughness, corners);
                final double reach = Blob.reach(blob, x, y);
                final boolean free =
                        taken.stream().allMatch(t -> StrictMath.hypot(t.x - x, t.y - y) > 1.04 * (t.radius + reach));
                if (free && Blob.within(blob, outline, x, y, 1.1)) {
                    taken.add(new Circle(x, y, reach));
                    return blob;
                }
            }
            return null;
        }

        /** The middle always has room for something small before anything else is placed. */
        Ring middle(final SeededRandom random) {
            final Ring blob = Blob.draw(random, cx, cy, 0.2 * size, 0.2 * size, 0.1, REGION_CORNERS);
            taken.add(new Circle(cx, cy, Blob.reach(blob, cx, cy)));
            return blob;
        }
    }

    static SlideLayout draw(final SlideForm form, final SeededRandom random) {
        final List<Ring> pieces = new ArrayList<>();
        final List<Ring> holes = new ArrayList<>();
        final List<Region> regions = new ArrayList<>();
        final boolean wide = form.width() >= form.height();
        final int count = 1 + random.nextInt(3);
        final int[] foci = foci(form, random, count);
        for (int i = 0; i < count; i++) {
            final Piece piece = piece(form, random, wide, i, count);
            pieces.add(piece.outline);
            if (form.foci().isPresent()) {
                final double radius = form.foci().get().micrometres() / (2 * form.mpp());
                foci(piece, random, regions, foci[i], Math.min(0.8, radius / piece.size));
            } else if (form.tumour() && (i == 0 || random.chance(0.6))) {
                tumour(piece, random, regions);
            }
            for (int k = 1 + random.nextInt(3); k > 0; k--) {
                add(regions, TissueKind.NORMAL, piece.place(random, random.between(0.25, 0.5), 0.22, REGION_CORNERS));
            }
            for (int k = random.nextInt(4); k > 0; k--) {
                final Ring hole = piece.place(random, random.between(0.05, 0.16), 0.3, REGION_CORNERS / 2);
                if (hole != null) {
                    holes.add(hole);
                }
            }
        }
        return new SlideLayout(pieces, holes, regions);
    }

    private static void tumour(final Piece piece, final SeededRandom random, final List<Region> regions) {
        final Ring first = piece.place(random, random.between(0.55, 0.8), 0.3, REGION_CORNERS);
        add(regions, TissueKind.TUMOR, first == null ? piece.middle(random) : first);
        for (int k = random.nextInt(3); k > 0; k--) {
            add(regions, TissueKind.TUMOR, piece.place(random, random.between(0.15, 0.4), 0.3, REGION_CORNERS));
        }
    }

    /** How many small regions of tumour each piece of tissue is to have. */
    private static int[] foci(final SlideForm form, final SeededRandom random, final int pieces) {
        final int[] each = new int[pieces];
        if (form.tumour() && form.foci().isPresent()) {
            for (int k = 0; k < form.foci().get().count(); k++) {
                each[random.nextInt(pieces)]++;
            }
        }
        return each;
    }

    private static void foci(
            final Piece piece,
            final SeededRandom random,
            final List<Region> regions,
            final int count,
            final double radius) {
        for (int k = 0; k < count; k++) {
            final Ring focus = piece.place(random, radius, 0.3, REGION_CORNERS);
            add(regions, TissueKind.TUMOR, focus == null && regions.isEmpty() ? piece.middle(random) : focus);
        }
    }

    private static void add(final List<Region> regions, final TissueKind kind, final Ring outline) {
        if (outline != null) {
            regions.add(region(kind, outline, List.of()));
        }
    }

    /** A piece in its slot along the longer side, small enough to stay clear of the border and of its neighbours. */
    private static Piece piece(
            final SlideForm form, final SeededRandom random, final boolean wide, final int index, final int count) {
        final double slot = (double) Math.max(form.width(), form.height()) / count;
        final double breadth = Math.min(form.width(), form.height());
        final double along = (index + 0.5) * slot + random.between(-0.03, 0.03) * slot;
        final double across = breadth * random.between(0.46, 0.54);
        final double cx = wide ? along : across;
        final double cy = wide ? across : along;
        final double halfX = 0.47 * (wide ? slot : breadth);
        final double halfY = 0.47 * (wide ? breadth : slot);
        final double fill = random.between(0.72, 0.9);
        for (double shrink = 1; ; shrink *= 0.94) {
            final double rx = fill * shrink * halfX;
            final double ry = Math.min(rx * random.between(0.55, 1), fill * shrink * halfY);
            final Ring outline = Blob.draw(random, cx, cy, rx, ry, 0.3, PIECE_CORNERS);
            if (inside(outline, cx - halfX, cy - halfY, cx + halfX, cy + halfY)) {
                return new Piece(outline, cx, cy, Math.min(rx, ry));
            }
        }
    }

    private static boolean inside(
            final Ring outline, final double x0, final double y0, final double x1, final double y1) {
        final Bounds b = outline.bounds();
        return b.minX() >= x0 && b.maxX() <= x1 && b.minY() >= y0 && b.maxY() <= y1;
    }

    private static Region region(final TissueKind kind, final Ring outline, final List<Ring> holes) {
        return new Region(kind.title(), "", List.of(new Polygon(outline, holes)));
    }

    /** Regions of all classes: stroma is each piece without what lies in it. */
    List<Region> annotations() {
        final List<Region> all = new ArrayList<>();
        for (final Ring piece : pieces) {
            final List<Ring> cut = new ArrayList<>();
            regions.stream()
                    .map(r -> r.polygons().get(0).outer())
                    .filter(r -> in(piece, r))
                    .forEach(cut::add);
            holes.stream().filter(h -> in(piece, h)).forEach(cut::add);
            all.add(region(TissueKind.STROMA, piece, cut));
        }
        all.addAll(regions);
        return all;
    }

    /** Tissue of any class: each piece without its holes. */
    List<Region> tissue() {
        return pieces.stream()
                .map(piece -> region(
                        TissueKind.STROMA,
                        piece,
                        holes.stream().filter(h -> in(piece, h)).toList()))
                .toList();
    }

    private static boolean in(final Ring piece, final Ring part) {
        return piece.contains(part.x(0), part.y(0));
    }
}
