package org.selfdiff.imaging.jpeg2000;

import java.io.IOException;

/** Puts tiles together to planes of exact samples. */
final class PlaneAssembly {
    private final ImageSize size;

    private final Area picture;

    private final Area[] areas;

    private final Jpeg2000Planes planes;

    PlaneAssembly(final Codestream codestream, final int discard) throws IOException {
        size = codestream.size();
        picture = size.area().halved(discard);
        areas = new Area[size.components().size()];
        final Jpeg2000Planes.Plane[] all = new Jpeg2000Planes.Plane[areas.length];
        for (int c = 0; c < areas.length; c++) {
            final ImageSize.Component component = size.components().get(c);
            areas[c] = size.area().sampled(component.dx(), component.dy()).halved(discard);
            if (areas[c].isEmpty()) {
                throw new IOException("component " + c + " has no samples at this size");
            }
            all[c] = new Jpeg2000Planes.Plane(
                    areas[c].width(),
                    areas[c].height(),
                    component.bits(),
                    component.signed(),
                    new int[areas[c].size()]);
        }
        planes = new Jpeg2000Planes(picture.width(), picture.height(), all, codestream.isTransformed());
    }

    void add(final TileSamples tile) {
        for (int y = 0; y < tile.area(0).height(); y++) {
            tile.finish(y);
        }
        for (int c = 0; c < areas.length; c++) {
            final Jpeg2000Planes.Plane plane = planes.planes()[c];
            final Area area = tile.area(c);
            final int middle = plane.signed() ? 1 << plane.bits() - 1 : 0;
            final int[] row = new int[area.width()];
            for (int y = 0; y < area.height() && row.length > 0; y++) {
                tile.row(c, y, row);
                final int to = (area.y0() - areas[c].y0() + y) * plane.width() + area.x0() - areas[c].x0();
                for (int x = 0; x < row.length; x++) {
                    plane.samples()[to + x] = row[x] - middle;
                }
            }
        }
    }

    Jpeg2000Planes planes() {
        return planes;
    }
}
