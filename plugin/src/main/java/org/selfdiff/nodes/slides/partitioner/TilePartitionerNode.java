package org.selfdiff.nodes.slides.partitioner;

import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;
import org.selfdiff.nodes.common.NodeRun;
import org.selfdiff.nodes.common.TileTable;
import org.selfdiff.stages.slides.PartitionTiles;

/** From the Tile Partitioner's settings and table to {@link PartitionTiles} and back. */
final class TilePartitionerNode {
    private TilePartitionerNode() {}

    static void configure(final ConfigureInput in, final ConfigureOutput out) throws InvalidSettingsException {
        TileTable.check(in.getInTableSpec(0), "Tiles");
        out.setOutSpecs(TileTable.spec(), TileTable.spec(), TileTable.spec());
    }

    static void execute(final ExecuteInput in, final ExecuteOutput out)
            throws CanceledExecutionException, KNIMEException {
        final TilePartitionerParameters p = in.getParameters();
        final ExecutionContext exec = in.getExecutionContext();
        NodeRun.execute(exec, out::setWarningMessage, control -> {
            final PartitionTiles.Result parts = PartitionTiles.run(new PartitionTiles.Request(
                    TileTable.read(in.getInTable(0)),
                    new PartitionTiles.HeldOut(p.heldOutShare, p.heldOutGroups),
                    p.labelledPictures,
                    p.labelledAlsoUnlabelled,
                    p.seed));
            parts.warning().ifPresent(control::warn);
            control.progress(
                    1,
                    parts.trainingGroups().size() + " groups for training, "
                            + parts.heldOutGroups().size() + " held out, "
                            + parts.labelledPictures().size() + " pictures labelled");
            out.setOutData(
                    TileTable.write(exec, parts.unlabelled()),
                    TileTable.write(exec, parts.labelled()),
                    TileTable.write(exec, parts.heldOut()));
        });
    }
}
