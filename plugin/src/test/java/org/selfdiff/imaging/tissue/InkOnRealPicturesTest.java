package org.selfdiff.imaging.tissue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.phantom.PenColour;

/** Strokes over real slides and pictures, and no ink where there is none. */
@Tag("slow")
class InkOnRealPicturesTest {
    private static Map<String, Picture> clean;

    @BeforeAll
    static void needsData() throws Exception {
        final boolean there = Files.isDirectory(CleanOverviews.DATA.resolve("slides"));
        if (!there) {
            System.out.println("SKIPPED: no real slides in " + CleanOverviews.DATA);
        }
        Assumptions.assumeTrue(there, "real slides in " + CleanOverviews.DATA);
        clean = CleanOverviews.real();
    }

    @ParameterizedTest
    @EnumSource(PenColour.class)
    void inkOverRealTissueIsFoundAndNothingElseIsLost(final PenColour colour) {
        InkedOverview.Score sum = InkedOverview.Score.NONE;
        for (final Map.Entry<String, Picture> e : clean.entrySet()) {
            final InkedOverview inked = InkedOverview.of(e.getValue(), 8, 1, colour, 60);
            final InkedOverview.Score score = inked.score(inked.found());
            assertTrue(score.lostShare() < 0.01, e.getKey() + " loses " + score);
            sum = sum.plus(score);
        }
        System.out.println("ink over tissue, real, " + colour + ": " + sum);
        assertTrue(sum.foundShare() > 0.8, "found " + sum);
        assertTrue(sum.lostShare() < 0.002, "lost " + sum);
    }

    /** The larger a pixel, the fewer make a mark: 156 at 16 micrometres, 625 at 8, 400 if the size is unknown. */
    @Test
    void cleanSlidesAndPicturesHaveNoInkAtAnyResolution() throws Exception {
        for (final Map.Entry<String, Picture> e : clean.entrySet()) {
            assertEquals(0, InkedOverview.find(e.getValue(), 16).share(TissueClass.PEN), e.getKey());
        }
        for (final String folder : List.of("nuclei-he/images", "nuclei-brightfield/images", "pictures")) {
            try (Stream<Path> files = Files.list(CleanOverviews.DATA.resolve(folder))) {
                // dark cells of pictures without colour are as black as ink
                final double most = folder.startsWith("nuclei-brightfield") ? 0.02 : 0;
                for (final Path file : files.sorted().toList()) {
                    final double share = InkedOverview.find(CleanOverviews.read(file), Double.NaN)
                            .share(TissueClass.PEN);
                    assertTrue(share <= most, file + ": " + share);
                }
            }
        }
    }
}
