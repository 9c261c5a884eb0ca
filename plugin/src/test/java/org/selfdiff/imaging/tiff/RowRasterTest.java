package org.selfdiff.imaging.tiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.awt.Point;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Compares with the JDK's own raster. */
class RowRasterTest {
    private static final int WIDTH = 5;

    private static final int HEIGHT = 4;

    private final PixelInterleavedSampleModel model =
            new PixelInterleavedSampleModel(DataBuffer.TYPE_BYTE, WIDTH, HEIGHT, 3, 3 * WIDTH, new int[] {0, 1, 2});

    private final byte[] samples = new byte[3 * WIDTH * HEIGHT];

    private final RowRaster rows = new RowRaster(model, samples);

    private final WritableRaster plain = Raster.createWritableRaster(model, new Point());

    private final Random random = new Random(1);

    private void set(final int x, final int y, final int width, final int height, final int... bands) {
        final WritableRaster source =
                Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, width, height, 3 * width, 3, bands, null);
        random.nextBytes(((DataBufferByte) source.getDataBuffer()).getData());
        rows.setRect(x, y, source);
        plain.setRect(x, y, source);
        assertArrayEquals(((DataBufferByte) plain.getDataBuffer()).getData(), samples);
    }

    @Test
    void rowsLieWhereTheyBelong() {
        for (int y = HEIGHT - 1; y >= 0; y--) {
            set(0, y, WIDTH, 1, 0, 1, 2);
        }
    }

    @Test
    void otherPartsAreCopiedAsTheJdkDoes() {
        set(0, 0, WIDTH, HEIGHT, 0, 1, 2);
        set(2, 1, 3, 1, 0, 1, 2);
        set(1, 2, 2, 2, 0, 1, 2);
        set(0, 3, WIDTH, 1, 2, 1, 0);
        set(0, -1, WIDTH, 1, 0, 1, 2);
        set(0, HEIGHT, WIDTH, 1, 0, 1, 2);
        set(-2, 0, WIDTH, 1, 0, 1, 2);
    }
}
