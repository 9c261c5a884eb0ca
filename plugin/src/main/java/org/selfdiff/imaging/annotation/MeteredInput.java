package org.selfdiff.imaging.annotation;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.selfdiff.run.RunControl;

/**
 * A file that is read from front to back: shows the progress, stops when the user does, and stops when a single name or
 * text in the file is so long that it would fill the memory.
 */
final class MeteredInput extends InputStream {
    /** Longest name, text or comment, in bytes. */
    private static final long LONGEST = 16L << 20;

    private static final long STEP = 4L << 20;

    private final InputStream in;

    private final long size;

    private final String message;

    private final RunControl control;

    private long count;

    private long shown;

    private long limit = LONGEST;

    MeteredInput(final Path file, final RunControl control) throws IOException {
        this.in = Files.newInputStream(file);
        this.size = Math.max(1, Files.size(file));
        this.message = "Reading " + file.getFileName();
        this.control = control;
    }

    /** The next thing begins, which may be long again. */
    void next() {
        limit = count + LONGEST;
    }

    /** The next thing is skipped, so that it may have any length. */
    void skipping() {
        limit = Long.MAX_VALUE;
    }

    @Override
    public int read() throws IOException {
        final byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(final byte[] buffer, final int offset, final int length) throws IOException {
        if (control.isCancelled()) {
            throw new IOException("cancelled");
        }
        final int n = in.read(buffer, offset, length);
        count += Math.max(0, n);
        if (count > limit) {
            throw new IOException("a single name or text has more than " + LONGEST + " bytes");
        }
        if (count - shown >= STEP) {
            shown = count;
            control.progress(Math.min(1, (double) count / size), message);
        }
        return n;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
