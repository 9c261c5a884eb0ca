package org.selfdiff.imaging.slide;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfdiff.imaging.DecodeLimits;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.PictureSource;
import org.selfdiff.imaging.PngEncoder;
import org.selfdiff.imaging.TestFiles;

class FlatPictureTest {
    @TempDir
    Path folder;

    private static Picture grey(final int width, final int height, final int... values) {
        final byte[] rgb = new byte[3 * values.length];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) values[i / 3];
        }
        return new Picture(width, height, rgb);
    }

    @Test
    void regionsContinueByReflection() throws Exception {
        final byte[] file = PngEncoder.picture(grey(3, 2, 1, 2, 3, 4, 5, 6));
        try (PictureSource source =
                Slides.open(TestFiles.write(file, folder.resolve("a.png")), DecodeLimits.standard())) {
            assertEquals(new PictureSource.Level(3, 2, 1, Double.NaN), source.level(0));
            assertEquals(grey(2, 2, 2, 3, 5, 6), source.region(0, 1, 0, 2, 2));
            // columns 1 0 | 0..: -2 -1 0 1 2 3 4 5 shows 3 2 1 2 3 2 1 2
            assertEquals(grey(8, 1, 3, 2, 1, 2, 3, 2, 1, 2), source.region(0, -2, 0, 8, 1));
            assertEquals(grey(1, 4, 4, 1, 4, 1), source.region(0, 0, -1, 1, 4));
        }
        assertEquals(grey(2, 2, 9, 9, 9, 9), grey(1, 1, 9).region(-5, 7, 2, 2));
    }
}
