package org.selfdiff.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;

class LabelFileTest {
    @TempDir
    Path folder;

    private LabelFile read(final String text) throws Exception {
        return LabelFile.read(Files.writeString(folder.resolve("labels.csv"), text));
    }

    private static LabelFile.Slide slide(final String label, final String patient) {
        return new LabelFile.Slide(label, Optional.ofNullable(patient));
    }

    @Test
    void columnsAreFoundByNameAndSlidesWithAndWithoutExtension() throws Exception {
        final LabelFile labels = read("\ufeffcase_id,slide_id,label\nP1,TCGA-1.2.svs,tumor\r\nP2,b,normal\n\n");
        assertEquals(Optional.of(slide("tumor", "P1")), labels.of(Path.of("/x/TCGA-1.2.svs")));
        assertEquals(Optional.of(slide("normal", "P2")), labels.of(Path.of("/x/b.ome.tif")), "the stem of an OME-TIFF");
        assertEquals(Optional.of(slide("normal", "P2")), labels.of(Path.of("b.ndpi")));
        assertTrue(labels.of(Path.of("TCGA-1.svs")).isEmpty());
    }

    @Test
    void otherSeparatorsQuotesAndPaths() throws Exception {
        assertEquals(
                Optional.of(slide("a;\"b\"\nc", null)),
                read("File;Class\n\"in/x.svs\";\"a;\"\"b\"\"\nc\"\n").of(Path.of("x.svs")));
        assertEquals(
                Optional.of(slide("1", "p")),
                read("image\tlabel\tpatient\nx\t1\tp").of(Path.of("x.svs")));
    }

    @Test
    void whatIsWrongIsNamedByItsLine() throws Exception {
        for (final String[] bad : new String[][] {
            {"", "line 1"},
            {"slide,age\nx,1\n", "line 1"},
            {"label\nx\n", "line 1"},
            {"slide,label\nx,1\ny\n", "line 3"},
            {"slide,label,patient\nx,1,\n", "line 2"},
            {"slide,label\nx,1\nx,2\n", "line 3"}
        }) {
            final RunFailed failure = assertThrows(RunFailed.class, () -> read(bad[0]));
            assertTrue(failure.where().endsWith(bad[1]), failure.getMessage());
        }
        final RunFailed gone = assertThrows(RunFailed.class, () -> LabelFile.read(folder.resolve("gone.csv")));
        assertTrue(gone.where().contains("gone.csv"));
    }

    private PictureFiles labelled(final String text) throws Exception {
        final List<PictureFiles.Listed.Picture> pictures = new ArrayList<>();
        for (final String name : List.of("a.svs", "b.svs", "c.svs")) {
            pictures.add(new PictureFiles.Listed.Picture(
                    folder.resolve(name), Optional.empty(), Optional.of("of " + name), ""));
        }
        return new PictureFiles.Labelled(new PictureFiles.Listed(pictures), read(text));
    }

    @Test
    void onlyNamedSlidesCountAndOthersAreSaid() throws Exception {
        final List<String> said = new ArrayList<>();
        final List<PictureFiles.Entry> entries = labelled("slide,label,patient\nb,1,P\na,0,P\nz,1,Q\n")
                .list(new RunControl() {
                    @Override
                    public boolean isCancelled() {
                        return false;
                    }

                    @Override
                    public void progress(final double fraction, final String message) {}

                    @Override
                    public void warn(final String message) {
                        said.add(message);
                    }
                });
        assertEquals(
                List.of("a", "b"),
                entries.stream().map(PictureFiles.Entry::name).toList());
        assertTrue(entries.stream().allMatch(e -> e.group().equals(Optional.of("P"))));
        assertEquals(2, said.size());
        assertTrue(said.get(0).contains("c.svs"), said.get(0));
        assertTrue(said.get(1).contains("z"), said.get(1));
        assertEquals(
                Optional.of("of a.svs"),
                labelled("slide,label\na,1\n").list(RunControl.silent()).get(0).group());
    }

    @Test
    void aFileOfOtherSlidesIsRefused() throws Exception {
        final PictureFiles files = labelled("slide,label\nq,1\n");
        final RunFailed failure = assertThrows(RunFailed.class, () -> files.list(RunControl.silent()));
        assertTrue(failure.what().contains("a.svs"), failure.what());
    }
}
