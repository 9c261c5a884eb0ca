package org.selfdiff.imaging.annotation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.selfdiff.imaging.SeededRandom;
import org.selfdiff.run.RunControl;

class CrossingsTest {

    private static int first(final Ring ring) throws Exception {
        return Crossings.first(ring, RunControl.silent());
    }

    @Test
    void aBowTieCrosses() throws Exception {
        assertEquals(0, first(Ring.of(0, 0, 4, 4, 4, 0, 0, 4)));
        assertEquals(Crossings.NONE, first(Ring.of(0, 0, 4, 0, 4, 4, 0, 4)));
    }

    @Test
    void touchingIsNoCrossing() throws Exception {
        assertEquals(Crossings.NONE, first(Ring.of(0, 0, 2, 2, 4, 0, 4, 4, 2, 2, 0, 4)), "at a vertex");
        assertEquals(Crossings.NONE, first(Ring.of(0, 0, 6, 0, 6, 6, 3, 0, 0, 6)), "a vertex on an edge");
        assertEquals(
                Crossings.NONE,
                first(Ring.of(0, 0, 9, 0, 9, 9, 0, 9, 0, 4, 3, 4, 3, 6, 6, 6, 6, 3, 3, 3, 3, 4, 0, 4)),
                "the cut to a hole");
        assertEquals(Crossings.NONE, first(Ring.of(0, 0, 4, 0, 8, 0, 4, 0, 4, 4, 0, 4)), "a spike");
    }

    @Test
    void goingThroughAnEdgeAtAVertexIsACrossing() throws Exception {
        assertTrue(first(Ring.of(0, 0, 6, 0, 6, 6, 3, 0, 1, -3, 0, 6)) >= 0);
        // runs along the edge for a while and leaves on the other side
        assertTrue(first(Ring.of(0, 0, 9, 0, 9, 6, 6, 0, 3, 0, 2, -3, 0, 6)) >= 0);
        assertEquals(Crossings.NONE, first(Ring.of(0, 0, 9, 0, 9, 6, 6, 0, 3, 0, 2, 3, 0, 6)));
    }

    @Test
    void largeRingsAgreeWithAllPairs() throws Exception {
        for (int key = 0; key < 30; key++) {
            final Ring tangle = Shapes.tangle(key, 60 + key, 1000, false);
            assertEquals(Shapes.crosses(tangle), first(tangle) >= 0, "tangle " + key);
            final Ring star = Shapes.star(key, 100 + key, 0, 0, 10, 90);
            assertEquals(Crossings.NONE, first(star), "star " + key);
            assertTrue(!Shapes.crosses(star));
        }
    }

    @Test
    void oneCrossingAmongAMillionEdgesIsFound() throws Exception {
        final Ring star = Shapes.star(3, 1_000_000, 50_000, 50_000, 40_000, 40_030);
        assertEquals(Crossings.NONE, first(star));
        final double[] xy = new double[2 * star.size()];
        for (int i = 0; i < star.size(); i++) {
            // two vertices change places
            final int from = i == 700_001 ? 700_002 : i == 700_002 ? 700_001 : i;
            xy[2 * i] = star.x(from);
            xy[2 * i + 1] = star.y(from);
        }
        final int found = first(Ring.of(xy));
        assertTrue(found >= 699_990 && found <= 700_004, "at " + found);
    }

    @Test
    void whatWouldTakeTooLongIsUndecided() throws Exception {
        // narrow teeth along a diagonal, whose boxes all lie over each other
        final int n = 4000;
        final double[] xy = new double[2 * (n + 2)];
        for (int i = 0; i < n; i++) {
            xy[2 * i] = (i % 2 == 0 ? 0 : 10_000) + i;
            xy[2 * i + 1] = (i % 2 == 0 ? 0 : 10_000) - i;
        }
        xy[2 * n] = 20_000;
        xy[2 * n + 1] = 20_000;
        xy[2 * n + 2] = -5000;
        xy[2 * n + 3] = 20_000;
        assertEquals(Crossings.UNDECIDED, Crossings.first(Ring.of(xy), 1_000_000, RunControl.silent()));
        assertEquals(Crossings.NONE, first(Ring.of(xy)));
    }

    @Test
    void theSideOfALineIsExact() {
        final SeededRandom random = new SeededRandom(4);
        for (int i = 0; i < 3000; i++) {
            final double ax = random.between(0, 1);
            final double ay = random.between(0, 1);
            final double bx = ax + random.between(0, 1000);
            final double by = ay + random.between(0, 1000);
            final double t = random.between(-1, 2);
            final double cx = ax + t * (bx - ax);
            final double cy = ay + t * (by - ay);
            final BigDecimal det =
                    exact(bx, ax).multiply(exact(cy, ay)).subtract(exact(by, ay).multiply(exact(cx, ax)));
            assertEquals(det.signum(), Orientation.of(ax, ay, bx, by, cx, cy));
            assertEquals(-det.signum(), Orientation.of(bx, by, ax, ay, cx, cy));
        }
        assertEquals(0, Orientation.of(0.1, 0.1, 0.2, 0.2, 0.7, 0.7));
        assertEquals(0, Orientation.of(1, 2, 3, 5, 7, 11));
    }

    private static BigDecimal exact(final double a, final double b) {
        return new BigDecimal(a).subtract(new BigDecimal(b));
    }
}
