package org.selfdiff.nodes.diffusion.conditions;

import java.util.Locale;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.StringValue;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;
import org.selfdiff.diffusion.conditions.Sources;
import org.selfdiff.nodes.common.EmbeddingColumn;
import org.selfdiff.nodes.common.NodeRun;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.diffusion.SampleConditions;

/** From the Condition Sampler's settings and table to {@link SampleConditions} and back. */
final class ConditionSamplerNode {
    private static final String PORT = "Embeddings";

    /** Share of the progress that reading takes. */
    private static final double READING = 0.1;

    private ConditionSamplerNode() {}

    static void configure(final ConfigureInput in, final ConfigureOutput out) throws InvalidSettingsException {
        final ConditionSamplerParameters p = in.getParameters();
        final DataTableSpec table = in.getInTableSpec(0);
        requireLabels(p, table);
        out.setOutSpecs(new ConditionTable(EmbeddingColumn.require(table, p.embeddings, PORT)).spec());
    }

    static void execute(final ExecuteInput in, final ExecuteOutput out)
            throws CanceledExecutionException, KNIMEException {
        final ConditionSamplerParameters p = in.getParameters();
        final ExecutionContext exec = in.getExecutionContext();
        final BufferedDataTable input = in.getInTable(0);
        NodeRun.execute(exec, out::setWarningMessage, control -> {
            final DataColumnSpec column = column(p, input.getDataTableSpec());
            final ConditionTable table = new ConditionTable(column);
            final Sources sources =
                    ConditionTable.sources(input, column, p.labelled ? p.labels : "", control.part(0, READING));
            final String strategy = p.strategy.name().toLowerCase(Locale.ROOT);
            out.setOutData(table.write(
                    exec,
                    sources,
                    strategy,
                    receiver -> SampleConditions.run(
                            new SampleConditions.Request(sources, p.conditions(), p.amount(), p.seed),
                            control.part(READING, 1),
                            receiver)));
        });
    }

    /** Configured before; only a table that changed in between can fail here. */
    private static DataColumnSpec column(final ConditionSamplerParameters p, final DataTableSpec table)
            throws RunFailed {
        try {
            return EmbeddingColumn.require(table, p.embeddings, PORT);
        } catch (InvalidSettingsException e) {
            throw new RunFailed(e.getMessage(), "port \"" + PORT + "\"", "Configure the node again.", e);
        }
    }

    private static void requireLabels(final ConditionSamplerParameters p, final DataTableSpec table)
            throws InvalidSettingsException {
        if (!p.labelled) {
            return;
        }
        final DataColumnSpec column = table.getColumnSpec(p.labels);
        if (column == null || !column.getType().isCompatible(StringValue.class)) {
            throw new InvalidSettingsException("The table on port \"" + PORT + "\" has no column of texts called \""
                    + p.labels + "\". Choose the column of labels in the dialog, or say that there are none.");
        }
    }
}
