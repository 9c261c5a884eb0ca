package org.selfdiff.imaging.tiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfdiff.run.RunFailed;

/** Whole files of a kind that is not read: the message says what it is and does not call them damaged. */
class UnreadCodingTest {
    @TempDir
    Path folder;

    private RunFailed refused(final byte[] block, final int compression, final int photometric, final int... bits)
            throws IOException {
        final TestTiff tiff = new TestTiff();
        tiff.dir().image(16, 16, compression, photometric, bits).tiles(16, 16, block);
        final Path file = tiff.write(folder.resolve("a.tif"));
        return assertThrows(RunFailed.class, () -> TiffPictures.read(file));
    }

    private static byte[] jpeg() throws IOException {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertTrue(ImageIO.write(new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB), "jpeg", out));
        return out.toByteArray();
    }

    @Test
    void jpegWithOpacityOrDeepSamplesIsRefusedByItsTags() throws IOException {
        final RunFailed opacity = refused(jpeg(), Compression.JPEG, 2, 8, 8, 8, 8);
        assertEquals("JPEG of 4 samples a pixel is not read, only grey and colour", opacity.what());
        assertTrue(opacity.where().endsWith("SamplesPerPixel, tag 277"), opacity.where());
        final RunFailed deep = refused(jpeg(), Compression.JPEG, 1, 12);
        assertEquals("JPEG of 12 bits a sample is not read", deep.what());
        assertTrue(deep.where().endsWith("BitsPerSample, tag 258"), deep.where());
    }

    @Test
    void losslessJpegIsNotCalledDamaged() throws IOException {
        final byte[] jpeg = jpeg();
        int frame = 2;
        while ((jpeg[frame + 1] & 0xff) != 0xc0) {
            frame += 2 + ((jpeg[frame + 2] & 0xff) << 8 | jpeg[frame + 3] & 0xff);
        }
        jpeg[frame + 1] = (byte) 0xc3;
        final RunFailed failed = refused(jpeg, Compression.JPEG, 6, 8, 8, 8);
        assertTrue(failed.what().contains("JPEG of process 3"), failed.what());
        assertTrue(failed.remedy().startsWith("Convert"), failed.remedy());
    }

    @Test
    void oldLzwIsNotCalledDamaged() throws IOException {
        final RunFailed failed = refused(new byte[] {0, 1, 2, 3}, Compression.LZW, 1, 8);
        assertTrue(failed.what().contains("before TIFF 5.0"), failed.what());
        assertTrue(failed.remedy().startsWith("Convert"), failed.remedy());
        final RunFailed damaged = refused(new byte[] {-1, 1, 2, 3}, Compression.LZW, 1, 8);
        assertTrue(damaged.remedy().contains("damaged"), damaged.remedy());
    }
}
