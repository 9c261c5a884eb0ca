package org.selfdiff.imaging.tiff;

import java.awt.Point;
import java.awt.image.DataBufferByte;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;

/**
 * Interleaved samples that take whole rows by a plain copy. The JDK's decoder hands its rows on one by one; its own
 * raster looks at each again to see how it has to be copied.
 */
final class RowRaster extends WritableRaster {
    private final byte[] samples;

    private final int rowBytes;

    RowRaster(final PixelInterleavedSampleModel model, final byte[] samples) {
        super(model, new DataBufferByte(samples, samples.length), new Point());
        this.samples = samples;
        this.rowBytes = model.getScanlineStride();
    }

    @Override
    public void setRect(final int x, final int y, final Raster source) {
        if (x == 0
                && y >= 0
                && y < height
                && source.getHeight() == 1
                && source.getWidth() == width
                && source.getDataBuffer() instanceof DataBufferByte row
                && row.getSize() == rowBytes) {
            System.arraycopy(row.getData(), 0, samples, y * rowBytes, rowBytes);
        } else {
            super.setRect(x, y, source);
        }
    }
}
