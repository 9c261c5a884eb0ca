package org.selfdiff.imaging.tiff.write;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * An entry of a directory that is to be written: a tag and its values.
 *
 * @param tag its number, see {@link org.selfdiff.imaging.tiff.TiffTag}
 * @param type of its values, as in TIFF 6.0, section 2
 * @param values whole numbers; a rational is two of them
 */
public record WrittenTag(int tag, Type type, long[] values) {

    /** Types of values: their numbers in the file and bytes of a value. */
    public enum Type {
        /** Bytes of 0 to 255. */
        BYTE(1, 1),
        /** Text, ended by a zero. */
        ASCII(2, 1),
        /** 16 bits. */
        SHORT(3, 2),
        /** 32 bits. */
        LONG(4, 4),
        /** Two times 32 bits: numerator and denominator. */
        RATIONAL(5, 8),
        /** Bytes of any meaning. */
        UNDEFINED(7, 1),
        /** 32 bits with a sign. */
        SLONG(9, 4),
        /** A number of single precision, given by its bits. */
        FLOAT(11, 4),
        /** 64 bits, in BigTIFF only. */
        LONG8(16, 8);

        private final int code;

        private final int bytes;

        Type(final int code, final int bytes) {
            this.code = code;
            this.bytes = bytes;
        }
    }

    private static final long MAX_LONG = 0xffffffffL;

    /** Text; the ending zero is added. Characters beyond ASCII are written as UTF-8, as OME-TIFF does. */
    public static WrittenTag text(final int tag, final String text) {
        return bytes(tag, Type.ASCII, (text + '\0').getBytes(StandardCharsets.UTF_8));
    }

    /** Bytes of any meaning. */
    public static WrittenTag undefined(final int tag, final byte[] content) {
        return bytes(tag, Type.UNDEFINED, content);
    }

    /** Numbers of 0 to 65,535. */
    public static WrittenTag shorts(final int tag, final long... values) {
        return new WrittenTag(tag, Type.SHORT, values);
    }

    /** Numbers of 0 to 2^32 - 1. */
    public static WrittenTag longs(final int tag, final long... values) {
        return new WrittenTag(tag, Type.LONG, values);
    }

    /** A fraction of 0 to 2^32 - 1, in the finest decimal steps that fit, a millionth at the finest. */
    public static WrittenTag fraction(final int tag, final double value) {
        long steps = 1_000_000;
        while (steps > 1 && value * steps > MAX_LONG) {
            steps /= 10;
        }
        return new WrittenTag(tag, Type.RATIONAL, new long[] {Math.round(value * steps), steps});
    }

    /** A number of single precision. */
    public static WrittenTag single(final int tag, final float value) {
        return new WrittenTag(tag, Type.FLOAT, new long[] {Float.floatToRawIntBits(value) & MAX_LONG});
    }

    private static WrittenTag bytes(final int tag, final Type type, final byte[] content) {
        final long[] values = new long[content.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = content[i] & 0xff;
        }
        return new WrittenTag(tag, type, values);
    }

    /** The number of the type in the file. */
    int typeCode() {
        return type.code;
    }

    /** How many values the entry declares. */
    long count() {
        return type == Type.RATIONAL ? values.length / 2 : values.length;
    }

    /** The values as they lie in the file. */
    byte[] content(final TiffForm form) {
        final int size = type == Type.RATIONAL ? 4 : type.bytes;
        final ByteBuffer out = form.buffer(Math.multiplyExact(size, values.length));
        for (final long value : values) {
            switch (size) {
                case 1 -> out.put((byte) value);
                case 2 -> out.putShort((short) value);
                case 4 -> out.putInt((int) value);
                default -> out.putLong(value);
            }
        }
        return out.array();
    }
}
