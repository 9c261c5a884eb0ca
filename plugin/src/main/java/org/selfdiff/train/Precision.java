package org.selfdiff.train;

/** The number type of training. Parameters and the optimiser's moments are 32-bit whatever it is. */
public enum Precision {
    /** {@link #BF16} where the processor or GPU computes it natively, else {@link #FP32}. */
    AUTO,

    /** 32-bit floats throughout. */
    FP32,

    /** The network's layers in 16-bit brain floats, the loss in 32 bits. */
    BF16
}
