package org.selfdiff.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.data.DataRow;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.KNIMEException;
import org.selfdiff.imaging.PngEncoder;
import org.selfdiff.imaging.TestFiles;
import org.selfdiff.nodes.slides.tiler.TilerNodeFactory;

/** The Tiler with a folder of slides and a file that says of which class and whose they are. */
class LabelledSlidesTest {
    @TempDir
    Path folder;

    private BufferedDataTable cut(final String labels) throws Exception {
        for (final String name : new String[] {"a", "b", "c"}) {
            TestFiles.write(PngEncoder.picture(TestFiles.noise(3, 64, 32)), folder.resolve("slides/" + name + ".png"));
        }
        Files.writeString(folder.resolve("labels.csv"), labels);
        return (BufferedDataTable) new Canvas(folder)
                .run(
                        new TilerNodeFactory(),
                        Map.of(
                                "pictures/image_folder",
                                        folder.resolve("slides").toString(),
                                "pictures/label_file",
                                        folder.resolve("labels.csv").toString(),
                                "grid/tile_size", 32))[0];
    }

    @Test
    void tilesCarryTheLabelAndThePatientOfTheirSlide() throws Exception {
        final BufferedDataTable tiles = cut("slide,patient,label\na.png,P1,tumor\nc,P2,normal\n");
        final Set<String> said = new TreeSet<>();
        for (final DataRow row : tiles) {
            final StringBuilder line = new StringBuilder();
            for (final String column : new String[] {"Image", "Group", "Slide label"}) {
                line.append(row.getCell(tiles.getDataTableSpec().findColumnIndex(column)))
                        .append(' ');
            }
            said.add(line.substring(line.lastIndexOf("/") + 1).strip());
        }
        assertEquals(Set.of("a.png P1 tumor", "c.png P2 normal"), said);
        assertEquals(4, tiles.size());
    }

    @Test
    void aFileThatCannotBeUsedIsNamed() {
        final KNIMEException failure = assertThrows(KNIMEException.class, () -> cut("slide,age\na,3\n"));
        assertTrue(failure.getMessage().contains("labels.csv, line 1"), failure.getMessage());
    }
}
