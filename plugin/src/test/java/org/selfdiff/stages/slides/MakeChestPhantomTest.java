package org.selfdiff.stages.slides;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfdiff.imaging.DecodeLimits;
import org.selfdiff.imaging.LabelMap;
import org.selfdiff.imaging.MaskCoding;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.Pictures;
import org.selfdiff.imaging.phantom.ChestFinding;
import org.selfdiff.imaging.phantom.ChestFindings;
import org.selfdiff.imaging.phantom.ChestPhantom;
import org.selfdiff.imaging.tiff.Masks;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.compute.CancelAfter;

class MakeChestPhantomTest {
    @TempDir
    Path folder;

    private MakeChestPhantom.Request request(final String name, final int count, final boolean sixteen) {
        return new MakeChestPhantom.Request(folder.resolve(name), count, 2, 48, ChestFindings.usual(0.6), sixteen, 4);
    }

    @Test
    void picturesMasksAndManifestBelongTogether() throws Exception {
        final MakeChestPhantom.Result result = MakeChestPhantom.run(request("set", 5, false), RunControl.silent());
        final List<String> manifest = Files.readAllLines(folder.resolve("set/chest.csv"));
        assertEquals(6, manifest.size());
        for (int i = 0; i < 5; i++) {
            final MakeChestPhantom.Made made = result.pictures().get(i);
            final ChestPhantom phantom = ChestPhantom.draw(48, 0.6, 4, i / 2, i % 2, RunControl.silent());
            final LabelMap mask = Masks.read(made.mask(), MaskCoding.labels(), DecodeLimits.standard());
            assertEquals(phantom.mask(), mask);
            assertEquals(Arrays.stream(mask.labels()).filter(l -> l > 0).count(), made.lung());
            assertEquals(Arrays.stream(mask.labels()).filter(l -> l == 2).count(), made.opacity());
            assertEquals(made.finding() == ChestFinding.NONE, made.opacity() == 0);
            assertEquals("patient-0000" + (i / 2 + 1), made.patient());
            final Picture picture = Pictures.read(made.image(), DecodeLimits.standard());
            for (int p = 0; p < 48 * 48; p++) {
                assertEquals(phantom.bytes()[p], picture.rgb()[3 * p]);
            }
            assertEquals(
                    made.image().getFileName() + "," + made.patient() + ","
                            + made.finding().label() + "," + made.lung() + "," + made.opacity(),
                    manifest.get(i + 1));
        }
    }

    @Test
    void sixteenBitsHoldTheLevels() throws Exception {
        final MakeChestPhantom.Made made = MakeChestPhantom.run(request("deep", 1, true), RunControl.silent())
                .pictures()
                .get(0);
        final LabelMap values = Masks.read(made.image(), MaskCoding.labels(), DecodeLimits.standard());
        final short[] levels =
                ChestPhantom.draw(48, 0.6, 4, 0, 0, RunControl.silent()).levels();
        for (int p = 0; p < levels.length; p++) {
            assertEquals(levels[p], values.labels()[p]);
        }
    }

    @Test
    void aPictureDoesNotDependOnHowManyThereAre() throws Exception {
        MakeChestPhantom.run(request("few", 2, false), RunControl.silent());
        MakeChestPhantom.run(request("many", 7, false), RunControl.silent());
        for (final String name : List.of("images/chest-00001.png", "images/chest-00002.png", "masks/chest-00002.png")) {
            assertArrayEquals(
                    Files.readAllBytes(folder.resolve("few").resolve(name)),
                    Files.readAllBytes(folder.resolve("many").resolve(name)));
        }
    }

    @Test
    void cancellingLeavesNothingAndBadSettingsAreNamed() throws Exception {
        assertThrows(RunCancelled.class, () -> MakeChestPhantom.run(request("set", 50, false), new CancelAfter(1)));
        assertEquals(0, Files.list(folder).count());
        final Path set = folder.resolve("set");
        for (final MakeChestPhantom.Request bad : List.of(
                new MakeChestPhantom.Request(set, 0, 1, 64, ChestFindings.usual(0.5), false, 1),
                new MakeChestPhantom.Request(set, 1, 0, 64, ChestFindings.usual(0.5), false, 1),
                new MakeChestPhantom.Request(set, 1, 1, 16, ChestFindings.usual(0.5), false, 1),
                new MakeChestPhantom.Request(set, 1, 1, 64, ChestFindings.usual(1.5), false, 1))) {
            assertTrue(assertThrows(RunFailed.class, () -> MakeChestPhantom.run(bad, RunControl.silent()))
                    .what()
                    .contains("out of range"));
        }
    }
}
