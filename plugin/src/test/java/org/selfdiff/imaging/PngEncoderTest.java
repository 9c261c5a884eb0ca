package org.selfdiff.imaging;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** The JDK's reader is the judge. */
class PngEncoderTest {

    private static BufferedImage decode(final byte[] png) throws Exception {
        return ImageIO.read(new ByteArrayInputStream(png));
    }

    @Test
    void picturesReadBackByTheJdk() throws Exception {
        final Picture noise = TestFiles.noise(1, 31, 17);
        final byte[] steps = new byte[3 * 31 * 17];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = (byte) (i / 3); // a ramp, for which Paeth and up win
        }
        for (final Picture picture : new Picture[] {noise, new Picture(31, 17, steps)}) {
            final BufferedImage image = decode(PngEncoder.picture(picture));
            for (int i = 0; i < 31 * 17; i++) {
                assertEquals(picture.colour(i % 31, i / 31), image.getRGB(i % 31, i / 31) & 0xffffff);
            }
        }
    }

    @Test
    void labelsTakeSixteenBitsOnlyWhenNeeded() throws Exception {
        for (final int top : new int[] {0, 1, 255, 256, 65535}) {
            final LabelMap map = new LabelMap(3, 1, new int[] {0, top, top / 2});
            final BufferedImage image = decode(PngEncoder.labels(map));
            assertEquals(top > 255 ? 16 : 8, image.getColorModel().getPixelSize());
            assertArrayEquals(map.labels(), image.getRaster().getSamples(0, 0, 3, 1, 0, (int[]) null));
        }
        assertThrows(IllegalArgumentException.class, () -> PngEncoder.labels(new LabelMap(1, 1, new int[] {65536})));
    }

    @Test
    void greyReadsBack() throws Exception {
        final BufferedImage image = decode(PngEncoder.grey(2, 2, new byte[] {0, 1, (byte) 200, (byte) 255}));
        assertArrayEquals(new int[] {0, 1, 200, 255}, image.getRaster().getSamples(0, 0, 2, 2, 0, (int[]) null));
    }
}
