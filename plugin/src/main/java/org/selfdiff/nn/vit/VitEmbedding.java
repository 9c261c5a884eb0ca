package org.selfdiff.nn.vit;

import java.util.List;
import org.selfdiff.nn.Ops;
import org.selfdiff.nn.PictureEmbedding;

/**
 * A vision transformer as what turns pictures into vectors: class token first, then the mean of the patches. Its
 * parameters are those of the transformer.
 *
 * @param vit the transformer
 * @param global whether the class token is part of the vector
 * @param patches whether the mean of the patches' tokens is; registers never are, as in Virchow2 (arXiv 2408.00738)
 */
public record VitEmbedding(Vit vit, boolean global, boolean patches) implements PictureEmbedding {

    /** Refuses a vector of nothing. */
    public VitEmbedding {
        if (!global && !patches) {
            throw new IllegalArgumentException("neither class token nor patches");
        }
    }

    @Override
    public int size() {
        return global && patches ? 2 * vit.spec().width() : vit.spec().width();
    }

    @Override
    public List<Input> inputs() {
        return List.of(Input.of("x", 1, vit.spec().channels(), vit.height(), vit.width()));
    }

    @Override
    public <T> List<T> apply(final Ops<T> ops, final List<T> inputs) {
        final T tokens = vit.tokens(ops, inputs.get(0));
        final T first = ops.slice(tokens, 1, 0, 1);
        final int before = vit.spec().extraTokens();
        T vector = first;
        if (patches) {
            final T mean = ops.mean(ops.slice(tokens, 1, before, -1), 1);
            vector = global ? ops.join(first, mean, 2) : mean;
        }
        return List.of(ops.reshape(vector, 0, -1));
    }
}
