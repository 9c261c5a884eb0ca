package org.selfdiff.imaging.tiff;

import java.io.IOException;

/** A block is coded in a way that is not read, which only its own bytes tell; nothing is wrong with it. */
final class UnreadCoding extends IOException {
    private static final long serialVersionUID = 1;

    private static final String CONVERT =
            "Convert the file, for instance to a tiled TIFF with JPEG or deflate compression.";

    private static final String COPY = "The file is damaged or cut off; copy or export it again from its source.";

    UnreadCoding(final String what) {
        super(what);
    }

    /** What to do about a block that could not be decoded. */
    static String remedy(final Throwable cause) {
        return cause instanceof UnreadCoding ? CONVERT : COPY;
    }
}
