package org.selfdiff.nodes.common;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.StringCell;
import org.selfdiff.headless.bridge.WorkflowContext;
import org.selfdiff.run.RunFailed;

/** Paths mean the same in dialogs and in tables. */
class UserPathTest {
    private static final DataTableSpec SPEC = new DataTableSpec(Columns.column(TileTable.IMAGE, StringCell.TYPE));

    @TempDir
    Path workflow;

    private Path cell(final String text) throws Exception {
        return WorkflowContext.call(
                workflow, () -> TileTable.path(new DefaultRow("Row7", new StringCell(text)), SPEC, TileTable.IMAGE));
    }

    private Path dialog(final String text) throws Exception {
        return WorkflowContext.call(workflow, () -> UserPath.resolve(text, "Image folder"));
    }

    @Test
    void whatIsRelativeIsSoToTheWorkflow() throws Exception {
        final Path file = workflow.resolve("data/a slide.svs");
        for (final String text : List.of(
                "data/a slide.svs",
                "./data/a slide.svs",
                "knime://knime.workflow/data/a%20slide.svs",
                file.toString(),
                file.toUri().toString())) {
            assertEquals(file, cell(text), text);
            assertEquals(file, dialog(text), text);
        }
    }

    @Test
    void whatIsNoLocalFileIsNamedWithItsPlace() {
        for (final String text : List.of("https://example.org/a.svs", "knime://elsewhere/a.svs", "a\0b")) {
            final RunFailed failed = assertThrows(RunFailed.class, () -> cell(text), text);
            assertEquals("column \"Image\" of row \"Row7\"", failed.where());
            assertTrue(failed.remedy().contains("knime://knime.workflow/"), failed.remedy());
            assertEquals(
                    "setting \"Image folder\"",
                    assertThrows(RunFailed.class, () -> dialog(text), text).where());
        }
    }
}
