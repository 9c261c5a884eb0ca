package org.selfdiff.imaging.tissue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.selfdiff.imaging.DecodeLimits;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.Pictures;
import org.selfdiff.imaging.stain.StainFit;
import org.selfdiff.imaging.stain.StainMethod;
import org.selfdiff.imaging.stain.StainSample;
import org.selfdiff.imaging.stain.StainSampler;
import org.selfdiff.imaging.stain.StainTransform;
import org.selfdiff.imaging.stain.StainVectors;
import org.selfdiff.run.RunControl;

/** H&E tiles of known tissue, and a picture of immunohistochemistry. */
class RealPicturesTest {
    private static final Path DATA =
            Path.of("../../shared/data").toAbsolutePath().normalize();

    @BeforeAll
    static void needsData() {
        final boolean there = Files.isDirectory(DATA.resolve("colorectal-textures"));
        if (!there) {
            System.out.println("SKIPPED: no real pictures in " + DATA);
        }
        Assumptions.assumeTrue(there, "real pictures in " + DATA);
    }

    private static List<Path> tiles(final String tissue) throws IOException {
        try (Stream<Path> files = Files.list(DATA.resolve("colorectal-textures/" + tissue))) {
            return files.sorted().toList();
        }
    }

    private static Picture read(final Path file) throws Exception {
        return Pictures.read(file, DecodeLimits.standard());
    }

    private static TissueMask find(final Path file) throws Exception {
        return TissueFinder.find(read(file), 0.5, TissueSettings.standard(), RunControl.silent());
    }

    @Test
    void everyTissueIsFoundAndEmptyGlassIsEmpty() throws Exception {
        for (final String tissue :
                List.of("01_TUMOR", "02_STROMA", "03_COMPLEX", "04_LYMPHO", "05_DEBRIS", "06_MUCOSA", "07_ADIPOSE")) {
            for (final Path tile : tiles(tissue)) {
                final TissueMask mask = find(tile);
                final double least = tissue.equals("07_ADIPOSE") ? 0.15 : 0.75;
                assertTrue(mask.share() > least, tile + ": " + mask.share());
                assertEquals(0, mask.share(TissueClass.PEN), tile.toString());
            }
        }
        for (final Path tile : tiles("08_EMPTY")) {
            assertTrue(find(tile).share() < 0.02, tile.toString());
        }
    }

    @Test
    void brownAndBlueAreNoPens() throws Exception {
        final Path ihc = DATA.resolve("pictures/ihc.png");
        final TissueMask mask =
                TissueFinder.find(read(ihc), Double.NaN, TissueSettings.standard(), RunControl.silent());
        assertEquals(0, mask.share(TissueClass.PEN));
        assertEquals(1, mask.fraction(60, 60, 120, 120), "epithelium");
        assertEquals(0, mask.fraction(0, 330, 30, 60), "lumen");
        assertTrue(mask.share() > 0.7 && mask.share() < 0.95, "share " + mask.share());
    }

    @Test
    void stainsOfRealTissueAreThoseOfTheBooks() throws Exception {
        final Path file = DATA.resolve("pictures/histo.jpg");
        final Picture picture = read(file);
        final StainSample sample = StainSampler.of(picture, file.toString());
        for (final StainMethod method : List.of(StainMethod.MACENKO, StainMethod.VAHADANE)) {
            final StainVectors fit = (StainVectors) StainFit.of(sample, method, RunControl.silent());
            // hematoxylin 0.65 0.70 0.29 and eosin 0.07 0.99 0.11 by Ruifrok, with the spread of laboratories
            assertTrue(fit.hematoxylin()[0] > 0.45 && fit.hematoxylin()[0] > fit.hematoxylin()[2], fit.text());
            assertTrue(fit.eosin()[1] > 0.75 && fit.eosin()[0] < 0.4, fit.text());
            assertEquals(picture, new StainTransform(fit, fit).apply(picture));
        }
    }
}
