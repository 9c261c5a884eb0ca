package org.selfdiff.imaging.phantom;

import java.util.List;
import org.selfdiff.imaging.LabelMap;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.SeededRandom;
import org.selfdiff.imaging.annotation.Annotations;
import org.selfdiff.imaging.annotation.PixelGrid;
import org.selfdiff.imaging.annotation.Region;
import org.selfdiff.imaging.phantom.TextureBank.Patch;
import org.selfdiff.imaging.phantom.TextureBank.Texture;

/**
 * A synthetic slide of any size and what it truly shows: pieces of tissue on glass with holes, regions of tumour and of
 * normal glands in connective tissue, and what disturbs real slides. Every pixel is a function of seed, number and place,
 * so that slides of gigapixels are drawn tile by tile, by any number of threads. It resembles a slide, and is no model of any
 * disease.
 */
public final class SlidePhantom {
    /** Hematoxylin that tumour takes beyond other tissue, at a contrast of 1. */
    private static final double NEST = 0.25;

    private static final long LAYOUT = 11;

    private static final long STAIN = 12;

    private static final long DISTURB = 13;

    private final SlideForm form;

    private final TextureBank bank;

    private final long key;

    private final Annotations annotations;

    private final List<Region> tissue;

    private final SlideStaining staining;

    private final Disturbances disturbances;

    private final NoiseField warpX;

    private final NoiseField warpY;

    private final NoiseField blue;

    private final NoiseField pink;

    private final NoiseField strands;

    private final NoiseField inflamed;

    private SlidePhantom(final SlideForm form, final long seed, final int index, final TextureBank bank) {
        this.form = form;
        this.bank = bank;
        key = SeededRandom.mix(seed, index);
        final SlideLayout layout = SlideLayout.draw(form, new SeededRandom(seed, index, LAYOUT));
        annotations = Annotations.of(layout.annotations(), List.of());
        tissue = layout.tissue();
        staining = new SlideStaining(form.stain(), new SeededRandom(seed, index, STAIN));
        disturbances = new Disturbances(form, layout, new SeededRandom(seed, index, DISTURB));
        final double scale = 0.5 / form.mpp();
        warpX = new NoiseField(key + 1, 110, 2);
        warpY = new NoiseField(key + 2, 110, 2);
        blue = new NoiseField(key + 3, 1500 * scale, 5);
        pink = new NoiseField(key + 4, 1100 * scale, 5);
        strands = new NoiseField(key + 5, 420 * scale, 4);
        inflamed = new NoiseField(key + 6, 1800 * scale, 4);
    }

    /**
     * Lays out a slide; its pixels are drawn when they are asked for.
     *
     * @param seed of the set
     * @param index of the slide in the set
     * @param bank of the set, drawn for the same size of a pixel
     */
    public static SlidePhantom draw(final SlideForm form, final long seed, final int index, final TextureBank bank) {
        return new SlidePhantom(form, seed, index, bank);
    }

    /** What it was asked to be like. */
    public SlideForm form() {
        return form;
    }

    /** Regions of all classes, which together are all tissue and of which no two share a place. */
    public List<Region> annotations() {
        return annotations.regions();
    }

    /** All tissue: each piece without its holes. */
    public List<Region> tissue() {
        return tissue;
    }

    /** What a place is. */
    public TissueKind labelAt(final double x, final double y) {
        final List<Region> here = annotations.at(x, y);
        return TissueKind.of(here.isEmpty() ? "" : here.get(0).className());
    }

    /**
     * {@link TissueKind#label()} on a grid of square cells, by what lies at their centres.
     *
     * @param x left column of the first cell
     * @param y upper row of the first cell
     * @param step pixels along the side of a cell
     */
    public LabelMap labels(final int x, final int y, final int columns, final int rows, final int step) {
        return annotations.rasterize(new PixelGrid(x, y, step, columns, rows), TissueKind.titles());
    }

    /** 1 where ink of a pen covers the centre of a cell, on a grid as for {@link #labels}. */
    public LabelMap ink(final int x, final int y, final int columns, final int rows, final int step) {
        final int[] ink = new int[Math.multiplyExact(columns, rows)];
        for (int i = 0; i < ink.length; i++) {
            final double px = x + (i % columns + 0.5) * step;
            ink[i] = disturbances.inked(px, y + (i / columns + 0.5) * step) ? 1 : 0;
        }
        return new LabelMap(columns, rows, ink);
    }

    /** The pixels of a rectangle of level 0. */
    public Picture region(final int x, final int y, final int width, final int height) {
        final float[] light = new float[3 * width * height];
        java.util.Arrays.fill(light, 1);
        // one more pixel on every side, for the softness of the borders
        final int[] labels = labels(x - 1, y - 1, width + 2, height + 2, 1).labels();
        boolean tissue = false;
        for (final int label : labels) {
            tissue |= label != 0;
        }
        if (tissue) {
            stain(light, labels, x, y, width, height);
        }
        disturbances.dim(light, x, y, width, height);
        return new Picture(width, height, exposed(light, x, y, width, height));
    }

    private void stain(
            final float[] light, final int[] labels, final int x, final int y, final int width, final int height) {
        final float[] dx = warpX.fill(x, y, width, height);
        final float[] dy = warpY.fill(x, y, width, height);
        final float[] h = blue.fill(x, y, width, height);
        final float[] e = pink.fill(x, y, width, height);
        final float[] s = strands.fill(x, y, width, height);
        final float[] n = inflamed.fill(x, y, width, height);
        final boolean blurs = disturbances.blurs(x, y, width, height);
        final double[] amounts = new double[TextureBank.STAINS];
        final Cell cell = new Cell();
        for (int i = 0; i < width * height; i++) {
            final int at = (i / width + 1) * (width + 2) + i % width + 1;
            final double cover = cover(labels, at, width + 2);
            if (cover == 0) {
                continue;
            }
            final TissueKind kind = TissueKind.values()[labels[at] != 0 ? labels[at] : nearest(labels, at, width + 2)];
            final int px = x + i % width;
            final int py = y + i / width;
            cell.move(texture(kind, s[i], n[i]), px, py, dx[i], dy[i]);
            cell.amounts(amounts, px, py, blurs ? disturbances.blur(px, py) : 0);
            // strands of a tumour's stroma stay pink, its nests turn blue
            final double nest = kind == TissueKind.TUMOR ? NEST * form.contrast() : 0;
            final double hematoxylin = cover * amounts[0] * Math.max(0.3, 1 + nest + 0.3 * h[i]);
            final double second = cover * amounts[1] * Math.max(0.3, 1 + 0.28 * e[i]) * staining.second(kind);
            for (int c = 0; c < 3; c++) {
                light[3 * i + c] = staining.passes(c, hematoxylin, second, cover * amounts[2]);
            }
        }
    }

    /** Share of tissue in the 3 x 3 pixels round one. */
    private static double cover(final int[] labels, final int at, final int stride) {
        int count = 0;
        for (int row = at - stride; row <= at + stride; row += stride) {
            count += (labels[row - 1] != 0 ? 1 : 0) + (labels[row] != 0 ? 1 : 0) + (labels[row + 1] != 0 ? 1 : 0);
        }
        return count / 9.0;
    }

    private static int nearest(final int[] labels, final int at, final int stride) {
        for (int row = at - stride; row <= at + stride; row += stride) {
            for (int i = row - 1; i <= row + 1; i++) {
                if (labels[i] != 0) {
                    return labels[i];
                }
            }
        }
        return 0;
    }

    /** The cell of the bank that a pixel lies in; found anew only where it changes. */
    private final class Cell {
        private final int side = bank.cell();

        private final int stray = Math.min(TextureBank.STRAY, side / 8);

        private Texture texture;

        private long column;

        private long row = Long.MIN_VALUE;

        private long shift;

        private int choice;

        private Patch patch;

        void move(final Texture wanted, final int x, final int y, final float strayX, final float strayY) {
            final long r = Math.floorDiv(y + Math.round(stray * Math.max(-1, Math.min(1, strayY))), side);
            if (r != row) {
                row = r;
                texture = null;
                shift = Math.floorMod(SeededRandom.mix(key, r), (long) side); // as bricks lie, not as a chessboard
            }
            final long c = Math.floorDiv(x + shift + Math.round(stray * Math.max(-1, Math.min(1, strayX))), side);
            if (wanted != texture || c != column) {
                texture = wanted;
                column = c;
                choice = bank.choice(key, wanted, c, r);
                patch = bank.patch(choice);
            }
        }

        void amounts(final double[] out, final int x, final int y, final double blur) {
            final int index = bank.index(choice, (int) (x + shift - column * side), (int) (y - row * side));
            for (int k = 0; k < out.length; k++) {
                final float sharp = patch.sharp()[index + k];
                out[k] = blur == 0 ? sharp : sharp + blur * (patch.soft()[index + k] - sharp);
            }
        }
    }

    /** Tumour has strands of fibres between its nests. */
    private static Texture texture(final TissueKind kind, final float strand, final float cells) {
        if (kind == TissueKind.NORMAL) {
            return Texture.GLANDULAR;
        }
        if (kind == TissueKind.TUMOR && Math.abs(strand) > 0.09) {
            return Texture.DENSE;
        }
        return cells > 0.4 ? Texture.INFLAMED : Texture.FIBROUS;
    }

    /** From light to bytes, with the noise of the sensor. */
    private byte[] exposed(final float[] light, final int x, final int y, final int width, final int height) {
        final byte[] rgb = new byte[light.length];
        for (int i = 0; i < width * height; i++) {
            long z = key + (x + i % width) * 0x9e3779b97f4a7c15L + (y + i / width) * 0xc2b2ae3d27d4eb4fL;
            z = (z ^ z >>> 29) * 0xbf58476d1ce4e5b9L;
            z ^= z >>> 32;
            for (int c = 0; c < 3; c++) {
                // two numbers of 0 to 1023: their sum spreads as a triangle, here of standard deviation 1.2
                final int sum = (int) (z >>> 20 * c & 1023) + (int) (z >>> 20 * c + 10 & 1023);
                final double v = staining.white(c) * light[3 * i + c] + (sum - 1023) * (1.2 / 418);
                rgb[3 * i + c] = (byte) Math.max(0, Math.min(255, Math.round(v)));
            }
        }
        return rgb;
    }
}
