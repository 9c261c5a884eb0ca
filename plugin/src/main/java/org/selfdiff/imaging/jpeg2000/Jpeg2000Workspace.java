package org.selfdiff.imaging.jpeg2000;

/**
 * Buffers that decoding needs and that the next picture of the same thread can use again. Not for two threads at once.
 * It grows to the largest picture it has met: about 16 bytes for each of its samples.
 */
public final class Jpeg2000Workspace {
    /** Bands HL, LH, HH, and two for the resolutions that are not the last; after them one for each component. */
    static final int FIRST_COMPONENT = 5;

    private static final int SLOTS = FIRST_COMPONENT + 4;

    private final int[][] wholes = new int[SLOTS][0];

    private final float[][] reals = new float[SLOTS][0];

    private final BlockDecoder blocks = new BlockDecoder();

    private final ReversibleWavelet reversible = new ReversibleWavelet();

    private final IrreversibleWavelet irreversible = new IrreversibleWavelet();

    BlockDecoder blocks() {
        return blocks;
    }

    ReversibleWavelet reversible() {
        return reversible;
    }

    IrreversibleWavelet irreversible() {
        return irreversible;
    }

    /** A buffer of at least {@code size} whole numbers, with whatever was left in it. */
    int[] wholes(final int slot, final int size) {
        if (wholes[slot].length < size) {
            wholes[slot] = new int[size];
        }
        return wholes[slot];
    }

    /** A buffer of at least {@code size} real numbers, with whatever was left in it. */
    float[] reals(final int slot, final int size) {
        if (reals[slot].length < size) {
            reals[slot] = new float[size];
        }
        return reals[slot];
    }
}
