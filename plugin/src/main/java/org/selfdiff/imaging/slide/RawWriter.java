package org.selfdiff.imaging.slide;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.selfdiff.imaging.RowSink;
import org.selfdiff.run.Pace;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;

/**
 * Writes the rows of a picture into a raw file, a band at a time. Rows may come back to an earlier band, as those of
 * an interlaced picture do; then that band is read again.
 */
final class RawWriter implements RowSink {
    private final RawLayout layout;

    private final FileChannel channel;

    private final RunControl control;

    private final Pace pace;

    private final byte[] band;

    private int present = -1;

    private long pixels;

    private RunCancelled cancelled;

    private IOException failure;

    RawWriter(final RawLayout layout, final FileChannel channel, final RunControl control) {
        this.layout = layout;
        this.channel = channel;
        this.control = control;
        pace = new Pace("rows", 0, layout.height());
        band = new byte[3 * layout.width() * layout.bandHeight()];
    }

    /**
     * Writes what is left and tells whether the file could be written, whatever else went wrong.
     *
     * @throws RunCancelled if the user stopped
     * @throws IOException if the file could not be written
     */
    void finish() throws IOException, RunCancelled {
        if (cancelled != null) {
            throw cancelled;
        }
        if (failure != null) {
            throw failure;
        }
        flush();
    }

    @Override
    public void row(final int y, final int x0, final int step, final int count, final byte[] rgb) throws IOException {
        try {
            control.checkCancelled();
        } catch (final RunCancelled e) {
            cancelled = e;
            throw new IOException("cancelled", e);
        }
        if (y / layout.bandHeight() != present) {
            change(y / layout.bandHeight());
        }
        final int row = y % layout.bandHeight();
        if (step == 1) {
            whole(row, x0, count, rgb);
        } else {
            for (int i = 0; i < count; i++) {
                System.arraycopy(rgb, 3 * i, band, at(row, x0 + i * step), 3);
            }
        }
        pixels += count;
    }

    private void whole(final int row, final int x0, final int count, final byte[] rgb) {
        for (int x = x0; x < x0 + count; ) {
            final int next = Math.min(x0 + count, (x / RawLayout.TILE_WIDTH + 1) * RawLayout.TILE_WIDTH);
            System.arraycopy(rgb, 3 * (x - x0), band, at(row, x), 3 * (next - x));
            x = next;
        }
    }

    private int at(final int row, final int x) {
        return layout.offset(present, x / RawLayout.TILE_WIDTH, row) + 3 * (x % RawLayout.TILE_WIDTH);
    }

    private void change(final int next) throws IOException {
        flush();
        final double done = (double) pixels / layout.width();
        control.progress(done / layout.height(), pace.line((long) done));
        present = next;
        try {
            final ByteBuffer into = ByteBuffer.wrap(band, 0, 3 * layout.width() * layout.rows(next));
            while (into.hasRemaining() && layout.start(next) + into.position() < channel.size()) {
                channel.read(into, layout.start(next) + into.position());
            }
        } catch (final IOException e) {
            failure = e;
            throw e;
        }
    }

    private void flush() throws IOException {
        if (present < 0) {
            return;
        }
        try {
            final ByteBuffer from = ByteBuffer.wrap(band, 0, 3 * layout.width() * layout.rows(present));
            while (from.hasRemaining()) {
                channel.write(from, layout.start(present) + from.position());
            }
        } catch (final IOException e) {
            failure = e;
            throw e;
        }
    }
}
