package org.selfdiff.weights;

import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import org.selfdiff.run.RunFailed;

/** Turns the bytes of a tensor into numbers. */
final class Numbers {
    private Numbers() {}

    /** Takes a piece, from the buffer's position 0 to its limit, in the buffer's byte order: whole elements. */
    @FunctionalInterface
    interface Piece {
        void take(ByteBuffer bytes);
    }

    /** Gives the bytes of a tensor piece by piece, from its first element on. */
    @FunctionalInterface
    interface Bytes {
        void scan(Piece piece) throws RunFailed;
    }

    static void floats(final StoredType type, final Bytes bytes, final FloatBuffer into) throws RunFailed {
        switch (type) {
            case F32 -> bytes.scan(b -> into.put(b.asFloatBuffer()));
            case F64 -> bytes.scan(b -> {
                while (b.hasRemaining()) {
                    into.put((float) b.getDouble());
                }
            });
            case F16 -> bytes.scan(b -> {
                while (b.hasRemaining()) {
                    into.put(HalfFloats.ofF16(b.getShort()));
                }
            });
            case BF16 -> bytes.scan(b -> {
                while (b.hasRemaining()) {
                    into.put(HalfFloats.ofBf16(b.getShort()));
                }
            });
            default -> throw new IllegalArgumentException(type + " as floats");
        }
    }

    static double[] doubles(final StoredType type, final Bytes bytes, final int length) throws RunFailed {
        final double[] out = new double[length];
        if (type == StoredType.F64) {
            final DoubleBuffer into = DoubleBuffer.wrap(out);
            bytes.scan(b -> into.put(b.asDoubleBuffer()));
            return out;
        }
        final float[] narrow = new float[length];
        floats(type, bytes, FloatBuffer.wrap(narrow));
        for (int i = 0; i < length; i++) {
            out[i] = narrow[i];
        }
        return out;
    }

    static long[] longs(final StoredType type, final Bytes bytes, final int length) throws RunFailed {
        final long[] out = new long[length];
        final LongBuffer into = LongBuffer.wrap(out);
        switch (type) {
            case I64 -> bytes.scan(b -> into.put(b.asLongBuffer()));
            case I32 -> bytes.scan(b -> {
                while (b.hasRemaining()) {
                    into.put(b.getInt());
                }
            });
            case I16 -> bytes.scan(b -> {
                while (b.hasRemaining()) {
                    into.put(b.getShort());
                }
            });
            case I8 -> bytes.scan(b -> {
                while (b.hasRemaining()) {
                    into.put(b.get());
                }
            });
            case U8, BOOL -> bytes.scan(b -> {
                while (b.hasRemaining()) {
                    into.put(b.get() & 0xFF);
                }
            });
            default -> throw new IllegalArgumentException(type + " as longs");
        }
        return out;
    }
}
