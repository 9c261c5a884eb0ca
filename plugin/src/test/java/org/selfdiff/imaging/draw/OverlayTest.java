package org.selfdiff.imaging.draw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.selfdiff.imaging.LabelMap;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.TestFiles;

class OverlayTest {
    private static final int GREY = 0x808080;

    private static Picture grey(final int width, final int height) {
        final byte[] rgb = new byte[3 * width * height];
        Arrays.fill(rgb, (byte) 0x80);
        return new Picture(width, height, rgb);
    }

    @Test
    void bordersAreFullAndAreasAreTinted() {
        final int[] labels = new int[25];
        for (int i = 0; i < 25; i++) {
            labels[i] = i % 5 > 0 && i % 5 < 4 && i / 5 > 0 && i / 5 < 4 ? 1 : 0;
        }
        final Picture p = Overlay.classes(grey(5, 5), new LabelMap(5, 5, labels), 0.5);
        assertEquals(GREY, p.colour(0, 2));
        assertEquals(Colours.ofClass(1), p.colour(1, 2));
        assertEquals(Colours.ofClass(1), p.colour(3, 3));
        assertEquals(0x408f7a, p.colour(2, 2), "half of 808080 and half of 009e73, rounded up");
        assertEquals(
                GREY, Overlay.classes(grey(5, 5), new LabelMap(5, 5, labels), 0).colour(2, 2));
    }

    @Test
    void agreementByHand() {
        final LabelMap truth = new LabelMap(4, 1, new int[] {1, 1, 0, 0});
        final LabelMap prediction = new LabelMap(4, 1, new int[] {1, 0, 1, 0});
        final Picture p = Overlay.agreement(grey(4, 1), truth, prediction, 0.5);
        assertEquals(Colours.TRUE_POSITIVE, p.colour(0, 0));
        assertEquals(Colours.FALSE_NEGATIVE, p.colour(1, 0));
        assertEquals(Colours.FALSE_POSITIVE, p.colour(2, 0));
        assertEquals(GREY, p.colour(3, 0));
        final LabelMap other = new LabelMap(2, 1, new int[2]);
        assertThrows(IllegalArgumentException.class, () -> Overlay.agreement(grey(4, 1), truth, other, 0.5));
    }

    @Test
    void theMontagePutsPicturesRowByRow() {
        final List<Picture> pictures =
                List.of(TestFiles.noise(1, 4, 3), TestFiles.noise(2, 2, 2), TestFiles.noise(3, 4, 3));
        final Picture p = Montage.grid(pictures, 2, 2);
        assertEquals(6 + 2 * (8 + 6), p.width());
        assertEquals(6 + 2 * (6 + 6), p.height());
        assertEquals(pictures.get(0).colour(3, 2), p.colour(6 + 7, 6 + 5));
        assertEquals(pictures.get(1).colour(0, 0), p.colour(6 + 14, 6));
        assertEquals(pictures.get(2).colour(1, 0), p.colour(6 + 2, 6 + 12));
        assertEquals(Colours.WHITE, p.colour(0, 0));
        assertThrows(IllegalArgumentException.class, () -> Montage.grid(List.of(), 2, 1));
        assertEquals(1, Montage.zoomFor(256));
        assertEquals(2, Montage.zoomFor(255));
        assertEquals(4, Montage.zoomFor(64));
    }

    @Test
    void theStripShowsInputTruthAndAgreement() {
        final Picture input = TestFiles.noise(1, 256, 4);
        final int[] truth = new int[1024];
        final int[] prediction = new int[1024];
        truth[5] = 1;
        prediction[9] = 1;
        final LabelMap t = new LabelMap(256, 4, truth);
        final LabelMap q = new LabelMap(256, 4, prediction);
        final Picture p = Comparison.strip(input, Optional.of(t), q, List.of("background", "nucleus"));
        assertEquals(6 + 3 * 262, p.width());
        final int top = (int) Math.ceil(11 * 1.6) + 6;
        assertEquals(input.colour(5, 0), p.colour(6 + 5, top));
        assertEquals(Colours.ofClass(1), p.colour(6 + 262 + 5, top));
        assertEquals(Colours.FALSE_NEGATIVE, p.colour(6 + 2 * 262 + 5, top));
        assertEquals(Colours.FALSE_POSITIVE, p.colour(6 + 2 * 262 + 9, top));
        final Picture without = Comparison.strip(input, Optional.empty(), q, List.of("background", "nucleus"));
        assertEquals(6 + 2 * 262, without.width());
        assertEquals(Colours.ofClass(1), without.colour(6 + 262 + 9, top));
        final Picture classes = Comparison.strip(input, Optional.of(t), q, List.of("background", "a", "b"));
        assertEquals(Colours.ofClass(1), classes.colour(6 + 2 * 262 + 9, top), "class colours with more classes");
    }
}
