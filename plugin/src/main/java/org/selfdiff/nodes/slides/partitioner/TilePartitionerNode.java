package org.selfdiff.nodes.slides.partitioner;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;
import org.selfdiff.data.Tile;
import org.selfdiff.nodes.common.MaskNote;
import org.selfdiff.nodes.common.NodeRun;
import org.selfdiff.nodes.common.Rows;
import org.selfdiff.nodes.common.TileTable;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.stages.slides.PartitionTiles;
import org.selfdiff.stages.slides.PartitionTiles.Part;

/** From the Tile Partitioner's settings and table to {@link PartitionTiles} and back. */
final class TilePartitionerNode {
    private TilePartitionerNode() {}

    static void configure(final ConfigureInput in, final ConfigureOutput out) throws InvalidSettingsException {
        final DataTableSpec table = in.getInTableSpec(0);
        TileTable.check(table, "Tiles");
        final String labels = ((TilePartitionerParameters) in.getParameters()).labelColumn;
        if (!labels.isBlank() && !table.containsName(labels)) {
            throw new InvalidSettingsException("The table on port \"Tiles\" has no column \"" + labels
                    + "\". Choose the column of labels in the dialog, or none where masks are the labels.");
        }
        out.setOutSpecs(TileTable.unlabelled(table).createSpec(), table, table);
    }

    static void execute(final ExecuteInput in, final ExecuteOutput out)
            throws CanceledExecutionException, KNIMEException {
        final TilePartitionerParameters p = in.getParameters();
        final ExecutionContext exec = in.getExecutionContext();
        NodeRun.execute(exec, out::setWarningMessage, control -> {
            final BufferedDataTable table = in.getInTable(0);
            final List<Tile> tiles = TileTable.read(table);
            if (tiles.isEmpty()) {
                control.warn(TileTable.EMPTY);
            }
            final PartitionTiles.Result parts = PartitionTiles.run(new PartitionTiles.Request(
                    tiles,
                    new PartitionTiles.HeldOut(p.heldOutShare, p.heldOutGroups),
                    p.labelledPictures,
                    p.labelledAlsoUnlabelled,
                    p.seed,
                    labelled(table, tiles, p.labelColumn)));
            parts.warning().ifPresent(control::warn);
            control.progress(
                    1,
                    parts.trainingGroups().size() + " groups for training, "
                            + parts.heldOutGroups().size() + " held out, "
                            + parts.labelledPictures().size() + " pictures labelled");
            final BufferedDataTable unlabelled = part(exec, table, tiles, parts, Part.UNLABELLED, control);
            out.setOutData(
                    exec.createColumnRearrangeTable(
                            unlabelled,
                            TileTable.unlabelled(table.getDataTableSpec()),
                            exec.createSilentSubProgress(0)),
                    part(exec, table, tiles, parts, Part.LABELLED, control),
                    MaskNote.put(exec, part(exec, table, tiles, parts, Part.HELD_OUT, control), parts.warning()));
        });
    }

    /** The pictures that have a label, where a column says so. */
    private static Optional<Set<Path>> labelled(
            final BufferedDataTable table, final List<Tile> tiles, final String column) {
        if (column.isBlank()) {
            return Optional.empty();
        }
        final int index = table.getDataTableSpec().findColumnIndex(column);
        final Set<Path> labelled = new HashSet<>();
        int at = 0;
        for (final DataRow row : table) {
            if (!row.getCell(index).isMissing()
                    && !row.getCell(index).toString().isBlank()) {
                labelled.add(tiles.get(at).image());
            }
            at++;
        }
        return Optional.of(labelled);
    }

    private static BufferedDataTable part(
            final ExecutionContext exec,
            final BufferedDataTable table,
            final List<Tile> tiles,
            final PartitionTiles.Result parts,
            final Part part,
            final RunControl control)
            throws RunCancelled {
        return Rows.keep(exec, table, i -> parts.has(part, tiles.get(i)), control);
    }
}
