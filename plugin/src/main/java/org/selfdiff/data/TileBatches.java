package org.selfdiff.data;

import java.util.ArrayList;
import java.util.List;
import org.selfdiff.data.Augmentation.ColourChange;
import org.selfdiff.imaging.LabelMap;
import org.selfdiff.imaging.SeededRandom;
import org.selfdiff.imaging.stain.StainMix;
import org.selfdiff.imaging.stain.StainVectors;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.run.Workers;

/**
 * Batches out of a list of tiles, whose pixels are read when they are needed. The batch of a step is a function of
 * (seed, step) alone: it depends neither on threads nor on which batches were asked for before, so that a run goes on
 * where it stopped. Tiles come in a new order in each epoch, each exactly once; a batch may reach into the next epoch,
 * so that a list shorter than a batch works too.
 */
public final class TileBatches {
    private static final long ORDER = 1;

    private static final long CHANGE = 2;

    private final List<Tile> tiles;

    private final BatchSettings settings;

    private final PictureCache cache;

    private final int width;

    private final int height;

    private record Epoch(long index, int[] order) {}

    private volatile Epoch lastEpoch = new Epoch(-1, new int[0]);

    /**
     * Batches of tiles.
     *
     * @throws RunFailed if there are none, if their sizes differ, or if a mask is wanted and missing
     */
    public TileBatches(final List<Tile> tiles, final BatchSettings settings, final PictureCache cache)
            throws RunFailed {
        if (tiles.isEmpty()) {
            throw new RunFailed("There are no tiles", "table of tiles", "Check the node that makes the tiles.");
        }
        this.tiles = List.copyOf(tiles);
        this.settings = settings;
        this.cache = cache;
        width = tiles.get(0).width();
        height = tiles.get(0).height();
        for (int i = 0; i < tiles.size(); i++) {
            check(tiles.get(i), i + 1);
        }
    }

    private void check(final Tile tile, final int row) throws RunFailed {
        if (tile.width() != width || tile.height() != height) {
            throw new RunFailed(
                    "The tile has " + tile.width() + " x " + tile.height() + " pixels, the first one " + width + " x "
                            + height,
                    "row " + row + ", " + tile.place(),
                    "Cut all tiles with one size.");
        }
        if (settings.labels().isPresent() && tile.mask().isEmpty()) {
            throw new RunFailed(
                    "The tile has no mask",
                    "row " + row + ", " + tile.place(),
                    "Give only labelled tiles to this step, such as those of the Tile Partitioner's labelled port.");
        }
    }

    /** Number of tiles. */
    public int size() {
        return tiles.size();
    }

    /** Width of every tile in pixels. */
    public int width() {
        return width;
    }

    /** Height of every tile in pixels. */
    public int height() {
        return height;
    }

    /** Steps after which each tile was seen once, rounded up. */
    public long stepsPerEpoch() {
        return (tiles.size() + settings.batchSize() - 1L) / settings.batchSize();
    }

    /**
     * The batch of a training step, in random order and augmented. Its tiles are read beside each other where threads of
     * {@link Workers} ask.
     *
     * @param step from 0
     * @param control of the reading
     * @throws RunFailed if a picture or mask cannot be read
     */
    public Batch batch(final long step, final RunControl control) throws RunFailed, RunCancelled {
        return read(chosen(step), settings.augmentation(), step, control);
    }

    private List<Tile> chosen(final long step) {
        final List<Tile> chosen = new ArrayList<>();
        for (int i = 0; i < settings.batchSize(); i++) {
            final long position = Math.addExact(Math.multiplyExact(step, settings.batchSize()), i);
            chosen.add(tiles.get(order(position / tiles.size())[(int) (position % tiles.size())]));
        }
        return chosen;
    }

    /**
     * Tiles in the order of the list and as they are: for validation and prediction.
     *
     * @param from index of the first
     * @param count how many; fewer at the end of the list
     * @param control of the reading
     */
    public Batch inOrder(final int from, final int count, final RunControl control) throws RunFailed, RunCancelled {
        return read(tiles.subList(from, Math.min(tiles.size(), from + count)), Augmentation.none(), 0, control);
    }

    private int[] order(final long epoch) {
        Epoch known = lastEpoch;
        if (known.index != epoch) {
            known = new Epoch(epoch, new SeededRandom(settings.seed(), ORDER, epoch).permutation(tiles.size()));
            lastEpoch = known;
        }
        return known.order;
    }

    private Batch read(
            final List<Tile> chosen, final Augmentation augmentation, final long step, final RunControl control)
            throws RunFailed, RunCancelled {
        final int channels = settings.channels();
        final int plane = width * height;
        final int count = chosen.size();
        final byte[] pixels = new byte[Math.multiplyExact(count * channels, plane)];
        final byte[] labels = new byte[settings.labels().isPresent() ? count * plane : 0];
        final float[] colours = new float[augmentation.colours() ? count * ColourChange.COLUMNS : 0];
        Workers.<Void>shared(
                count,
                (i, c) -> {
                    final Tile tile = chosen.get(i);
                    final SeededRandom random = new SeededRandom(settings.seed(), CHANGE, step, i);
                    final TilePixels writer =
                            new TilePixels(width, height, augmentation.position(random, width == height));
                    if (colours.length > 0) {
                        augmentation.colourChange(random, stains(tile)).write(colours, i * ColourChange.COLUMNS);
                    }
                    writer.planes(cache.pixels(tile, c), channels, pixels, i * channels * plane);
                    if (settings.labels().isPresent()) {
                        writer.labels(mask(tile, settings.labels().get(), c), labels, i * plane);
                    }
                    return null;
                },
                control);
        return new Batch(pixels, labels, colours, channels, height, width, List.copyOf(chosen));
    }

    /** Those of the look that the tile is brought to, where it has stains. */
    private static StainMix stains(final Tile tile) {
        return tile.stain().isPresent() && tile.stain().get().target() instanceof StainVectors fitted
                ? fitted.mix()
                : StainMix.hed();
    }

    private LabelMap mask(final Tile tile, final ClassLabels wanted, final RunControl control)
            throws RunFailed, RunCancelled {
        final LabelMap mask = cache.labels(tile, wanted, control);
        final int classes = wanted.names().size();
        if (mask.max() >= classes) {
            throw new RunFailed(
                    "The mask holds the label " + mask.max() + ", but there are " + classes + " classes (0 to "
                            + (classes - 1) + ")",
                    "mask " + tile.mask().orElseThrow().file() + ", tile at column " + tile.x() + ", row " + tile.y(),
                    "Name a class for every label, the first for background, or choose that any non-zero pixel is foreground.");
        }
        return mask;
    }
}
