package org.selfdiff.imaging.phantom;

import java.util.List;
import org.selfdiff.imaging.SeededRandom;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.run.Workers;

/**
 * Patches of tissue of which slides are laid: amounts of stain, sharp and out of focus. A plane is cut into cells with wavy
 * borders; each cell shows one of the patches of its class in one of eight turns. Drawing a patch takes about a second, so
 * that the slides of a set share one bank.
 */
public final class TextureBank {
    private static final int STANDARD_CELL = 384;

    private static final int LEAST_CELL = 64;

    /** How far a cell's border strays. */
    static final int STRAY = 28;

    private static final int MARGIN = 32;

    /** Nuclei of tumour are so much larger. */
    private static final double LARGER = 1.35;

    /** Amounts at a pixel: hematoxylin, eosin, blood. */
    static final int STAINS = 3;

    /** The classes of patches. */
    enum Texture {
        /** Fibres. */
        FIBROUS(Scene.Kind.STROMA, 1),
        /** Fibres and many lymphocytes. */
        INFLAMED(Scene.Kind.INFLAMED, 1),
        /** Glands in fibres. */
        GLANDULAR(Scene.Kind.GLANDS, 1),
        /** Sheets of large cells. */
        DENSE(Scene.Kind.SHEET, LARGER);

        private final Scene.Kind kind;

        private final double enlarged;

        Texture(final Scene.Kind kind, final double enlarged) {
            this.kind = kind;
            this.enlarged = enlarged;
        }
    }

    private static final int VARIANTS = 2;

    /**
     * A patch.
     *
     * @param sharp amounts at every pixel, those of a pixel side by side
     * @param soft the same, out of focus
     */
    record Patch(float[] sharp, float[] soft) {}

    private final int cell;

    private final long seed;

    private final List<Patch> patches;

    private TextureBank(final int cell, final long seed, final List<Patch> patches) {
        this.cell = cell;
        this.seed = seed;
        this.patches = List.copyOf(patches);
    }

    /**
     * Side of a cell that suits a slide: smaller for small slides, so that they show several cells and cost little.
     *
     * @param width of the slide in pixels
     * @param height of the slide in pixels
     */
    public static int cellFor(final int width, final int height) {
        return Math.max(LEAST_CELL, Math.min(STANDARD_CELL, Math.min(width, height) / 6));
    }

    /**
     * Draws a bank.
     *
     * @param cell side of a cell in pixels, at least 64
     * @param mpp micrometres along the side of a pixel
     * @param seed of the bank
     * @param workers draw the patches
     */
    public static TextureBank draw(
            final int cell, final double mpp, final long seed, final Workers workers, final RunControl control)
            throws RunFailed, RunCancelled {
        final int count = Texture.values().length * VARIANTS;
        return new TextureBank(cell, seed, workers.parts(count, (i, c) -> patch(i, cell, mpp, seed, c), control));
    }

    /** The patches of a class are neighbours. */
    private static Patch patch(
            final int index, final int cell, final double mpp, final long seed, final RunControl control)
            throws RunCancelled {
        final Texture texture = Texture.values()[index / VARIANTS];
        final SeededRandom random = new SeededRandom(seed, texture.ordinal(), index % VARIANTS);
        return draw(cell + 2 * MARGIN, texture, 0.5 / mpp, random, control);
    }

    private static Patch draw(
            final int side,
            final Texture texture,
            final double scale,
            final SeededRandom random,
            final RunControl control)
            throws RunCancelled {
        final Specimen specimen = new Specimen(side, side, scale * texture.enlarged, control);
        Scene.arrange(specimen, texture.kind, random);
        level(specimen.hematoxylin);
        level(specimen.eosin);
        return new Patch(interleaved(specimen, 0.7 * scale), interleaved(specimen, 4.5 * scale));
    }

    /** Takes out what is darker on one side than on the other, by which a repeated patch would be noticed. */
    private static void level(final Plane plane) {
        final int squares = 5;
        final double side = (double) plane.width() / squares;
        final double[] sums = new double[squares * squares];
        double all = 0;
        for (int i = 0; i < plane.values().length; i++) {
            final int at = (int) (i / plane.width() / side) * squares + (int) (i % plane.width() / side);
            sums[at] += plane.values()[i];
            all += plane.values()[i];
        }
        for (int i = 0; i < plane.values().length; i++) {
            final double gx = Math.max(0, Math.min(squares - 1.001, (i % plane.width() + 0.5) / side - 0.5));
            final double gy = Math.max(0, Math.min(squares - 1.001, (i / plane.width() + 0.5) / side - 0.5));
            final int at = (int) gy * squares + (int) gx;
            final double tx = gx - (int) gx;
            final double ty = gy - (int) gy;
            final double local = (sums[at] * (1 - tx) + sums[at + 1] * tx) * (1 - ty)
                    + (sums[at + squares] * (1 - tx) + sums[at + squares + 1] * tx) * ty;
            plane.values()[i] *= (float) Math.max(0.5, Math.min(2, all / (squares * squares) / (local + 1e-9)));
        }
    }

    private static float[] interleaved(final Specimen specimen, final double blur) throws RunCancelled {
        final Plane[] planes = {
            specimen.hematoxylin.blurred(blur, specimen.control),
            specimen.eosin.blurred(blur, specimen.control),
            specimen.blood.blurred(blur, specimen.control)
        };
        final float[] out = new float[STAINS * planes[0].values().length];
        for (int i = 0; i < out.length; i++) {
            out[i] = planes[i % STAINS].values()[i / STAINS];
        }
        return out;
    }

    int cell() {
        return cell;
    }

    /** Which patch a cell of a class shows, and in which turn: {@code 8 * patch + turn}. */
    int choice(final long slide, final Texture texture, final long column, final long row) {
        final long hash = SeededRandom.mix(seed, slide, texture.ordinal(), column, row);
        final int variant = (int) Math.floorMod(hash >> 8, (long) VARIANTS);
        return 8 * (VARIANTS * texture.ordinal() + variant) + (int) (hash & 7);
    }

    Patch patch(final int choice) {
        return patches.get(choice / 8);
    }

    /**
     * Place of a pixel in the patch's arrays.
     *
     * @param x column in the cell, {@code -STRAY} to {@code cell + STRAY}
     * @param y row in the cell
     */
    int index(final int choice, final int x, final int y) {
        final int side = cell + 2 * MARGIN;
        int u = x + MARGIN;
        int v = y + MARGIN;
        if ((choice & 4) != 0) {
            final int swap = u;
            u = v;
            v = swap;
        }
        u = (choice & 1) != 0 ? side - 1 - u : u;
        v = (choice & 2) != 0 ? side - 1 - v : v;
        return STAINS * (v * side + u);
    }
}
