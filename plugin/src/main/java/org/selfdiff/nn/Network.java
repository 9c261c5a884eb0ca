package org.selfdiff.nn;

/** A network that maps a picture and its time-step to a picture of the same size. */
public interface Network {

    /** Channels of the picture that goes in. */
    int inputChannels();

    /** Sides of pictures must be multiples of this. */
    int sideMultiple();

    /**
     * Describes the network.
     *
     * @param x (batch, {@link #inputChannels()}, height, width)
     * @param t time-steps (batch)
     * @return a picture of the same height and width
     */
    <T> T forward(Ops<T> ops, T x, T t);
}
