package org.selfdiff.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;

/** Which pictures and masks belong together; only names count, so that the files are empty. */
class PictureFilesTest {
    @TempDir
    Path folder;

    private final List<String> warnings = new ArrayList<>();

    private final RunControl control = new RunControl() {
        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public void progress(final double fraction, final String message) {
            // not looked at
        }

        @Override
        public void warn(final String message) {
            warnings.add(message);
        }
    };

    private Path file(final String name) throws Exception {
        final Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, new byte[0]);
    }

    private List<PictureFiles.Entry> list(
            final String pictures, final boolean recursive, final String masks, final String suffix) throws Exception {
        return new PictureFiles.Folder(
                        folder.resolve(pictures),
                        recursive,
                        Optional.ofNullable(masks).map(folder::resolve),
                        suffix)
                .list(control);
    }

    private static List<String> names(final List<PictureFiles.Entry> entries) {
        return entries.stream().map(PictureFiles.Entry::name).toList();
    }

    @Test
    void oneNameInTheFoldersOfTwoPatientsIsTwoGroups() throws Exception {
        file("i/p1/image.png");
        file("i/p2/image.png");
        final List<PictureFiles.Entry> entries = list("i", true, null, "");
        assertEquals("p1/image", Grouping.byPicture().of(entries.get(0)));
        assertEquals("p2/image", Grouping.byPicture().of(entries.get(1)));
        assertEquals("p2", Grouping.byFolder().of(entries.get(1)));
        final PictureFiles listed = new PictureFiles.Listed(List.of(
                new PictureFiles.Listed.Picture(
                        folder.resolve("i/p1/image.png"), Optional.empty(), Optional.empty(), ""),
                new PictureFiles.Listed.Picture(
                        folder.resolve("i/p2/image.png"), Optional.empty(), Optional.empty(), ""),
                new PictureFiles.Listed.Picture(
                        folder.resolve("i/p2/other.png"), Optional.empty(), Optional.of("told"), "")));
        final List<PictureFiles.Entry> rows = listed.list(control);
        assertEquals(List.of("p1/image", "p2/image", "p2/other"), names(rows));
        assertEquals("told", Grouping.byPicture().of(rows.get(2)));
        assertEquals("p2", Grouping.byFolder().of(rows.get(2)));
    }

    @Test
    void picturesOfOneFolderAreNamedAsTheirFiles() throws Exception {
        file("i/b.png");
        file("i/a.ome.tif");
        assertEquals(List.of("a", "b"), names(list("i", false, null, "")));
        assertEquals("i", Grouping.byFolder().of(list("i", false, null, "").get(0)));
    }

    @Test
    void oneMaskForTwoPicturesIsRefused() throws Exception {
        file("i/a.png");
        file("i/a.jpg");
        file("m/a_mask.png");
        final RunFailed failed = assertThrows(RunFailed.class, () -> list("i", false, "m", "_mask"));
        assertTrue(failed.what().contains("a.jpg") && failed.what().contains("a.png"), failed.what());
        assertTrue(failed.where().endsWith("a_mask.png"), failed.where());
        final PictureFiles.Listed.Picture one = new PictureFiles.Listed.Picture(
                folder.resolve("i/a.png"), Optional.of(folder.resolve("m/a_mask.png")), Optional.empty(), "");
        final PictureFiles.Listed.Picture other = new PictureFiles.Listed.Picture(
                folder.resolve("i/a.jpg"), Optional.of(folder.resolve("m/a_mask.png")), Optional.empty(), "");
        assertThrows(RunFailed.class, () -> new PictureFiles.Listed(List.of(one, other)).list(control));
        Files.move(folder.resolve("m/a_mask.png"), folder.resolve("m/a_mask.geojson"));
        assertThrows(RunFailed.class, () -> list("i", false, "m", "_mask"));
    }

    @Test
    void oneFileOfAnnotationsDescribesManyPicturesButNotTwoOfOneName() throws Exception {
        file("i/a.png");
        file("i/b.png");
        file("all.json");
        assertEquals(2, list("i", true, "all.json", "").size());
        file("i/within/a.png");
        assertThrows(RunFailed.class, () -> list("i", true, "all.json", ""));
    }

    @Test
    void linkedFoldersAreFollowedAndCountOnce() throws Exception {
        file("real/a.png");
        file("real/within/b.png");
        file("other/c.png");
        link("i", "real");
        link("real/linked", "other");
        link("real/circle", "real");
        link("other/back", "real/within");
        assertEquals(List.of("a", "linked/c", "within/b"), names(list("i", true, null, "")));
        assertEquals(List.of("a"), names(list("i", false, null, "")));
    }

    private void link(final String name, final String target) throws Exception {
        try {
            Files.createSymbolicLink(folder.resolve(name), folder.resolve(target));
        } catch (final UnsupportedOperationException | java.nio.file.FileSystemException e) {
            assumeTrue(false, "no links here");
        }
    }

    @Test
    void aMaskFolderAboveThePicturesHidesNone() throws Exception {
        file("all/pictures/a.png");
        file("all/pictures/b.png");
        file("all/a.png");
        final List<PictureFiles.Entry> above = list("all/pictures", true, "all", "");
        assertEquals(List.of("a", "b"), names(above));
        assertEquals(Optional.of(folder.resolve("all/a.png")), above.get(0).mask());
        assertEquals(Optional.empty(), above.get(1).mask());
        file("all/pictures/masks/a.png");
        final List<PictureFiles.Entry> within = list("all/pictures", true, "all/pictures/masks", "");
        assertEquals(List.of("a", "b"), names(within), "those in it are masks");
        file("all/pictures/a_m.png");
        assertEquals(List.of("a", "b", "masks/a"), names(list("all/pictures", true, "all/pictures", "_m")));
    }

    @Test
    void hiddenAndSystemFoldersAreLeftOut() throws Exception {
        file("i/a.png");
        for (final String name : List.of(
                ".Trash-1000/files/b.png",
                ".ipynb_checkpoints/a-checkpoint.png",
                "__MACOSX/._a.png",
                "__MACOSX/a.png",
                "@eaDir/a.png/thumb.png",
                "$RECYCLE.BIN/x.png",
                "._a.png")) {
            file("i/" + name);
        }
        assertEquals(List.of("a"), names(list("i", true, null, "")));
    }

    @Test
    void aFolderThatMayNotBeReadIsAWarning() throws Exception {
        file("i/a.png");
        final Path closed = file("i/closed/b.png").getParent();
        assumeTrue(closed.getFileSystem().supportedFileAttributeViews().contains("posix"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(closed), "this user may read everything");
        try {
            assertEquals(List.of("a"), names(list("i", true, null, "")));
            assertTrue(warnings.get(0).contains("closed"), warnings.toString());
        } finally {
            Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    @Test
    void lettersWithAccentsAreOneLetterHoweverTheyAreWritten() throws Exception {
        file("i/Pr\u0065\u0301le\u0300vement.png"); // as macOS writes it
        file("m/Pr\u00e9l\u00e8vement_M.png");
        final PictureFiles.Entry entry = list("i", false, "m", "_M").get(0);
        assertTrue(entry.mask().isPresent());
        assertEquals("Pr\u00e9l\u00e8vement", Grouping.byPicture().of(entry));
        assertEquals("Pr\u00e9l", Grouping.byPattern("^(Pr\u00e9l)").of(entry));
        assertTrue(warnings.isEmpty(), warnings.toString());
    }

    @Test
    void otherCasesOfLettersAreTakenWithANote() throws Exception {
        file("i/Slide1.png");
        file("i/slide2.png");
        file("m/slide1_Mask.png");
        file("m/slide2_mask.png");
        final List<PictureFiles.Entry> entries = list("i", false, "m", "_mask");
        assertTrue(entries.stream().allMatch(e -> e.mask().isPresent()));
        assertEquals(1, warnings.size());
        assertTrue(warnings.get(0).startsWith("1 mask is named"), warnings.get(0));
        assertTrue(warnings.get(0).contains("slide1_Mask.png of Slide1.png"), warnings.get(0));
        file("m/SLIDE1_mask.png");
        assumeFalse(Files.exists(folder.resolve("m/SLIDE1_MASK.png")), "case does not matter here");
        assertTrue(assertThrows(RunFailed.class, () -> list("i", false, "m", "_mask"))
                .what()
                .contains("2 masks"));
    }
}
