package org.selfdiff.imaging.phantom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.selfdiff.imaging.LabelMap;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.SeededRandom;
import org.selfdiff.imaging.annotation.Region;
import org.selfdiff.imaging.annotation.Ring;
import org.selfdiff.imaging.phantom.SlideForm.Artefact;
import org.selfdiff.imaging.phantom.SlideForm.Stain;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.Workers;

class SlidePhantomTest {
    private static final int WIDTH = 1024;

    private static final int HEIGHT = 768;

    /** Those of the first version; {@link Artefact#CIRCLE} came later. */
    private static final Set<Artefact> FIRST = EnumSet.of(Artefact.PEN, Artefact.EDGE, Artefact.FOCUS, Artefact.DUST);

    /** CRC-32 of 64 x 48 pixels within the first piece of slide 0 of seed 3. */
    private static final long GOLDEN = 3_834_642_829L;

    private static TextureBank bank;

    @BeforeAll
    static void drawBank() throws Exception {
        try (Workers workers = new Workers(2)) {
            bank = TextureBank.draw(64, 0.5, 3, workers, RunControl.silent());
        }
    }

    private static SlidePhantom slide(final int index, final Stain stain, final Set<Artefact> artefacts) {
        return SlidePhantom.draw(new SlideForm(WIDTH, HEIGHT, 0.5, true, stain, artefacts), 3, index, bank);
    }

    @Test
    void anyRectangleIsAPartOfTheWhole() {
        final SlidePhantom slide = slide(0, Stain.HE, EnumSet.allOf(Artefact.class));
        final Picture whole = slide.region(0, 0, WIDTH, HEIGHT);
        for (final int[] r :
                new int[][] {{0, 0, 64, 64}, {301, 203, 257, 131}, {1000, 700, 24, 68}, {511, 1, 1, 767}}) {
            assertEquals(whole.region(r[0], r[1], r[2], r[3]), slide.region(r[0], r[1], r[2], r[3]));
        }
    }

    /** A square of 16 pixels is tissue to the eye if it passes clearly less light than glass. */
    @Test
    void tissueSeenInThePixelsAgreesWithTheTruth() {
        final int step = 16;
        for (final Stain stain : List.of(Stain.HE, Stain.PALE)) {
            final SlidePhantom slide = slide(1, stain, Set.of());
            final Picture whole = slide.region(0, 0, WIDTH, HEIGHT);
            final double glass = whole.sample(1, 1, 1);
            final LabelMap truth = slide.labels(0, 0, WIDTH / step, HEIGHT / step, step);
            int both = 0;
            int either = 0;
            for (int i = 0; i < truth.labels().length; i++) {
                double green = 0;
                for (int p = 0; p < step * step; p++) {
                    green += whole.sample(i % truth.width() * step + p % step, i / truth.width() * step + p / step, 1);
                }
                final boolean seen = glass - green / (step * step) > 8;
                final boolean true1 = truth.labels()[i] > 0;
                both += seen && true1 ? 1 : 0;
                either += seen || true1 ? 1 : 0;
            }
            assertTrue(either > 200 && both > 0.93 * either, stain + ": " + both + " of " + either);
        }
    }

    @Test
    void onlySlidesWithTumourHaveIt() {
        for (final int[] size : new int[][] {{256, 256}, {8192, 6144}, {900, 5000}, {100_000, 80_000}}) {
            for (int seed = 0; seed < 12; seed++) {
                for (final boolean tumour : List.of(true, false)) {
                    final SlideLayout layout = SlideLayout.draw(
                            new SlideForm(size[0], size[1], 0.5, tumour, Stain.HE, Set.of()), new SeededRandom(seed));
                    final boolean has = layout.regions().stream()
                            .anyMatch(r -> r.className().equals("Tumor"));
                    assertEquals(tumour, has);
                    for (final Ring piece : layout.pieces()) {
                        for (int i = 0; i < piece.size(); i++) {
                            assertTrue(piece.x(i) > 0 && piece.x(i) < size[0]);
                            assertTrue(piece.y(i) > 0 && piece.y(i) < size[1]);
                        }
                    }
                }
            }
        }
    }

    private static SlideForm withFoci(final int count, final double micrometres, final double contrast) {
        return new SlideForm(
                4000,
                3000,
                0.5,
                true,
                Stain.HE,
                Set.of(),
                Optional.of(new SlideForm.Foci(count, micrometres)),
                contrast);
    }

    /** A circle of 100 micrometres has 200 pixels across; outlines are rough, and smaller where there is no room. */
    @Test
    void smallRegionsOfTumourAreAsManyAndAsLargeAsAskedFor() {
        int all = 0;
        double area = 0;
        for (int seed = 0; seed < 30; seed++) {
            final List<Region> tumour = SlideLayout.draw(withFoci(3, 100, 1), new SeededRandom(seed)).regions().stream()
                    .filter(r -> r.className().equals("Tumor"))
                    .toList();
            assertTrue(!tumour.isEmpty() && tumour.size() <= 3);
            for (final Region region : tumour) {
                assertTrue(region.bounds().maxX() - region.bounds().minX() < 1.6 * 200);
                area += region.area();
            }
            all += tumour.size();
        }
        assertTrue(all > 75, all + " of 90");
        assertEquals(1, area / all / (Math.PI * 100 * 100), 0.1);
        assertTrue(SlideLayout.draw(withFoci(1, 50_000, 1), new SeededRandom(3)).regions().stream()
                .anyMatch(r -> r.className().equals("Tumor")));
        assertThrows(IllegalArgumentException.class, () -> withFoci(0, 200, 1));
        assertThrows(IllegalArgumentException.class, () -> withFoci(3, 200, 9));
    }

    @Test
    void immunostainIsBrownInTumourAndBlueElsewhere() {
        final SlidePhantom slide = slide(0, Stain.IHC, Set.of());
        final Picture whole = slide.region(0, 0, WIDTH, HEIGHT);
        final int[] labels = slide.labels(0, 0, WIDTH, HEIGHT, 1).labels();
        final double[] redder = new double[4];
        final int[] count = new int[4];
        for (int i = 0; i < labels.length; i++) {
            redder[labels[i]] += (whole.rgb()[3 * i] & 0xff) - (whole.rgb()[3 * i + 2] & 0xff);
            count[labels[i]]++;
        }
        final double tumour = redder[TissueKind.TUMOR.label()] / count[TissueKind.TUMOR.label()];
        final double stroma = redder[TissueKind.STROMA.label()] / count[TissueKind.STROMA.label()];
        final double glass = redder[0] / count[0];
        assertTrue(tumour > glass + 20 && stroma < glass + 1, tumour + " and " + stroma + " on " + glass);
    }

    @Test
    void tumourHoldsMoreHematoxylinThanStroma() {
        double tumour = 0;
        double stroma = 0;
        for (int index = 0; index < 3; index++) {
            final SlidePhantom slide = slide(index, Stain.HE, Set.of());
            final Picture whole = slide.region(0, 0, WIDTH, HEIGHT);
            tumour += meanRed(whole, slide, TissueKind.TUMOR);
            stroma += meanRed(whole, slide, TissueKind.STROMA);
        }
        assertTrue(tumour < stroma - 3 * 15, tumour / 3 + " and " + stroma / 3);
    }

    private static double meanRed(final Picture whole, final SlidePhantom slide, final TissueKind kind) {
        final int[] labels = slide.labels(0, 0, WIDTH, HEIGHT, 1).labels();
        double red = 0;
        int count = 0;
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] == kind.label()) {
                red += whole.rgb()[3 * i] & 0xff;
                count++;
            }
        }
        return red / count;
    }

    @Test
    void artefactsAreThereWhenAskedFor() {
        final Picture clean = slide(2, Stain.HE, Set.of()).region(0, 0, WIDTH, HEIGHT);
        int last = -1;
        for (final Artefact artefact : Artefact.values()) {
            final Picture with = slide(2, Stain.HE, Set.of(artefact)).region(0, 0, WIDTH, HEIGHT);
            int changed = 0;
            for (int i = 0; i < WIDTH * HEIGHT; i++) {
                changed += Math.abs((with.rgb()[3 * i + 1] & 0xff) - (clean.rgb()[3 * i + 1] & 0xff)) > 12 ? 1 : 0;
            }
            assertTrue(changed > 20 && changed < WIDTH * HEIGHT / 3, artefact + ": " + changed);
            assertNotEquals(last, changed);
            last = changed;
        }
    }

    /** Ink weakens the light by the same shares on glass and over tissue, and nothing beside it. */
    @Test
    void circlesMultiplyTheLightOfTissueWhereTheirTruthSaysSo() {
        int onTissue = 0;
        for (int index = 0; index < 3; index++) {
            final Picture clean = slide(index, Stain.HE, Set.of()).region(0, 0, WIDTH, HEIGHT);
            final SlidePhantom slide = slide(index, Stain.HE, Set.of(Artefact.CIRCLE));
            final Picture with = slide.region(0, 0, WIDTH, HEIGHT);
            final int[] ink = slide.ink(0, 0, WIDTH, HEIGHT, 1).labels();
            final int[] labels = slide.labels(0, 0, WIDTH, HEIGHT, 1).labels();
            int inked = 0;
            int dimmed = 0;
            final double[][] density = new double[2][4];
            for (int i = 0; i < ink.length; i++) {
                final double[] d = new double[3];
                boolean bright = true;
                for (int c = 0; c < 3; c++) {
                    final int before = clean.rgb()[3 * i + c] & 0xff;
                    final int after = with.rgb()[3 * i + c] & 0xff;
                    d[c] = Math.log((before + 0.5) / (after + 0.5));
                    bright &= after > 8;
                }
                inked += ink[i];
                dimmed += ink[i] == 0 || d[0] + d[1] + d[2] > 0.8 ? ink[i] : 0;
                assertTrue(ink[i] == 1 || d[0] + d[1] + d[2] < 4, "no dense ink beside the mask");
                if (ink[i] == 1 && bright) {
                    final int where = labels[i] > 0 ? 1 : 0;
                    for (int c = 0; c < 3; c++) {
                        density[where][c] += d[c];
                    }
                    density[where][3]++;
                }
            }
            onTissue += (int) density[1][3];
            assertTrue(inked > 5000 && dimmed > 0.98 * inked, dimmed + " of " + inked);
            if (density[0][3] > 500 && density[1][3] > 500) {
                final double[] shares = new double[2];
                for (int where = 0; where < 2; where++) {
                    shares[where] = density[where][0] / (density[where][0] + density[where][1] + density[where][2]);
                }
                assertEquals(shares[0], shares[1], 0.03, "the colour of the ink of slide " + index);
            }
        }
        assertTrue(onTissue > 5000, "circles cross tissue: " + onTissue);
    }

    @Test
    void noiseFitsAcrossTheBordersOfRectangles() {
        final NoiseField noise = new NoiseField(5, 37, 3);
        final float[] whole = noise.fill(-20, -13, 90, 70);
        final float[] part = noise.fill(3, 11, 30, 20);
        for (int i = 0; i < part.length; i++) {
            assertEquals(whole[(i / 30 + 24) * 90 + i % 30 + 23], part[i]);
        }
        assertEquals(noise.at(16, 24), noise.fill(16, 24, 1, 1)[0], 1e-6);
    }

    @Test
    void thePixelsAreTheSameOnEveryMachineAndInEveryVersion() {
        final SlidePhantom slide = slide(0, Stain.HE, FIRST);
        final Ring piece = slide.tissue().get(0).polygons().get(0).outer();
        final CRC32 crc = new CRC32();
        crc.update(slide.region((int) piece.x(0) - 40, (int) piece.y(0) - 24, 64, 48)
                .rgb());
        assertEquals(GOLDEN, crc.getValue(), "a change of the phantom changes every example: say so in the change log");
        assertArrayEquals(
                slide.region(5, 6, 7, 8).rgb(),
                slide(0, Stain.HE, FIRST).region(5, 6, 7, 8).rgb());
    }

    @Test
    void sizesAreChecked() {
        assertThrows(IllegalArgumentException.class, () -> new SlideForm(100, 300, 0.5, true, Stain.HE, Set.of()));
        assertThrows(IllegalArgumentException.class, () -> new SlideForm(300, 300, 5, true, Stain.HE, Set.of()));
    }
}
