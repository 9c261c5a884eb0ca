package org.selfdiff.fuzz.seed;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Lists of pieces of a format. */
public final class Words {
    private Words() {}

    /** Texts, each as its bytes. */
    public static List<byte[]> texts(final String... texts) {
        final List<byte[]> words = new ArrayList<>();
        for (final String text : texts) {
            words.add(text.getBytes(StandardCharsets.ISO_8859_1));
        }
        return List.copyOf(words);
    }

    /** 16-bit numbers, each in both orders of bytes. */
    public static List<byte[]> numbers(final int... numbers) {
        final List<byte[]> words = new ArrayList<>();
        for (final int number : numbers) {
            words.add(new byte[] {(byte) (number >> 8), (byte) number});
            words.add(new byte[] {(byte) number, (byte) (number >> 8)});
        }
        return List.copyOf(words);
    }
}
