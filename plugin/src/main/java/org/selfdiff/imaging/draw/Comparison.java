package org.selfdiff.imaging.draw;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.selfdiff.imaging.LabelMap;
import org.selfdiff.imaging.Picture;

/** A picture, its truth and its prediction side by side. */
public final class Comparison {
    private static final double FILL = 0.35;

    private static final double TEXT = 1.6;

    private static final int LEGEND = 22;

    private Comparison() {}

    /**
     * Draws the strip. With a truth of two classes the prediction shows found, wrongly found and missed pixels; with
     * more classes truth and prediction show the class colours. Without a truth the strip has two parts.
     *
     * @param classNames names of all classes, background first
     */
    public static Picture strip(
            final Picture picture,
            final Optional<LabelMap> truth,
            final LabelMap prediction,
            final List<String> classNames) {
        final boolean agreement = truth.isPresent() && classNames.size() <= 2;
        final List<Picture> parts = new ArrayList<>();
        final List<String> captions = new ArrayList<>();
        parts.add(picture);
        captions.add("input");
        truth.ifPresent(map -> {
            parts.add(Overlay.classes(picture, map, FILL));
            captions.add("truth");
        });
        parts.add(
                agreement
                        ? Overlay.agreement(picture, truth.get(), prediction, FILL + 0.2)
                        : Overlay.classes(picture, prediction, FILL));
        captions.add("prediction");
        final int zoom = Montage.zoomFor(picture.width());
        final Picture grid = Montage.grid(parts, captions, parts.size(), zoom);
        return withLegend(grid, agreement ? agreementLegend() : classLegend(classNames));
    }

    private record Entry(String name, int colour) {}

    private static List<Entry> agreementLegend() {
        return List.of(
                new Entry("found", Colours.TRUE_POSITIVE),
                new Entry("wrongly found", Colours.FALSE_POSITIVE),
                new Entry("missed", Colours.FALSE_NEGATIVE));
    }

    private static List<Entry> classLegend(final List<String> classNames) {
        final List<Entry> legend = new ArrayList<>();
        for (int c = 1; c < classNames.size(); c++) {
            legend.add(new Entry(classNames.get(c), Colours.ofClass(c)));
        }
        return legend;
    }

    private static Picture withLegend(final Picture grid, final List<Entry> legend) {
        final Canvas canvas = new Canvas(grid.width(), grid.height() + LEGEND, Colours.WHITE);
        canvas.picture(grid, 0, 0, 1);
        double right = grid.width() - 6.0;
        for (int i = legend.size() - 1; i >= 0; i--) {
            final Entry entry = legend.get(i);
            right -= Canvas.textWidth(entry.name, TEXT);
            canvas.text(entry.name, right, grid.height() + 2, TEXT, Colours.INK);
            right -= 16;
            canvas.fill((int) right, grid.height() + 2, 11, 11, entry.colour, 1);
            right -= 18;
        }
        return canvas.toPicture();
    }
}
