package org.selfdiff.imaging.tiff.write;

import java.io.ByteArrayOutputStream;

/** PackBits (TIFF 6.0, section 9): runs of equal bytes and stretches of others, every row for itself. */
final class PackBits {
    private static final int LONGEST = 128;

    private PackBits() {}

    /** Packs rows of {@code stride} bytes. */
    static byte[] encode(final byte[] content, final int stride) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream(content.length / 2 + 64);
        for (int row = 0; row < content.length; row += stride) {
            row(content, row, row + stride, out);
        }
        return out.toByteArray();
    }

    private static void row(final byte[] content, final int from, final int to, final ByteArrayOutputStream out) {
        int at = from;
        while (at < to) {
            final int run = run(content, at, to);
            if (run > 2 || run == to - at && run > 1) {
                out.write(1 - run);
                out.write(content[at]);
                at += run;
                continue;
            }
            int end = at + 1;
            while (end < to && end - at < LONGEST && run(content, end, to) < 3) {
                end++;
            }
            out.write(end - at - 1);
            out.write(content, at, end - at);
            at = end;
        }
    }

    private static int run(final byte[] content, final int at, final int to) {
        int end = at + 1;
        while (end < to && end - at < LONGEST && content[end] == content[at]) {
            end++;
        }
        return end - at;
    }
}
