package org.selfdiff.imaging.jpeg2000;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The test sequence that ITU-T T.88 H.2 gives for the arithmetic coder it shares with T.800: one context, 256 symbols. */
class MqDecoderTest {
    private static final String CODED = "84c73bfce1a1430402200000410dbb86f4317fff88ff37471adb6adfffac";

    private static final String DECODED = "00020051000000c0035287 2aaaaaaaaa82c02000fcd79ef6bf7fed904f46a3bf";

    @Test
    void theTestSequenceComesOut() {
        final byte[] coded = HexFormat.of().parseHex(CODED);
        final byte[] expected = HexFormat.of().parseHex(DECODED.replace(" ", ""));
        final MqDecoder mq = new MqDecoder(1);
        mq.contexts[0] = MqDecoder.context(0, 0);
        int d = mq.start(Arrays.copyOf(coded, coded.length + 2), 0);
        final byte[] decoded = new byte[expected.length];
        for (int i = 0; i < 8 * decoded.length; i++) {
            d = mq.decode(0, d);
            decoded[i / 8] = (byte) (decoded[i / 8] << 1 | d & 1);
            d >>= 1;
        }
        assertArrayEquals(expected, decoded);
    }
}
