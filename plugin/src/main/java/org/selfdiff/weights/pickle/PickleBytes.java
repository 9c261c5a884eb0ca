package org.selfdiff.weights.pickle;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The bytes of a pickle, read from front to back. */
final class PickleBytes {
    private final ByteBuffer bytes;

    PickleBytes(final byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    int unsignedByte() throws PickleRefused {
        return (int) little(1);
    }

    int unsignedShort() throws PickleRefused {
        return (int) little(2);
    }

    /** 32 bits with their sign. */
    int signedInt() throws PickleRefused {
        return (int) little(4);
    }

    /** A length or an index of 32 bits that must be below 2 to the 31st. */
    int size() throws PickleRefused {
        return index(little(4));
    }

    /** A length of 64 bits, likewise. */
    int longSize() throws PickleRefused {
        return index(little(8));
    }

    private static int index(final long size) throws PickleRefused {
        if (size < 0 || size > Integer.MAX_VALUE) {
            throw PickleRefused.damaged("its pickle states a length of " + Long.toUnsignedString(size));
        }
        return (int) size;
    }

    /** A signed number of up to 8 bytes, the lowest first. */
    long number(final int count) throws PickleRefused {
        if (count > Long.BYTES) {
            throw PickleRefused.foreign("its pickle holds a whole number of " + count + " bytes");
        }
        if (count == 0) {
            return 0;
        }
        final int unused = Long.SIZE - 8 * count;
        return little(count) << unused >> unused;
    }

    double bigEndianDouble() throws PickleRefused {
        return Double.longBitsToDouble(Long.reverseBytes(little(8)));
    }

    private long little(final int count) throws PickleRefused {
        require(count);
        long value = 0;
        for (int i = 0; i < count; i++) {
            value |= (bytes.get() & 0xFFL) << 8 * i;
        }
        return value;
    }

    /** A text of a known number of bytes. */
    String text(final int count) throws PickleRefused {
        require(count);
        final ByteBuffer part = bytes.slice(bytes.position(), count);
        bytes.position(bytes.position() + count);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(part).toString();
        } catch (CharacterCodingException e) {
            throw PickleRefused.damaged("a text of its pickle is not UTF-8");
        }
    }

    /** A text up to the end of its line. */
    String line() throws PickleRefused {
        int n = 0;
        while (n < bytes.remaining() && bytes.get(bytes.position() + n) != '\n') {
            n++;
        }
        final String line = text(n);
        unsignedByte();
        return line;
    }

    private void require(final int count) throws PickleRefused {
        if (count > bytes.remaining()) {
            throw PickleRefused.damaged("its pickle is cut off");
        }
    }
}
