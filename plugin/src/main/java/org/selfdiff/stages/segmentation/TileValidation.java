package org.selfdiff.stages.segmentation;

import java.util.List;
import org.selfdiff.data.BatchUpload;
import org.selfdiff.data.TileBatches;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.tensors.Tensor;
import org.selfdiff.tensors.TensorScope;
import org.selfdiff.train.LossValidation;

/**
 * Labelled tiles as validation data, in the order of the list and as they are.
 *
 * @param tiles the held-out tiles
 * @param batchSize tiles at once
 * @param upload makes tensors of them
 */
record TileValidation(TileBatches tiles, int batchSize, BatchUpload upload) implements LossValidation {
    @Override
    public int batches() {
        return (tiles.size() + batchSize - 1) / batchSize;
    }

    @Override
    public double share(final int batch) {
        return (double) Math.min(batchSize, tiles.size() - batch * batchSize) / tiles.size();
    }

    @Override
    public List<Tensor> inputs(final int batch, final TensorScope scope, final RunControl control)
            throws RunFailed, RunCancelled {
        return upload.tensors(tiles.inOrder(batch * batchSize, batchSize, control), scope);
    }
}
