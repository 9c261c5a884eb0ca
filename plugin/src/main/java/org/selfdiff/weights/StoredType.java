package org.selfdiff.weights;

import java.util.Optional;

/**
 * Element types that are read here, by their names in safetensors; F16 and BF16 are widened to float without loss.
 */
public enum StoredType {
    /** 64-bit floating point. */
    F64(8),
    /** 32-bit floating point. */
    F32(4),
    /** 16-bit floating point of IEEE 754. */
    F16(2),
    /** The upper half of a 32-bit float. */
    BF16(2),
    /** 64-bit integer. */
    I64(8),
    /** 32-bit integer. */
    I32(4),
    /** 16-bit integer. */
    I16(2),
    /** 8-bit integer. */
    I8(1),
    /** 0 to 255. */
    U8(1),
    /** Truth value, one byte. */
    BOOL(1);

    private final int bytes;

    StoredType(final int bytes) {
        this.bytes = bytes;
    }

    /** Bytes of one element. */
    public int bytes() {
        return bytes;
    }

    /** Whether it is a floating-point type; the others hold whole numbers or truth values. */
    public boolean floating() {
        return this == F64 || this == F32 || this == F16 || this == BF16;
    }

    static Optional<StoredType> of(final String name) {
        for (final StoredType t : values()) {
            if (t.name().equals(name)) {
                return Optional.of(t);
            }
        }
        return Optional.empty();
    }
}
