package org.selfdiff.nn;

import java.util.List;

/** A network whose one function turns pictures into vectors. */
public interface PictureEmbedding extends Network, NetworkFunction {
    /** The function {@code x -> vectors} (batch, numbers). */
    String EMBED = "embed";

    /** Numbers of a vector. */
    int size();

    @Override
    default List<NetworkFunction> functions() {
        return List.of(this);
    }

    @Override
    default String name() {
        return EMBED;
    }
}
