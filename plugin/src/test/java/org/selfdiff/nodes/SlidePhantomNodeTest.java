package org.selfdiff.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.data.DataRow;
import org.knime.core.data.DoubleValue;
import org.knime.core.data.IntValue;
import org.knime.core.data.StringValue;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;
import org.selfdiff.nodes.slides.slidephantom.SlidePhantomNodeFactory;

class SlidePhantomNodeTest {
    @TempDir
    Path folder;

    /** The file in the workflow that a table names. */
    private Path file(final String name) {
        final String here = "knime://knime.workflow/";
        assertTrue(name.startsWith(here), name);
        return folder.resolve(name.substring(here.length()));
    }

    @Test
    void aRowForEverySlideThatIsThere() throws Exception {
        final BufferedDataTable table = (BufferedDataTable) new Canvas(folder)
                .run(
                        new SlidePhantomNodeFactory(),
                        Map.of("slides", 2, "width", 520, "height", 300, "format", "OME_TIFF", "seed", 9L))[0];
        assertEquals(2, table.size());
        assertEquals(
                List.of("Image", "Mask", "Label", "mpp", "Width", "Height", "Group"),
                List.of(table.getDataTableSpec().getColumnNames()));
        final Set<String> labels = new HashSet<>();
        for (final DataRow row : table) {
            final Path image = file(text(row, 0));
            assertTrue(image.toString().endsWith(".ome.tif") && Files.size(image) > 1000);
            assertTrue(Files.readString(file(text(row, 1))).startsWith("{\"type\":\"FeatureCollection\""));
            labels.add(text(row, 2));
            assertEquals(0.5, ((DoubleValue) row.getCell(3)).getDoubleValue());
            assertEquals(520, ((IntValue) row.getCell(4)).getIntValue());
            assertEquals(300, ((IntValue) row.getCell(5)).getIntValue());
            assertEquals("case-0001", text(row, 6));
        }
        assertEquals(Set.of("tumor", "normal"), labels, "half of two slides");
    }

    private static String text(final DataRow row, final int column) {
        return ((StringValue) row.getCell(column)).getStringValue();
    }

    @Test
    void settingsOutOfRangeAreNamed() {
        for (final Map<String, Object> bad : List.<Map<String, Object>>of(
                Map.of("slides", 0), Map.of("width", 100), Map.of("tumor_share", 1.5), Map.of("folder", " "))) {
            assertThrows(InvalidSettingsException.class, () -> new Canvas(folder)
                    .node(new SlidePhantomNodeFactory(), bad, null));
        }
    }
}
