package org.selfdiff.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.port.PortObject;
import org.selfdiff.imaging.PngEncoder;
import org.selfdiff.imaging.TestFiles;
import org.selfdiff.nodes.slides.phantom.HistologyPhantomNodeFactory;
import org.selfdiff.nodes.slides.slidephantom.SlidePhantomNodeFactory;
import org.selfdiff.nodes.slides.tiler.TilerNodeFactory;

/** A workflow that is given pictures makes none. */
class OwnPicturesTest {
    @TempDir
    Path folder;

    @Test
    void nothingIsMadeWhereAFolderIsNamed() throws Exception {
        final Canvas canvas = new Canvas(folder);
        final Path own = Files.createDirectory(folder.resolve("own"));
        Files.write(own.resolve("a.png"), PngEncoder.picture(TestFiles.noise(1, 32, 32)));
        final Map<String, Object> named = Map.of("own_folder", own.toString());
        assertEquals(0, ((BufferedDataTable) canvas.run(new SlidePhantomNodeFactory(), named)[0]).size());
        final PortObject none = canvas.run(new HistologyPhantomNodeFactory(), named)[0];
        assertEquals(0, ((BufferedDataTable) none).size());
        assertFalse(Files.exists(folder.resolve("data")));
        final PortObject tiles = canvas.run(
                        canvas.node(
                                new TilerNodeFactory(),
                                Map.of("grid/tile_size", 32, "pictures/image_folder", own.toString()),
                                Canvas.ports("Pictures", BufferedDataTable.class)),
                        () -> false,
                        none)[0];
        assertEquals(1, ((BufferedDataTable) tiles).size());
    }
}
