package org.selfdiff.imaging.draw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.TestFiles;

class CanvasTest {

    @Test
    void blendingIsLinearAndCutAtTheBorder() {
        final Canvas canvas = new Canvas(2, 1, 0x646464);
        canvas.blend(0, 0, 0xc80064, 0.5);
        canvas.blend(5, 0, 0, 1);
        canvas.blend(0, -1, 0, 1);
        assertEquals(0x963264, canvas.toPicture().colour(0, 0));
        assertEquals(0x646464, canvas.toPicture().colour(1, 0));
    }

    @Test
    void aLineCoversWhatItShould() {
        final Canvas canvas = new Canvas(10, 6, 0xffffff);
        canvas.line(2.5, 2.5, 7.5, 2.5, 1, 0);
        canvas.line(2, 5, 8, 5, 1, 0); // between two rows: half of each
        final Picture p = canvas.toPicture();
        for (int x = 3; x < 7; x++) {
            assertEquals(0x000000, p.colour(x, 2));
            assertEquals(0xffffff, p.colour(x, 1));
            assertEquals(0x80, p.sample(x, 4, 0), 1);
            assertEquals(0x80, p.sample(x, 5, 0), 1);
        }
        assertEquals(0xffffff, p.colour(0, 2));
    }

    @Test
    void crossingStrokesOfOnePolylineAreNotDarker() {
        final Canvas canvas = new Canvas(9, 9, 0xffffff);
        canvas.polyline(new double[] {0, 9, 9, 0}, new double[] {0, 9, 0, 9}, 2, 0, 0.5);
        assertEquals(0x80, canvas.toPicture().sample(4, 4, 0), 1);
    }

    @Test
    void picturesAreEnlargedPixelByPixel() {
        final Picture small = TestFiles.noise(1, 3, 2);
        final Canvas canvas = new Canvas(8, 6, 0);
        canvas.picture(small, 1, 1, 2);
        final Picture p = canvas.toPicture();
        for (int y = 0; y < 4; y++) {
            for (int x = 0; x < 6; x++) {
                assertEquals(small.colour(x / 2, y / 2), p.colour(1 + x, 1 + y));
            }
        }
        assertEquals(0, p.colour(0, 0));
        assertEquals(0, p.colour(7, 5));
    }

    @Test
    void everyLetterHasAShapeOfItsOwnWithinItsWidth() {
        final Set<Picture> shapes = new HashSet<>();
        for (char c = '!'; c <= '~'; c++) {
            final Canvas canvas = new Canvas(24, 24, 0xffffff);
            canvas.text(String.valueOf(c), 4, 2, 2, 0);
            final Picture p = canvas.toPicture();
            assertTrue(shapes.add(p) || c == 'O', "only zero and O are alike, not " + c);
            final double right = 4 + Canvas.textWidth(String.valueOf(c), 2) + 1;
            int ink = 0;
            for (int i = 0; i < 24 * 24; i++) {
                final boolean dark = p.colour(i % 24, i / 24) != 0xffffff;
                ink += dark ? 1 : 0;
                assertTrue(!dark || i % 24 >= 3 && i % 24 <= right, c + " stays within its width");
            }
            assertTrue(ink >= 4, "" + c);
        }
        assertEquals(93, shapes.size());
        assertEquals(2 * Canvas.textWidth("Dice", 1), Canvas.textWidth("Dice", 2));
        assertEquals(Canvas.textWidth("1111", 1), Canvas.textWidth("8888", 1), "digits are all as wide");
    }

    @Test
    void textUpwardsIsTextTurnedByAQuarter() {
        final Canvas across = new Canvas(40, 40, 0xffffff);
        across.text("Rq7", 5, 10, 2, 0);
        final Canvas up = new Canvas(40, 40, 0xffffff);
        up.textUpwards("Rq7", 10, 35, 2, 0);
        for (int y = 0; y < 40; y++) {
            for (int x = 0; x < 40; x++) {
                assertEquals(across.toPicture().colour(x, y), up.toPicture().colour(y, 39 - x));
            }
        }
    }
}
