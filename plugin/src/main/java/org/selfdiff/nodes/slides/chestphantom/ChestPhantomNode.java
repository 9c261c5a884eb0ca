package org.selfdiff.nodes.slides.chestphantom;

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
import org.selfdiff.nodes.common.NodeRun;
import org.selfdiff.nodes.common.TileTable;
import org.selfdiff.nodes.common.UserPath;
import org.selfdiff.nodes.slides.chestphantom.ChestPhantomParameters.Depth;
import org.selfdiff.stages.slides.MakeChestPhantom;

/** From the Chest X-ray Phantom's settings to {@link MakeChestPhantom} and its pictures to a table. */
final class ChestPhantomNode {
    private static final DataTableSpec SPEC = new DataTableSpec(
            new String[] {TileTable.IMAGE, TileTable.MASK, TileTable.GROUP, "Finding", "Lung pixels", "Opacity pixels"},
            new DataType[] {
                StringCell.TYPE, StringCell.TYPE, StringCell.TYPE, StringCell.TYPE, IntCell.TYPE, IntCell.TYPE
            });

    private ChestPhantomNode() {}

    static void configure(final ConfigureInput in, final ConfigureOutput out) {
        out.setOutSpec(0, SPEC);
    }

    static void execute(final ExecuteInput in, final ExecuteOutput out)
            throws CanceledExecutionException, KNIMEException {
        final ChestPhantomParameters p = in.getParameters();
        final ExecutionContext exec = in.getExecutionContext();
        NodeRun.execute(exec, out::setWarningMessage, control -> {
            if (!p.ownFolder.isBlank()) {
                out.setOutData(0, table(exec, new MakeChestPhantom.Result(List.of())));
                return;
            }
            final MakeChestPhantom.Result result = MakeChestPhantom.run(
                    new MakeChestPhantom.Request(
                            UserPath.resolve(p.folder, "Folder"),
                            p.pictures,
                            p.picturesOfPatient,
                            p.size,
                            p.findings(),
                            p.depth == Depth.SIXTEEN,
                            p.seed),
                    control);
            out.setOutData(0, table(exec, result));
        });
    }

    private static BufferedDataTable table(final ExecutionContext exec, final MakeChestPhantom.Result result) {
        final BufferedDataContainer container = exec.createDataContainer(SPEC);
        long row = 0;
        for (final MakeChestPhantom.Made made : result.pictures()) {
            container.addRowToTable(new DefaultRow(
                    "Picture" + row++,
                    new StringCell(made.image().toString()),
                    new StringCell(made.mask().toString()),
                    new StringCell(made.patient()),
                    new StringCell(made.finding().label()),
                    new IntCell(made.lung()),
                    new IntCell(made.opacity())));
        }
        container.close();
        return container.getTable();
    }
}
