package org.selfdiff.imaging.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.selfdiff.imaging.Picture;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;

class ScaledReaderTest {

    private static Levels noise(final int... downsamples) {
        return new Levels(
                400, 300, 0.25, 40, (x, y) -> Math.floorMod(x * 7919 + y * 104_729 + x * y, 256), downsamples);
    }

    /** The mean over a rectangle, by brute force over sixteenths of a pixel. */
    private static double mean(final Levels slide, final double x, final double y, final double side) throws RunFailed {
        final int parts = 16;
        double sum = 0;
        long count = 0;
        for (double v = y + 0.5 / parts; v < y + side; v += 1.0 / parts) {
            for (double u = x + 0.5 / parts; u < x + side; u += 1.0 / parts) {
                sum += slide.region(0, (long) u, (long) v, 1, 1).sample(0, 0, 0);
                count++;
            }
        }
        return sum / count;
    }

    @Test
    void aLevelIsReadAsItIs() throws RunFailed {
        final Levels slide = noise(1, 2);
        assertEquals(slide.region(1, 5, 6, 9, 7), new ScaledReader(slide, 2).read(10, 12, 9, 7));
        assertEquals(slide.region(0, 5, 6, 9, 7), new ScaledReader(slide, 1).read(5, 6, 9, 7));
    }

    @Test
    void betweenLevelsAPixelIsTheMeanOfWhatItCovers() throws RunFailed {
        final Levels slide = noise(1);
        for (final double downsample : new double[] {1.5, 2, 3.25, 7.75}) {
            final Picture read = new ScaledReader(slide, downsample).read(3, 5, 6, 4);
            for (int j = 0; j < 4; j++) {
                for (int i = 0; i < 6; i++) {
                    final double expected = mean(slide, 3 + i * downsample, 5 + j * downsample, downsample);
                    assertEquals(expected, read.sample(i, j, 1), 1.01, downsample + " at " + i + ", " + j);
                }
            }
        }
    }

    /** One pixel of the result covers more of the only level than an array holds. */
    @Test
    void pixelsTooCoarseForTheLevelsAreRefused() {
        final Levels slide = noise(1);
        for (final double downsample : new double[] {30_000, 1e6}) {
            final RunFailed failed =
                    assertThrows(RunFailed.class, () -> new ScaledReader(slide, downsample).read(0, 0, 1, 1));
            assertTrue(failed.what().contains("does not fit the memory"), failed.what());
        }
        assertThrows(RunFailed.class, () -> new ScaledReader(slide, 1.5).read(0, 0, 40_000, 40_000));
    }

    @Test
    void wholeFactorsRoundTheExactMean() throws RunFailed {
        final Levels slide = noise(1);
        final Picture exact = noise(1, 3).region(1, 4, 2, 20, 10);
        assertEquals(exact, new ScaledReader(slide, 3).read(12, 6, 20, 10));
    }

    @Test
    void tilesOfAnyCutAgreeWithTheWhole() throws Exception {
        final Levels slide = noise(1, 4);
        final ScaledReader reader = new ScaledReader(slide, 2);
        final Picture whole = reader.whole(RunControl.silent());
        assertEquals(200, whole.width());
        assertEquals(150, whole.height());
        assertEquals(whole.region(30, 40, 50, 60), reader.read(60, 80, 50, 60));
    }

    @Test
    void anOverviewOfASingleLevelIsReadInBands() throws Exception {
        final Levels slide = new Levels(60_000, 6_000, 0.25, 40, (x, y) -> x / 256 % 256, 1);
        final Picture overview = new ScaledReader(slide, 60).whole(RunControl.silent());
        assertEquals(1000, overview.width());
        assertEquals(100, overview.height());
        assertTrue(slide.largest() <= 16L << 20, slide.largest() + " pixels at once");
        assertEquals(600 * 60 / 256 % 256, overview.sample(600, 50, 0), 1);
    }

    @Test
    void aLargeReadStopsWhenCancelled() {
        final RunControl cancelled = new RunControl() {
            @Override
            public boolean isCancelled() {
                return true;
            }

            @Override
            public void progress(final double fraction, final String message) {
                // nobody is looking
            }

            @Override
            public void warn(final String message) {
                // nobody is listening
            }
        };
        assertThrows(RunCancelled.class, () -> new ScaledReader(noise(1), 3).whole(cancelled));
    }
}
