package org.selfdiff.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.KNIMEException;
import org.knime.core.node.port.PortObject;
import org.selfdiff.nodes.slides.exporter.TileExporterNodeFactory;
import org.selfdiff.nodes.slides.phantom.HistologyPhantomNodeFactory;
import org.selfdiff.nodes.slides.tiler.TilerNodeFactory;

/** An executed workflow may be moved with what it holds, and what has changed since is noticed. */
class MovedWorkflowTest {
    @TempDir
    Path folder;

    private static PortObject tiles(final Canvas canvas) throws Exception {
        final PortObject pictures = canvas.run(new HistologyPhantomNodeFactory(), Map.of("pictures", 2, "size", 32))[0];
        return canvas.run(
                        canvas.node(
                                new TilerNodeFactory(),
                                Map.of("grid/tile_size", 32, "pictures/masks_required", true),
                                Canvas.ports("Pictures", BufferedDataTable.class)),
                        () -> false,
                        pictures)[0];
    }

    private static PortObject[] export(final Path workflow, final PortObject tiles, final String folder)
            throws Exception {
        return new Canvas(workflow).run(new TileExporterNodeFactory(), Map.of("folder", folder), tiles);
    }

    @Test
    void tablesNameFilesRelativeToTheWorkflow() throws Exception {
        final Path here = Files.createDirectory(folder.resolve("here"));
        final PortObject tiles = tiles(new Canvas(here));
        for (final PortObject table : new PortObject[] {tiles, export(here, tiles, "data/tiles")[0]}) {
            for (final DataRow row : (BufferedDataTable) table) {
                for (final DataCell cell : row) {
                    assertTrue(!cell.toString().contains(folder.toString()), cell::toString);
                }
            }
        }
        final DataRow first = ((BufferedDataTable) tiles).iterator().next();
        assertEquals(
                "knime://knime.workflow/data/phantom/images/phantom-00001.png",
                first.getCell(0).toString());
        final Path there = Files.move(here, folder.resolve("there, ä %41#"));
        export(there, tiles, "data/again");
        assertTrue(Files.isRegularFile(there.resolve("data/again/phantom-00002/x0_y0.png")));
    }

    /** A copy of a workflow has files of another time. */
    @Test
    void aPictureThatIsAnotherOneIsRefusedAndACopyIsNot() throws Exception {
        final PortObject tiles = tiles(new Canvas(folder));
        final Path picture = folder.resolve("data/phantom/images/phantom-00001.png");
        final byte[] content = Files.readAllBytes(picture);
        Files.delete(picture);
        Thread.sleep(5);
        Files.write(picture, content);
        export(folder, tiles, "data/one");
        new Canvas(folder).run(new HistologyPhantomNodeFactory(), Map.of("pictures", 2, "size", 32, "seed", 7L));
        final KNIMEException changed = assertThrows(KNIMEException.class, () -> export(folder, tiles, "data/two"));
        assertTrue(changed.getMessage().contains("has changed since it was tiled"), changed.getMessage());
        assertTrue(changed.getMessage().contains("phantom-0000"), changed.getMessage());
    }
}
