package org.selfdiff.nodes.bags.writer;

import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.node.BufferedDataContainer;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;
import org.selfdiff.nodes.common.EmbeddingColumn;
import org.selfdiff.nodes.common.NodeRun;
import org.selfdiff.nodes.common.TileTable;
import org.selfdiff.nodes.common.UserPath;
import org.selfdiff.nodes.common.WorkflowFolder;
import org.selfdiff.stages.bags.WriteFeatures;

/** From the Feature Writer's settings and table to {@link WriteFeatures} and back. */
final class FeatureWriterNode {
    private static final String PORT = "Tiles";

    private FeatureWriterNode() {}

    static void configure(final ConfigureInput in, final ConfigureOutput out) throws InvalidSettingsException {
        final FeatureWriterParameters p = in.getParameters();
        if (p.folder.isBlank()) {
            throw new InvalidSettingsException("No folder is chosen. Set the folder for the files in the dialog.");
        }
        TileTable.check(in.getInTableSpec(0), PORT);
        EmbeddingColumn.require(in.getInTableSpec(0), p.column, PORT);
        out.setOutSpec(0, spec());
    }

    static void execute(final ExecuteInput in, final ExecuteOutput out)
            throws CanceledExecutionException, KNIMEException {
        final FeatureWriterParameters p = in.getParameters();
        final ExecutionContext exec = in.getExecutionContext();
        final BufferedDataTable table = in.getInTable(0);
        final DataColumnSpec column = column(table, p);
        NodeRun.execute(exec, out::setWarningMessage, control -> {
            final WriteFeatures writing = WriteFeatures.of(new WriteFeatures.Request(
                    UserPath.resolve(p.folder, "Folder"), TileTable.read(table), EmbeddingColumn.encodedBy(column)));
            EmbeddingColumn.forEach(table, column, writing::take, control);
            final WorkflowFolder workflow = WorkflowFolder.current();
            final BufferedDataContainer container = exec.createDataContainer(spec());
            for (final WriteFeatures.Written file : writing.written()) {
                container.addRowToTable(new DefaultRow(
                        "Slide" + container.size(),
                        new StringCell(file.slide()),
                        new StringCell(workflow.name(file.file())),
                        new IntCell(file.tiles())));
            }
            container.close();
            out.setOutData(0, container.getTable());
        });
    }

    private static DataColumnSpec column(final BufferedDataTable table, final FeatureWriterParameters p)
            throws KNIMEException {
        try {
            return EmbeddingColumn.require(table.getDataTableSpec(), p.column, PORT);
        } catch (InvalidSettingsException e) {
            throw new KNIMEException(e.getMessage(), e); // seen in configure before
        }
    }

    private static DataTableSpec spec() {
        return new DataTableSpec(
                new DataColumnSpecCreator("Slide", StringCell.TYPE).createSpec(),
                new DataColumnSpecCreator("File", StringCell.TYPE).createSpec(),
                new DataColumnSpecCreator("Tiles", IntCell.TYPE).createSpec());
    }
}
