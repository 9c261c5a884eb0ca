package org.selfdiff.nn.vit;

import java.util.List;
import org.selfdiff.nn.Network;
import org.selfdiff.nn.NetworkFunction;
import org.selfdiff.nn.Ops;

/**
 * A vision transformer with DINO's head on its class token, for views of two sizes; the table of positions is brought to
 * either. The transformer's parameters have the names that they have without the head.
 *
 * @param spec sizes of the transformer
 * @param large side of the large views in pixels, a multiple of the patch's side
 * @param small side of the small views in pixels, a multiple of the patch's side
 * @param head what stands on it
 */
public record DinoNetwork(VitSpec spec, int large, int small, DinoHead head) implements Network {
    /** The function {@code x -> outputs} of large views. */
    public static final String LARGE = "large_views";

    /** The function {@code x -> outputs} of small views. */
    public static final String SMALL = "small_views";

    /** Refuses a head of another width. */
    public DinoNetwork {
        if (head.width() != spec.width()) {
            throw new IllegalArgumentException("a head for " + head.width() + " numbers on " + spec.width());
        }
    }

    @Override
    public List<NetworkFunction> functions() {
        return List.of(
                new Views(LARGE, new Vit(spec, large, large), head),
                new Views(SMALL, new Vit(spec, small, small), head));
    }

    private record Views(String name, Vit vit, DinoHead head) implements NetworkFunction {
        @Override
        public List<Input> inputs() {
            return List.of(Input.of("x", 1, vit.spec().channels(), vit.height(), vit.width()));
        }

        @Override
        public <T> List<T> apply(final Ops<T> ops, final List<T> inputs) {
            final T classToken = ops.slice(vit.tokens(ops, inputs.get(0)), 1, 0, 1);
            return List.of(head.forward(ops, ops.reshape(classToken, 0, -1)));
        }
    }
}
