package org.selfdiff.imaging.stain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.SeededRandom;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;

class StainFitTest {
    private static final double[] OTHER_EOSIN = Vectors.unit(new double[] {0.27, 0.68, 0.68});

    private static StainFit fit(final StainSample sample, final StainMethod method) throws RunFailed, RunCancelled {
        return StainFit.of(sample, method, RunControl.silent());
    }

    private static StainFit fit(final Picture picture, final StainMethod method) throws RunFailed, RunCancelled {
        return fit(StainedPixels.sample(picture), method);
    }

    @Test
    void macenkoAgreesWithAnIndependentImplementation() throws Exception {
        // plain Python: Jacobi rotations, percentiles by sorting, least squares by the normal equations
        final StainSample sample = StainedPixels.sample(StainedPixels.reference());
        assertEquals(2799, sample.colours().length);
        final StainVectors fit = (StainVectors) fit(sample, StainMethod.MACENKO);
        assertArrayEquals(new double[] {0.641984, 0.711021, 0.286889}, fit.hematoxylin(), 2e-6);
        assertArrayEquals(new double[] {0.092159, 0.954691, 0.282969}, fit.eosin(), 2e-6);
        assertArrayEquals(new double[] {1.989912, 1.179151}, fit.most(), 2e-6);
        final double[][] expected = {
            {120, 80, 150, 123.703, 89.726, 124.907},
            {200, 120, 170, 185.689, 143.672, 151.582},
            {60, 30, 90, 63.361, 37.279, 65.15},
            {239, 239, 239, 239, 239, 239},
            {90, 140, 60, 79.922, 160.44, 71.857}
        };
        final StainTransform transform = new StainTransform(fit, StainFit.standard(StainMethod.MACENKO));
        for (final double[] e : expected) {
            final Picture one = new Picture(1, 1, new byte[] {(byte) e[0], (byte) e[1], (byte) e[2]});
            for (int c = 0; c < 3; c++) {
                assertEquals(e[3 + c], transform.apply(one).sample(0, 0, c), 0.65, "rounding and steps of the tables");
            }
        }
    }

    @Test
    void reinhardAgreesWithAnIndependentImplementation() throws Exception {
        final ColourStatistics fit = (ColourStatistics) fit(StainedPixels.reference(), StainMethod.REINHARD);
        assertArrayEquals(new double[] {8.257913, -0.315451, 0.057778}, fit.mean(), 2e-6);
        assertArrayEquals(new double[] {0.583912, 0.158969, 0.035448}, fit.deviation(), 2e-6);
        assertArrayEquals(new double[] {8.134532, -0.307711, 0.034686}, Ruderman.of(0x785096), 1e-6);
    }

    @ParameterizedTest
    @EnumSource(names = {"MACENKO", "VAHADANE"})
    void knownStainsAreFoundWithinADegree(final StainMethod method) throws Exception {
        for (final double[] eosin : new double[][] {StainedPixels.EOSIN, OTHER_EOSIN}) {
            final Picture picture = StainedPixels.tissue(3, StainedPixels.HEMATOXYLIN, eosin, 1);
            final StainVectors fit = (StainVectors) fit(picture, method);
            assertEquals(0, StainedPixels.degrees(StainedPixels.HEMATOXYLIN, fit.hematoxylin()), 1);
            assertEquals(0, StainedPixels.degrees(eosin, fit.eosin()), 1);
            assertEquals(1.77, fit.most()[0], 0.03);
            assertEquals(1.18, fit.most()[1], 0.03);
        }
    }

    @Test
    void vahadaneNeverEndsAboveItsStart() throws Exception {
        for (final Picture picture : new Picture[] {
            StainedPixels.reference(),
            StainedPixels.tissue(4, StainedPixels.HEMATOXYLIN, StainedPixels.EOSIN, 1),
            StainedPixels.tissue(4, StainedPixels.HEMATOXYLIN, OTHER_EOSIN, 0.4)
        }) {
            final double[] densities = StainedPixels.sample(picture).densities();
            final double[][] macenko = Macenko.stains(densities).orElseThrow();
            final double[][] vahadane = Vahadane.stains(densities, Vahadane.LAMBDA, RunControl.silent())
                    .orElseThrow();
            assertTrue(Vahadane.objective(densities, vahadane, Vahadane.LAMBDA)
                    < Vahadane.objective(densities, macenko, Vahadane.LAMBDA));
        }
    }

    @Test
    void withLittleSparsenessExactMixturesAreReconstructedBetterThanByMacenko() throws Exception {
        // every direction between the stains is as frequent, so that Macenko's percentiles cut the outermost off
        final SeededRandom random = new SeededRandom(8);
        final double[] densities = new double[3 * 20_000];
        for (int i = 0; i < densities.length; i += 3) {
            final double part = random.nextDouble();
            final double strength = random.between(0.3, 2);
            for (int c = 0; c < 3; c++) {
                densities[i + c] =
                        strength * (part * StainedPixels.HEMATOXYLIN[c] + (1 - part) * StainedPixels.EOSIN[c]);
            }
        }
        final double[][] vahadane =
                Vahadane.stains(densities, 1e-6, RunControl.silent()).orElseThrow();
        final double macenko =
                Vahadane.objective(densities, Macenko.stains(densities).orElseThrow(), 0);
        assertTrue(Vahadane.objective(densities, vahadane, 0) < 0.8 * macenko);
    }

    @Test
    void amountsThatMinimiseByHand() {
        final double[] h = new double[2];
        Vahadane.solve(0.5, 1, 1, h);
        assertArrayEquals(new double[] {2.0 / 3, 2.0 / 3}, h, 1e-15);
        Vahadane.solve(0.5, 1, 0.2, h); // the free minimum has -0.4 of the second
        assertArrayEquals(new double[] {1, 0}, h, 1e-15);
        Vahadane.solve(0.5, -1, -0.1, h);
        assertArrayEquals(new double[] {0, 0}, h, 1e-15);
        Vahadane.solve(1, 0.3, 0.3, h); // parallel stains
        assertEquals(0.3, h[0] + h[1], 1e-15);
    }

    @ParameterizedTest
    @EnumSource(StainMethod.class)
    void theOrderOfTheTilesPlaysNoPart(final StainMethod method) throws Exception {
        final Picture slide = StainedPixels.tissue(5, StainedPixels.HEMATOXYLIN, StainedPixels.EOSIN, 1);
        final StainSampler whole = new StainSampler("a", GlassColour.usual(), 3000);
        whole.add(slide, 0, 0);
        final StainSampler tiles = new StainSampler("a", GlassColour.usual(), 3000);
        final StainSampler others = new StainSampler("a", GlassColour.usual(), 3000);
        for (int k = 11; k >= 0; k--) {
            (k % 3 == 0 ? others : tiles)
                    .add(
                            slide.region(k % 4 * 30, k / 4 * 34, 30, Math.min(34, 100 - k / 4 * 34)),
                            k % 4 * 30,
                            k / 4 * 34);
        }
        tiles.add(slide.region(10, 10, 50, 50), 10, 10); // what overlaps counts once
        tiles.merge(others);
        assertArrayEquals(whole.sample().colours(), tiles.sample().colours());
        assertEquals(3000, tiles.sample().colours().length);
        assertEquals(fit(whole.sample(), method), fit(tiles.sample(), method));
    }

    @Test
    void aSampleIsOfTissueAlone() {
        final Picture glass = new Picture(20, 20, bytes(20 * 20, 238, 236, 238));
        assertEquals(0, StainedPixels.sample(glass).colours().length);
        final Picture eosin = new Picture(20, 20, bytes(20 * 20, 235, 150, 200)); // hardly absorbs red
        assertEquals(400, StainedPixels.sample(eosin).colours().length);
    }

    private static byte[] bytes(final int pixels, final int... colour) {
        final byte[] rgb = new byte[3 * pixels];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) colour[i % 3];
        }
        return rgb;
    }

    @ParameterizedTest
    @EnumSource(StainMethod.class)
    void whatHasNoStainsIsRefusedByName(final StainMethod method) {
        final Picture empty = new Picture(30, 30, bytes(900, 250, 250, 250));
        final Picture one = new Picture(30, 30, bytes(900, 120, 60, 130));
        final Picture black = new Picture(30, 30, bytes(900, 0, 0, 0));
        for (final Picture picture : new Picture[] {empty, one, black}) {
            final RunFailed failed = assertThrows(RunFailed.class, () -> fit(picture, method));
            assertEquals("slide.svs", failed.where());
        }
    }

    @Test
    void oneStainAloneIsNoPair() {
        final SeededRandom random = new SeededRandom(2);
        final double[][] stains = {StainedPixels.HEMATOXYLIN, StainedPixels.EOSIN};
        final Picture picture = StainedPixels.picture(60, 60, stains, a -> {
            a[0] = random.between(0.5, 1.5);
            a[1] = 0;
        });
        assertThrows(RunFailed.class, () -> fit(picture, StainMethod.MACENKO));
    }

    @Test
    void glassIsWhereItIsBrightSmoothAndNeutral() {
        final byte[] rgb = bytes(100 * 100, 241, 236, 239);
        for (int i = 0; i < 4000; i++) {
            System.arraycopy(bytes(1, 255, 255, 255), 0, rgb, 3 * i, 3); // padding
        }
        for (int i = 4000; i < 9000; i++) {
            System.arraycopy(bytes(1, 190, 110, 170), 0, rgb, 3 * i, 3);
        }
        final GlassColour glass = GlassColour.in(new Picture(100, 100, rgb));
        assertEquals(new GlassColour(241, 236, 239, true), glass);
        assertEquals(GlassColour.usual(), GlassColour.in(new Picture(9, 9, bytes(81, 180, 160, 215))));
        assertEquals(
                255, GlassColour.in(new Picture(9, 9, bytes(81, 255, 255, 255))).red());
    }
}
