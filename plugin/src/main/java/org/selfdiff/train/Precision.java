package org.selfdiff.train;

/** The number type of training. Parameters and the optimiser's moments are 32-bit whatever it is. */
public enum Precision {
    /**
     * {@link #BF16} on a GPU, {@link #FP32} on a processor: with two threads bf16 saves a tenth of the time there when
     * nothing else runs, and takes two to four times as long when much does.
     */
    AUTO,

    /** 32-bit floats throughout. */
    FP32,

    /** The network's layers in 16-bit brain floats, the loss in 32 bits. */
    BF16
}
