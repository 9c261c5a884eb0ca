package org.selfdiff.nn;

/** The number type in which a network computes. Parameters are kept in 32 bits whatever it is. */
public enum ComputeType {
    /** 32-bit floats. */
    FLOAT32(6),

    /** 16-bit brain floats: the range of 32-bit floats with 8 bits of precision. */
    BFLOAT16(15);

    private final int torchCode;

    ComputeType(final int torchCode) {
        this.torchCode = torchCode;
    }

    /** The number by which TorchScript knows the type. */
    int torchCode() {
        return torchCode;
    }
}
