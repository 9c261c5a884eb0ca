package org.selfdiff.imaging.tiff;

import java.awt.Point;
import java.awt.image.DataBufferByte;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.util.Arrays;

/**
 * Interleaved samples that take whole rows by a plain copy. The JDK's decoder hands its rows on one by one; its own
 * raster looks at each again to see how it has to be copied.
 */
final class RowRaster extends WritableRaster {
    private final byte[] samples;

    private final int rowBytes;

    private final int[] bandOffsets;

    private Raster last;

    /** Samples of the last source, if it was a whole row. */
    private byte[] row;

    RowRaster(final PixelInterleavedSampleModel model, final byte[] samples) {
        super(model, new DataBufferByte(samples, samples.length), new Point());
        this.samples = samples;
        this.rowBytes = model.getScanlineStride();
        this.bandOffsets = model.getBandOffsets();
    }

    @Override
    public void setRect(final int x, final int y, final Raster source) {
        if (source != last) {
            last = source;
            row = row(source);
        }
        if (row != null && x == 0 && y >= 0 && y < height) {
            System.arraycopy(row, 0, samples, y * rowBytes, rowBytes);
        } else {
            super.setRect(x, y, source);
        }
    }

    /** The samples of a raster that is a row just as those here, or {@code null} for any other. */
    private byte[] row(final Raster source) {
        if (source.getWidth() == width
                && source.getHeight() == 1
                && source.getMinX() == 0
                && source.getMinY() == 0
                && source.getDataBuffer() instanceof DataBufferByte bytes
                && bytes.getSize() == rowBytes
                && source.getSampleModel() instanceof PixelInterleavedSampleModel other
                && Arrays.equals(other.getBandOffsets(), bandOffsets)) {
            return bytes.getData();
        }
        return null;
    }
}
