package org.selfdiff.stages.slides;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfdiff.imaging.annotation.AnnotationFiles;
import org.selfdiff.imaging.annotation.AnnotationSettings;
import org.selfdiff.imaging.annotation.Region;
import org.selfdiff.imaging.phantom.SlideForm;
import org.selfdiff.imaging.phantom.SlideForm.Stain;
import org.selfdiff.imaging.tiff.write.BlockCompression;
import org.selfdiff.imaging.tiff.write.SlideFormat;
import org.selfdiff.imaging.tiff.write.TinyTiff;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.compute.CancelAfter;

class MakeSlidesTest {
    @TempDir
    Path folder;

    private MakeSlides.Request request(final String name, final int count, final double share) {
        return request(name, count, 700, 0.5, share);
    }

    private MakeSlides.Request request(
            final String name, final int count, final int width, final double mpp, final double share) {
        return new MakeSlides.Request(
                folder.resolve(name),
                count,
                width,
                400,
                mpp,
                20,
                SlideFormat.APERIO,
                BlockCompression.JPEG,
                80,
                MakeSlides.Tumours.large(share),
                2,
                Stain.HE,
                true,
                4);
    }

    private static TreeMap<String, byte[]> files(final Path root) throws Exception {
        final TreeMap<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (final Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(root.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return files;
    }

    @Test
    void slidesAnnotationsAndManifestBelongTogether() throws Exception {
        final MakeSlides.Result result = MakeSlides.run(request("set", 3, 0.67), 2, RunControl.silent());
        assertEquals(3, result.slides().size());
        final List<String> manifest = Files.readAllLines(folder.resolve("set/slides.csv"));
        assertEquals(4, manifest.size());
        int tumours = 0;
        for (int i = 0; i < 3; i++) {
            final MakeSlides.Made made = result.slides().get(i);
            final boolean tumour = made.label().equals("tumor");
            tumours += tumour ? 1 : 0;
            assertEquals(tumour, Files.readString(made.annotation()).contains("\"name\":\"Tumor\""));
            final TinyTiff.Directory slide =
                    TinyTiff.read(made.image()).directories().get(0);
            assertEquals(700, slide.value(256, 0));
            assertTrue(slide.text(270).startsWith("Aperio"));
            assertTrue(slide.text(270).contains("|AppMag = 20|MPP = 0.5|"));
            final String[] line = manifest.get(i + 1).split(",");
            assertEquals(manifest.get(0).split(",").length, line.length);
            assertEquals(made.image().getFileName().toString(), line[0]);
            assertEquals(made.group(), line[3]);
        }
        assertEquals(2, tumours);
        assertEquals("case-0001", result.slides().get(1).group());
        assertEquals("case-0002", result.slides().get(2).group());
        assertEquals(1 + 2 * 3, files(folder.resolve("set")).size());
        assertEquals(1, Files.list(folder).count(), "nothing is left beside it");
    }

    /** Two patients of four are positive, with all of their slides; the last one has fewer. */
    @Test
    void slidesOfAPatientAreAlikeWhereCasesAreCounted() throws Exception {
        final MakeSlides.Request asked = new MakeSlides.Request(
                folder.resolve("set"),
                11,
                400,
                300,
                1,
                20,
                SlideFormat.APERIO,
                BlockCompression.JPEG,
                80,
                new MakeSlides.Tumours(0.5, true, Optional.of(new SlideForm.Foci(2, 60)), 3),
                3,
                Stain.HE,
                false,
                4);
        final MakeSlides.Result made = MakeSlides.run(asked, 2, RunControl.silent());
        final Map<String, Set<String>> labels = new TreeMap<>();
        for (final MakeSlides.Made slide : made.slides()) {
            labels.computeIfAbsent(slide.group(), k -> new TreeSet<>()).add(slide.label());
            final List<Region> tumour =
                    AnnotationFiles.read(slide.annotation(), "", AnnotationSettings.standard(), RunControl.silent())
                            .regions()
                            .stream()
                            .filter(region -> region.className().equals("Tumor"))
                            .toList();
            assertEquals(slide.label().equals("tumor"), !tumour.isEmpty());
            assertTrue(tumour.size() <= 2);
        }
        assertEquals(List.of("case-0001", "case-0002", "case-0003", "case-0004"), List.copyOf(labels.keySet()));
        assertTrue(labels.values().stream().allMatch(l -> l.size() == 1), labels.toString());
        assertEquals(
                2, labels.values().stream().filter(l -> l.contains("tumor")).count());
        assertEquals("case-0004", made.slides().get(10).group());
    }

    @Test
    void theNumberOfThreadsAndOfSlidesChangesNothing() throws Exception {
        MakeSlides.run(request("one", 1, 1), 1, RunControl.silent());
        MakeSlides.run(request("three", 2, 1), 3, RunControl.silent());
        final TreeMap<String, byte[]> one = files(folder.resolve("one"));
        final TreeMap<String, byte[]> three = files(folder.resolve("three"));
        one.remove("slides.csv");
        assertEquals(2, one.size());
        one.forEach((name, content) -> assertArrayEquals(content, three.get(name), name));
    }

    @Test
    void cancellingLeavesNothing() throws Exception {
        for (final int reports : new int[] {1, 2, 3}) {
            assertThrows(RunCancelled.class, () -> MakeSlides.run(request("set", 9, 1), 2, new CancelAfter(reports)));
            assertEquals(0, Files.list(folder).count());
        }
    }

    @Test
    void aFolderOfSomebodyElseIsNotTouched() throws Exception {
        Files.createDirectory(folder.resolve("set"));
        Files.writeString(folder.resolve("set/notes.txt"), "mine");
        Files.writeString(folder.resolve("file"), "x");
        for (final String name : List.of("set", "file", "file/within")) {
            assertThrows(RunFailed.class, () -> MakeSlides.run(request(name, 1, 1), 2, RunControl.silent()));
        }
        assertEquals("mine", Files.readString(folder.resolve("set/notes.txt")));
        assertEquals(2, Files.list(folder).count());
    }

    @Test
    void settingsOutOfRangeAreNamed() {
        for (final MakeSlides.Request bad : List.of(
                request("set", 0, 1),
                request("set", 1, 100, 0.5, 1),
                request("set", 1, 300_000, 0.5, 1),
                request("set", 1, 700, Double.NaN, 1),
                request("set", 1, 1.5))) {
            final RunFailed failed = assertThrows(RunFailed.class, () -> MakeSlides.run(bad, RunControl.silent()));
            assertTrue(failed.what().contains("out of range"));
            assertTrue(failed.remedy().startsWith("Choose "));
        }
        assertFalse(Files.exists(folder.resolve("set")));
    }
}
