package org.selfdiff.nodes.bags.reader;

import java.util.List;
import java.util.stream.Stream;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.node.BufferedDataContainer;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;
import org.selfdiff.data.EncodedBy;
import org.selfdiff.nodes.bags.reader.FeatureReaderParameters.Storage;
import org.selfdiff.nodes.common.EmbeddingColumn;
import org.selfdiff.nodes.common.NodeRun;
import org.selfdiff.nodes.common.TileTable;
import org.selfdiff.nodes.common.WorkflowFolder;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.bags.ReadFeatures;

/** From the Feature Reader's settings to {@link ReadFeatures} and to a table of tiles. */
final class FeatureReaderNode {
    static final String FEATURES = "Features";

    /** Tiles whose features still go into the table by themselves. */
    private static final long MOST_IN_TABLE = 200_000;

    private static final double SURVEY_SHARE = 0.1;

    private FeatureReaderNode() {}

    /** Looks at one file, so that the nodes behind know the encoder; how many tiles there are, only a run finds out. */
    static void configure(final ConfigureInput in, final ConfigureOutput out) throws InvalidSettingsException {
        final FeatureReaderParameters p = in.getParameters();
        if (p.folder.isBlank()) {
            throw new InvalidSettingsException("No folder is chosen. Set the folder of the HDF5 files in the dialog.");
        }
        if (p.storage == Storage.AUTOMATIC) {
            return;
        }
        try {
            final ReadFeatures.Request request = p.request();
            final ReadFeatures.Survey first = ReadFeatures.survey(
                    ReadFeatures.files(request.folder()).subList(0, 1), request, RunControl.silent());
            out.setOutSpec(0, spec(first.encodedBy(), p.storage == Storage.FILES));
        } catch (RunFailed | RunCancelled e) {
            throw new InvalidSettingsException(e.getMessage(), e);
        }
    }

    static void execute(final ExecuteInput in, final ExecuteOutput out)
            throws CanceledExecutionException, KNIMEException {
        final FeatureReaderParameters p = in.getParameters();
        final ExecutionContext exec = in.getExecutionContext();
        NodeRun.execute(exec, out::setWarningMessage, control -> {
            final ReadFeatures.Request request = p.request();
            final ReadFeatures.Survey survey =
                    ReadFeatures.survey(ReadFeatures.files(request.folder()), request, control.part(0, SURVEY_SHARE));
            final WorkflowFolder workflow = WorkflowFolder.current();
            final boolean refer =
                    p.storage == Storage.FILES || p.storage == Storage.AUTOMATIC && survey.tiles() > MOST_IN_TABLE;
            final BufferedDataContainer container = exec.createDataContainer(spec(survey.encodedBy(), refer));
            ReadFeatures.run(
                    request,
                    survey,
                    !refer,
                    (tile, features, reference) -> {
                        final List<DataCell> cells = TileTable.cells(tile, workflow);
                        cells.add(refer ? EmbeddingColumn.cell(reference, workflow) : EmbeddingColumn.cell(features));
                        container.addRowToTable(new DefaultRow("Tile" + container.size(), cells));
                    },
                    control.part(SURVEY_SHARE, 1));
            container.close();
            out.setOutData(0, container.getTable());
        });
    }

    private static DataTableSpec spec(final EncodedBy encodedBy, final boolean refer) {
        return new DataTableSpec(Stream.concat(
                        TileTable.spec().stream(),
                        Stream.of(
                                refer
                                        ? EmbeddingColumn.referenceSpec(FEATURES, encodedBy)
                                        : EmbeddingColumn.spec(FEATURES, encodedBy)))
                .toArray(DataColumnSpec[]::new));
    }
}
