package org.selfdiff.model.foreign;

import java.util.Optional;
import org.selfdiff.nn.Resize;

/**
 * What names and shapes cannot tell; 0 and empty take what is usual.
 *
 * @param heads heads of attention of a transformer
 * @param side of the pictures in pixels
 * @param positions how a transformer's table of positions is brought to another number of patches
 * @param groups of the normalisations of an autoencoder, usually 32
 * @param latentScale what an autoencoder's latents are multiplied with
 */
public record Hints(int heads, int side, Optional<Resize> positions, int groups, double latentScale) {

    /** Nothing is known. */
    public static Hints none() {
        return new Hints(0, 0, Optional.empty(), 0, 0);
    }
}
