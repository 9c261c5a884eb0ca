package org.selfdiff.stages.diffusion;

import java.util.List;
import java.util.Optional;
import org.selfdiff.diffusion.SampleRows;
import org.selfdiff.model.Standardisation;
import org.selfdiff.tensors.Tensor;
import org.selfdiff.tensors.TensorScope;

/**
 * Pictures that are drawn from embeddings, one token each.
 *
 * @param embeddings one for each picture, all of the same width
 * @param standardisation how they are scaled; empty for a model that was told them as they are
 * @param guidance scale of guidance; with 1 the network is not asked without condition
 */
record ToldRows(List<float[]> embeddings, Optional<Standardisation> standardisation, double guidance)
        implements SampleRows {
    @Override
    public int count() {
        return embeddings.size();
    }

    @Override
    public List<Tensor> inputs(final TensorScope scope, final int first, final int n) {
        final int width = embeddings.get(0).length;
        final int rows = guidance == 1 ? n : 2 * n;
        final float[] values = new float[rows * width]; // zeros mean: without condition
        for (int i = 0; i < n; i++) {
            final float[] embedding = embeddings.get(first + i);
            if (standardisation.isPresent()) {
                standardisation.get().apply(embedding, values, i * width);
            } else {
                System.arraycopy(embedding, 0, values, i * width, width);
            }
        }
        return List.of(scope.floats(values, rows, 1, width));
    }
}
