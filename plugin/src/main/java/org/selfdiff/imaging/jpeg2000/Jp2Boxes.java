package org.selfdiff.imaging.jpeg2000;

import java.io.IOException;

/** Finds the codestream among the boxes of a JP2 file (T.800 Annex I). A bare codestream is its own. */
final class Jp2Boxes {
    private static final int SIGNATURE = 0x6a502020;

    private static final int HEADER = 0x6a703268;

    private static final int CODESTREAM = 0x6a703263;

    private static final int PALETTE = 0x70636c72;

    private Jp2Boxes() {}

    static ByteCursor codestream(final ByteCursor in) throws IOException {
        final ByteCursor look = in.ahead();
        if (look.left() < 12 || look.u32() != 12 || look.u32() != SIGNATURE) {
            return in;
        }
        while (in.left() > 0) {
            final Box box = Box.next(in);
            if (box.type == CODESTREAM) {
                return box.content;
            } else if (box.type == HEADER) {
                while (box.content.left() > 0) {
                    if (Box.next(box.content).type == PALETTE) {
                        throw new IOException("JP2 files with a palette are not supported");
                    }
                }
            }
        }
        throw new IOException("this JP2 file holds no codestream");
    }

    private record Box(int type, ByteCursor content) {
        static Box next(final ByteCursor in) throws IOException {
            long length = in.u32();
            final int type = (int) in.u32();
            long head = 8;
            if (length == 1) {
                length = in.u32() << 32 | in.u32();
                head = 16;
            } else if (length == 0) {
                length = head + in.left();
            }
            final boolean cut = type == CODESTREAM && length - head > in.left(); // the packets tell what is missing
            final long content = cut ? in.left() : length - head;
            if (content < 0 || content > in.left()) {
                throw new IOException("a box of " + length + " bytes where " + in.left() + " are left");
            }
            return new Box(type, in.part((int) content, "the codestream"));
        }
    }
}
