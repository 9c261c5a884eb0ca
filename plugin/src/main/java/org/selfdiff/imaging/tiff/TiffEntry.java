package org.selfdiff.imaging.tiff;

/**
 * One entry of a directory (TIFF 6.0, section 2): where the values of a tag lie. The values are read when they are asked
 * for.
 *
 * @param tag 0 to 65535
 * @param type 1 to 18
 * @param count how many values, at least 0
 * @param position of the first value in the file
 * @param high the upper 32 bits of a value that is kept in the entry itself, 0 but for NDPI
 */
record TiffEntry(int tag, int type, long count, long position, long high) {
    private static final int[] SIZES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8};

    static final int SHORT = 3;

    static final int RATIONAL = 5;

    static final int SBYTE = 6;

    static final int SSHORT = 8;

    static final int SLONG = 9;

    static final int SRATIONAL = 10;

    static final int FLOAT = 11;

    static final int DOUBLE = 12;

    /** Bytes of one value, 0 for a type that nobody knows. */
    static int size(final int type) {
        return type < 0 || type >= SIZES.length ? 0 : SIZES[type];
    }

    /** Bytes of one value. */
    int size() {
        return size(type);
    }

    /** Whether the values are whole numbers. */
    boolean isWhole() {
        return type != RATIONAL && type != SRATIONAL && type != FLOAT && type != DOUBLE;
    }

    /** Whether the values have a sign. */
    boolean isSigned() {
        return type == SBYTE || type == SSHORT || type == SLONG || type == 17;
    }
}
