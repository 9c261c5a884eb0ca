package org.selfdiff.nodes.tiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.node.port.PortObject;
import org.selfdiff.run.RunFailed;

class TilerRequestTest {
    @TempDir
    Path folder;

    @Test
    void aClassThatIsNamedTwiceIsRefused() throws Exception {
        final TilerParameters p = new TilerParameters();
        p.imageFolder = folder.toString();
        p.classes = "Tumor, Stroma ,, tumor";
        assertEquals(
                List.of("Tumor", "Stroma", "tumor"),
                TilerRequest.of(p, new PortObject[0]).annotations().classes());
        p.classes = "Tumor, Stroma, Tumor";
        final RunFailed failed = assertThrows(RunFailed.class, () -> TilerRequest.of(p, new PortObject[0]));
        assertEquals("The class \"Tumor\" is named twice", failed.what());
        assertEquals("setting \"Classes\"", failed.where());
    }
}
