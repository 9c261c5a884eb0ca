package org.selfdiff.imaging.jpeg2000;

import java.io.IOException;

/** A precinct: the code-blocks of one place, of all bands of one resolution of one component. A packet is a layer of it. */
final class Precinct {

    /** The code-blocks of one band, row by row, and the tag trees that tell of them. */
    static final class Part {
        final int columns;

        /** Those that were included so far, {@code null} elsewhere. */
        final CodeBlock[] blocks;

        /** Bit-planes of the blocks, those of a region of interest included. */
        final int planes;

        private final Area band;

        private final Area area;

        private final int ex;

        private final int ey;

        private final TagTree inclusion;

        private final TagTree emptyPlanes;

        /**
         * Lays out the blocks.
         *
         * @param band the band's area
         * @param area the precinct's area in the band
         * @param ex exponent of the blocks' width
         * @param ey exponent of the blocks' height
         */
        Part(final Area band, final int planes, final Area area, final int ex, final int ey) {
            this.planes = planes;
            this.band = band;
            this.area = area;
            this.ex = ex;
            this.ey = ey;
            columns = area.isEmpty() ? 0 : (area.x1() - 1 >> ex) - (area.x0() >> ex) + 1;
            final int rows = area.isEmpty() ? 0 : (area.y1() - 1 >> ey) - (area.y0() >> ey) + 1;
            blocks = new CodeBlock[columns * rows];
            inclusion = blocks.length == 0 ? null : new TagTree(columns, rows);
            emptyPlanes = blocks.length == 0 ? null : new TagTree(columns, rows);
        }

        /** Where a block lies, counted from the first column and row of the band. */
        Area place(final int block) {
            final Area cell =
                    area.cell((area.x0() >> ex) + block % columns, (area.y0() >> ey) + block / columns, ex, ey);
            return new Area(cell.x0() - band.x0(), cell.y0() - band.y0(), cell.x1() - band.x0(), cell.y1() - band.y0());
        }

        /** Whether a block that was not included before is included in a layer. */
        boolean included(final int block, final int layer, final PacketBits bits) throws IOException {
            return inclusion.below(layer + 1, block % columns, block / columns, bits);
        }

        /** Reads how many of a block's bit-planes are empty. */
        int readEmptyPlanes(final int block, final PacketBits bits) throws IOException {
            return emptyPlanes.value(block % columns, block / columns, planes, bits);
        }
    }

    final int component;

    final int resolution;

    /** Number within its resolution. */
    final int index;

    /** Where it stands in progressions by position: column of the reference grid. */
    final long x;

    /** Where it stands in progressions by position: row of the reference grid. */
    final long y;

    final CodingStyle style;

    final Part[] parts;

    /** The layer that comes next. */
    int nextLayer;

    Precinct(
            final int component,
            final int resolution,
            final int index,
            final long x,
            final long y,
            final CodingStyle style,
            final Part[] parts) {
        this.component = component;
        this.resolution = resolution;
        this.index = index;
        this.x = x;
        this.y = y;
        this.style = style;
        this.parts = parts;
    }
}
