package org.selfdiff.imaging;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * A JPEG stream without its colour profile (ICC.1, B.4), which the JDK's reader would apply and no reader of other formats
 * does: the same samples are the same pixels in every container.
 */
public final class UnprofiledJpeg extends ImageInputStreamImpl {
    private static final byte[] NAME = {'I', 'C', 'C', '_', 'P', 'R', 'O', 'F', 'I', 'L', 'E', 0};

    private static final int APP2 = 0xe2;

    private static final int SOS = 0xda;

    private final ImageInputStream in;

    /** What is left out, in the order of the stream. */
    private final List<Gap> gaps = new ArrayList<>();

    /**
     * Bytes that are left out.
     *
     * @param at where they would be in this stream
     * @param before bytes left out before them
     * @param length how many
     */
    private record Gap(long at, long before, long length) {}

    /**
     * Looks for profiles before the first scan.
     *
     * @param in at the first byte of a JPEG stream that begins at 0; closed with this
     */
    public UnprofiledJpeg(final ImageInputStream in) throws IOException {
        this.in = in;
        final byte[] head = new byte[4 + NAME.length];
        long at = 2;
        long before = 0;
        while (true) {
            in.seek(at);
            final int count = in.read(head, 0, head.length);
            final int marker = count < head.length || (head[0] & 0xff) != 0xff ? SOS : head[1] & 0xff;
            if (marker == SOS) {
                return; // or something that the decoder will complain about
            } else if (marker == 0xff) { // a fill byte
                at++;
                continue;
            }
            final long length = 2 + Math.max(2, (head[2] & 0xff) << 8 | head[3] & 0xff);
            if (marker == APP2 && isProfile(head)) {
                gaps.add(new Gap(at - before, before, length));
                before += length;
            }
            at += length;
        }
    }

    private static boolean isProfile(final byte[] head) {
        return java.util.Arrays.equals(head, 4, head.length, NAME, 0, NAME.length);
    }

    @Override
    public int read() throws IOException {
        final byte[] one = new byte[1];
        return read(one, 0, 1) < 1 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(final byte[] into, final int offset, final int length) throws IOException {
        checkClosed();
        bitOffset = 0;
        long skipped = 0;
        long most = length;
        for (final Gap gap : gaps) {
            if (gap.at > streamPos) {
                most = Math.min(most, gap.at - streamPos);
                break;
            }
            skipped = gap.before + gap.length;
        }
        in.seek(streamPos + skipped);
        final int count = in.read(into, offset, (int) most);
        streamPos += Math.max(0, count);
        return count;
    }

    @Override
    public long length() {
        try {
            final long all = in.length();
            return all < 0 ? -1 : all - gaps.stream().mapToLong(Gap::length).sum();
        } catch (final IOException e) {
            return -1;
        }
    }

    @Override
    public void close() throws IOException {
        super.close();
        in.close();
    }
}
