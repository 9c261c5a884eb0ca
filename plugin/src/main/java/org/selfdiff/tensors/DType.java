package org.selfdiff.tensors;

import ai.djl.ndarray.types.DataType;

/** Element type of a tensor that Java can see. BF16 lives inside scripts only. */
public enum DType {
    /** 32-bit floating point. */
    FLOAT32(DataType.FLOAT32, 4),
    /** 64-bit floating point. */
    FLOAT64(DataType.FLOAT64, 8),
    /** 16-bit floating point. */
    FLOAT16(DataType.FLOAT16, 2),
    /** 64-bit integer. */
    INT64(DataType.INT64, 8),
    /** 32-bit integer. */
    INT32(DataType.INT32, 4),
    /** 0 to 255. */
    UINT8(DataType.UINT8, 1),
    /** Truth value, one byte. */
    BOOL(DataType.BOOLEAN, 1);

    private final DataType djl;

    private final int bytes;

    DType(final DataType djl, final int bytes) {
        this.djl = djl;
        this.bytes = bytes;
    }

    /** Bytes of one element. */
    public int bytes() {
        return bytes;
    }

    DataType djl() {
        return djl;
    }

    static DType of(final DataType type) {
        for (final DType t : values()) {
            if (t.djl == type) {
                return t;
            }
        }
        throw new TensorFailure("A script returned a tensor of type " + type + ": convert it inside the script.", null);
    }
}
