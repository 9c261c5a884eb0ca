package org.selfdiff.stages.diffusion;

import java.util.List;
import java.util.Optional;
import org.selfdiff.data.Augmentation;
import org.selfdiff.data.BatchSettings;
import org.selfdiff.data.BatchUpload;
import org.selfdiff.data.PictureCache;
import org.selfdiff.data.Tile;
import org.selfdiff.data.TileBatches;
import org.selfdiff.diffusion.SampleRows;
import org.selfdiff.model.ModelInput;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.tensors.ScriptModule;
import org.selfdiff.tensors.Tensor;
import org.selfdiff.tensors.TensorScope;

/**
 * Rows whose pictures start from tiles: from their pixels, or their latents, to which noise is added (SDEdit, Meng et al.,
 * arXiv 2108.01073).
 */
final class StartingTiles implements SampleRows, AutoCloseable {
    private final SampleRows rows;

    private final PictureCache cache = PictureCache.standard();

    private final TileBatches batches;

    private final BatchUpload upload;

    private final Encoding encoding;

    /** Planes of a tile as they are noised. */
    @FunctionalInterface
    private interface Encoding {
        float[] of(Tensor pixels, TensorScope scope);
    }

    private final TensorScope scope;

    private final RunControl control;

    /**
     * Starts.
     *
     * @param rows what the rows are told
     * @param tiles one for each row, of the model's side
     * @param module with the coder's methods, where the model works in latents
     * @param parameters the coder's, in {@code scope}
     */
    StartingTiles(
            final SampleRows rows,
            final List<Tile> tiles,
            final Denoiser model,
            final ScriptModule module,
            final List<Tensor> parameters,
            final TensorScope scope,
            final RunControl control)
            throws RunFailed {
        final BatchSettings settings = BatchSettings.pictures(1, 0, Augmentation.none())
                .withChannels(model.pixels().channels());
        this.rows = rows;
        batches = new TileBatches(tiles, settings, cache);
        upload = new BatchUpload(settings);
        final Optional<LatentCoder> coder = model.coder();
        encoding = (pixels, own) ->
                coder.isPresent() ? coder.get().encode(module, own, pixels, parameters) : pixels.toFloats();
        this.scope = scope;
        this.control = control;
    }

    /** Refuses tiles that a model does not draw pictures of. */
    static void require(final List<Tile> tiles, final int rows, final ModelInput.Pixels model) throws RunFailed {
        if (tiles.size() != rows) {
            throw new RunFailed(
                    "There are " + tiles.size() + " tiles to start from, and " + rows + " pictures to draw",
                    "port \"Tiles\"",
                    "Give one tile for each picture.");
        }
        for (int i = 0; i < rows; i++) {
            final Tile tile = tiles.get(i);
            if (tile.width() != model.side() || tile.height() != model.side()) {
                throw new RunFailed(
                        "The tile to start from has " + tile.width() + " x " + tile.height()
                                + " pixels, the model draws pictures of " + model.side() + " x " + model.side(),
                        "row " + (i + 1) + ", " + tile.place(),
                        "Cut tiles of the size that the model was trained with.");
            }
        }
    }

    @Override
    public int count() {
        return rows.count();
    }

    @Override
    public List<Tensor> inputs(final TensorScope own, final int first, final int n) throws RunFailed, RunCancelled {
        return rows.inputs(own, first, n);
    }

    @Override
    public Optional<float[]> picture(final int row) throws RunFailed, RunCancelled {
        try (TensorScope own = scope.child()) {
            return Optional.of(encoding.of(
                    upload.tensors(batches.inOrder(row, 1, control.part(0, 0)), own)
                            .get(0),
                    own));
        }
    }

    @Override
    public void close() {
        upload.close();
        cache.close();
    }
}
