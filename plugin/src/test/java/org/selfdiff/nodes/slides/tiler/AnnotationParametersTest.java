package org.selfdiff.nodes.slides.tiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.knime.core.node.InvalidSettingsException;

class AnnotationParametersTest {

    @Test
    void aClassThatIsNamedTwiceIsRefused() throws Exception {
        final AnnotationParameters p = new AnnotationParameters();
        p.classes = "Tumor, Stroma ,, tumor";
        p.validate();
        assertEquals(List.of("Tumor", "Stroma", "tumor"), p.rule().classes());
        p.classes = "Tumor, Stroma, Tumor";
        assertEquals(
                "Setting \"Classes\" names \"Tumor\" twice. Name each class once.",
                assertThrows(InvalidSettingsException.class, p::validate).getMessage());
    }
}
