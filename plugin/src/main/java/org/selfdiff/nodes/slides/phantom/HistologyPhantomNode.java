package org.selfdiff.nodes.slides.phantom;

import java.nio.file.Path;
import java.util.List;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.node.BufferedDataContainer;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.KNIMEException;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;
import org.selfdiff.imaging.phantom.NucleusType;
import org.selfdiff.nodes.common.NodeRun;
import org.selfdiff.nodes.common.TileTable;
import org.selfdiff.nodes.common.UserPath;
import org.selfdiff.nodes.common.WorkflowFolder;
import org.selfdiff.nodes.slides.phantom.HistologyPhantomParameters.Masks;
import org.selfdiff.stages.slides.MakePhantom;

/** From the Histology Phantom's settings to {@link MakePhantom} and its pictures to a table. */
final class HistologyPhantomNode {
    private static final DataTableSpec SPEC = new DataTableSpec(
            new String[] {TileTable.IMAGE, TileTable.MASK, "Scene", "Lymphocytes", "Fibroblasts", "Epithelial nuclei"},
            new DataType[] {StringCell.TYPE, StringCell.TYPE, StringCell.TYPE, IntCell.TYPE, IntCell.TYPE, IntCell.TYPE
            });

    private HistologyPhantomNode() {}

    static void configure(final ConfigureInput in, final ConfigureOutput out) {
        out.setOutSpec(0, SPEC);
    }

    static void execute(final ExecuteInput in, final ExecuteOutput out)
            throws CanceledExecutionException, KNIMEException {
        final HistologyPhantomParameters p = in.getParameters();
        final ExecutionContext exec = in.getExecutionContext();
        NodeRun.execute(exec, out::setWarningMessage, control -> {
            if (!p.ownFolder.isBlank()) {
                out.setOutData(0, table(exec, new MakePhantom.Result(List.of())));
                return;
            }
            final MakePhantom.Result result = MakePhantom.run(
                    new MakePhantom.Request(
                            UserPath.resolve(p.folder, "Folder"),
                            p.pictures,
                            p.size,
                            p.size,
                            p.mpp,
                            p.seed,
                            p.masks == Masks.TYPES),
                    control);
            out.setOutData(0, table(exec, result));
        });
    }

    private static BufferedDataTable table(final ExecutionContext exec, final MakePhantom.Result result) {
        final BufferedDataContainer container = exec.createDataContainer(SPEC);
        final WorkflowFolder workflow = WorkflowFolder.current();
        long row = 0;
        for (final MakePhantom.Made made : result.pictures()) {
            final Path mask = made.types().orElse(made.mask());
            container.addRowToTable(new DefaultRow(
                    "Picture" + row++,
                    new StringCell(workflow.name(made.image())),
                    new StringCell(workflow.name(mask)),
                    new StringCell(made.scene()),
                    new IntCell(made.counts().get(NucleusType.LYMPHOCYTE)),
                    new IntCell(made.counts().get(NucleusType.FIBROBLAST)),
                    new IntCell(made.counts().get(NucleusType.EPITHELIAL))));
        }
        container.close();
        return container.getTable();
    }
}
