package org.selfdiff.imaging.slide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfdiff.imaging.DecodeLimits;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.PictureHeader;
import org.selfdiff.imaging.PictureSource;
import org.selfdiff.imaging.Pictures;
import org.selfdiff.run.RunFailed;

class PlainJpegTest {
    private static final int WIDTH = 61;

    private static final int HEIGHT = 43;

    @TempDir
    Path folder;

    /** A JPEG as the JDK writes it: JFIF, its colours halved in both directions. */
    private Path jpeg(final String name, final int type) throws IOException {
        final BufferedImage image = new BufferedImage(WIDTH, HEIGHT, type);
        final Random random = new Random(type);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                image.setRGB(x, y, 4 * x << 16 | 5 * y << 8 | random.nextInt(64));
            }
        }
        final Path file = folder.resolve(name);
        assertTrue(ImageIO.write(image, "jpeg", file.toFile()));
        return file;
    }

    private static Picture opened(final Path file) throws RunFailed {
        try (PictureSource source = Slides.open(file, DecodeLimits.standard())) {
            assertEquals(WIDTH, source.level(0).width());
            return source.region(0, 0, 0, WIDTH, HEIGHT);
        }
    }

    private static boolean straight(final Path file) throws RunFailed {
        return PlainJpeg.read(file, PictureHeader.read(file)).isPresent();
    }

    @Test
    void theBytesAreThoseOfTheJdk() throws Exception {
        for (final int type : new int[] {BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_BYTE_GRAY}) {
            final Path file = jpeg("p" + type + ".jpg", type);
            assertTrue(straight(file));
            assertEquals(Pictures.read(file, DecodeLimits.standard()), opened(file));
        }
    }

    @Test
    void profilesAndUnknownColoursAreLeftToTheJdk() throws Exception {
        final byte[] plain = Files.readAllBytes(jpeg("p.jpg", BufferedImage.TYPE_INT_RGB));
        final byte[] profile = ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();
        final ByteArrayOutputStream with = new ByteArrayOutputStream();
        with.write(plain, 0, 20); // start and JFIF marker
        final int length = 16 + profile.length;
        with.write(new byte[] {(byte) 0xff, (byte) 0xe2, (byte) (length >> 8), (byte) length});
        with.write("ICC_PROFILE\0\1\1".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        with.write(profile);
        with.write(plain, 20, plain.length - 20);
        final Path profiled = Files.write(folder.resolve("icc.jpg"), with.toByteArray());
        assertFalse(straight(profiled));
        assertEquals(Pictures.read(profiled, DecodeLimits.standard()), opened(profiled));
        final ByteArrayOutputStream without = new ByteArrayOutputStream();
        without.write(plain, 0, 2);
        without.write(plain, 20, plain.length - 20);
        final Path bare = Files.write(folder.resolve("bare.jpg"), without.toByteArray());
        assertFalse(straight(bare));
        assertEquals(Pictures.read(bare, DecodeLimits.standard()), opened(bare));
    }

    @Test
    void whatIsCutOffIsRefused() throws Exception {
        final byte[] whole = Files.readAllBytes(jpeg("p.jpg", BufferedImage.TYPE_INT_RGB));
        for (final int length : new int[] {30, whole.length / 2, whole.length * 9 / 10}) {
            final Path cut = Files.write(folder.resolve("cut.jpg"), Arrays.copyOf(whole, length));
            final RunFailed refused = assertThrows(RunFailed.class, () -> opened(cut));
            assertTrue(refused.where().contains("cut.jpg"), refused.getMessage());
        }
    }
}
