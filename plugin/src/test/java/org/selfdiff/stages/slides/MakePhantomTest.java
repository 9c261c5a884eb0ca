package org.selfdiff.stages.slides;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfdiff.imaging.DecodeLimits;
import org.selfdiff.imaging.LabelMap;
import org.selfdiff.imaging.MaskCoding;
import org.selfdiff.imaging.tiff.Masks;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.compute.CancelAfter;

class MakePhantomTest {
    @TempDir
    Path folder;

    private MakePhantom.Request request(final String name, final int count, final long seed) {
        return new MakePhantom.Request(folder.resolve(name), count, 64, 48, 0.5, seed, true);
    }

    /** All files by name. */
    private static TreeMap<String, byte[]> files(final Path folder) throws IOException {
        final TreeMap<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (final Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return files;
    }

    @Test
    void picturesMasksTypesAndManifestBelongTogether() throws Exception {
        final MakePhantom.Result result = MakePhantom.run(request("set", 3, 1), RunControl.silent());
        assertEquals(3, result.pictures().size());
        final List<String> manifest = Files.readAllLines(folder.resolve("set/phantom.csv"));
        assertEquals(4, manifest.size());
        for (int i = 0; i < 3; i++) {
            final MakePhantom.Made made = result.pictures().get(i);
            final LabelMap mask = Masks.read(made.mask(), MaskCoding.labels(), DecodeLimits.standard());
            final LabelMap types = Masks.read(made.types().orElseThrow(), MaskCoding.labels(), DecodeLimits.standard());
            assertEquals(mask, types.foreground());
            assertTrue(types.max() <= 3);
            final String[] line = manifest.get(i + 1).split(",");
            assertEquals(manifest.get(0).split(",").length, line.length);
            assertEquals(made.image().getFileName().toString(), line[0]);
            assertEquals(
                    made.counts().values().stream().mapToInt(Integer::intValue).sum(), Integer.parseInt(line[5]));
        }
        assertEquals(1 + 3 * 3, files(folder.resolve("set")).size());
        assertEquals(1, Files.list(folder).count(), "nothing is left beside it");
    }

    @Test
    void aPictureDoesNotDependOnHowManyThereAre() throws Exception {
        MakePhantom.run(request("few", 2, 1), RunControl.silent());
        MakePhantom.run(request("many", 5, 1), RunControl.silent());
        MakePhantom.run(request("other", 2, 2), RunControl.silent());
        final TreeMap<String, byte[]> few = files(folder.resolve("few"));
        final TreeMap<String, byte[]> many = files(folder.resolve("many"));
        final TreeMap<String, byte[]> other = files(folder.resolve("other"));
        few.remove("phantom.csv");
        few.forEach((name, content) -> assertArrayEquals(content, many.get(name), name));
        final String first = Path.of("images", "phantom-00001.png").toString();
        assertFalse(Arrays.equals(few.get(first), other.get(first)));
    }

    @Test
    void anOldSetIsReplacedAndNothingElseIs() throws Exception {
        MakePhantom.run(request("set", 3, 1), RunControl.silent());
        MakePhantom.run(request("set", 1, 1), RunControl.silent());
        assertEquals(1 + 3, files(folder.resolve("set")).size(), "no picture of the old set is left");
        Files.writeString(folder.resolve("set/notes.txt"), "mine");
        final RunFailed failed =
                assertThrows(RunFailed.class, () -> MakePhantom.run(request("set", 1, 1), RunControl.silent()));
        assertTrue(failed.what().contains("not overwritten"));
        assertEquals("mine", Files.readString(folder.resolve("set/notes.txt")));
        Files.writeString(folder.resolve("file"), "x");
        assertThrows(RunFailed.class, () -> MakePhantom.run(request("file", 1, 1), RunControl.silent()));
        assertThrows(RunFailed.class, () -> MakePhantom.run(request("file/within", 1, 1), RunControl.silent()));
    }

    /** A mask that was corrected by hand, and a picture of one's own among those that were made. */
    @Test
    void whatWasChangedByHandIsNotLost() throws Exception {
        MakePhantom.run(request("set", 2, 1), RunControl.silent());
        final FileTime later = FileTime.fromMillis(System.currentTimeMillis() + 60_000);
        final Path mask = folder.resolve("set/masks/phantom-00001.png");
        final Path own = Files.writeString(folder.resolve("set/images/own.png"), "mine");
        for (final Path file : List.of(own, mask)) {
            final FileTime before = Files.getLastModifiedTime(file);
            Files.setLastModifiedTime(file, later);
            final RunFailed failed =
                    assertThrows(RunFailed.class, () -> MakePhantom.run(request("set", 1, 1), RunControl.silent()));
            assertEquals(file.toString(), failed.where());
            assertTrue(Files.exists(own) && Files.exists(mask));
            Files.setLastModifiedTime(file, before);
        }
        MakePhantom.run(request("set", 1, 1), RunControl.silent());
    }

    @Test
    void cancellingLeavesWhatWasThere() throws Exception {
        assertThrows(RunCancelled.class, () -> MakePhantom.run(request("set", 50, 1), new CancelAfter(1)));
        assertEquals(0, Files.list(folder).count());
        MakePhantom.run(request("set", 1, 1), RunControl.silent());
        final TreeMap<String, byte[]> before = files(folder.resolve("set"));
        assertThrows(RunCancelled.class, () -> MakePhantom.run(request("set", 50, 2), new CancelAfter(1)));
        final TreeMap<String, byte[]> after = files(folder.resolve("set"));
        assertEquals(before.keySet(), after.keySet());
        before.forEach((name, content) -> assertArrayEquals(content, after.get(name)));
        assertEquals(1, Files.list(folder).count());
    }

    @Test
    void settingsOutOfRangeAreNamed() {
        final Path set = folder.resolve("set");
        for (final MakePhantom.Request bad : List.of(
                new MakePhantom.Request(set, 0, 64, 64, 0.5, 1, false),
                new MakePhantom.Request(set, 1, 8, 64, 0.5, 1, false),
                new MakePhantom.Request(set, 1, 64, 5000, 0.5, 1, false),
                new MakePhantom.Request(set, 1, 64, 64, Double.NaN, 1, false))) {
            final RunFailed failed = assertThrows(RunFailed.class, () -> MakePhantom.run(bad, RunControl.silent()));
            assertTrue(failed.what().contains("out of range"));
            assertTrue(failed.remedy().startsWith("Choose "));
        }
        assertFalse(Files.exists(set));
    }
}
