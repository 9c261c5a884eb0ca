package org.selfdiff.nodes.slides.tiler;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.def.DefaultRow;
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
import org.selfdiff.data.LabelFile;
import org.selfdiff.data.Tile;
import org.selfdiff.nodes.common.NodeRun;
import org.selfdiff.nodes.common.PictureTable;
import org.selfdiff.nodes.common.TileTable;
import org.selfdiff.nodes.common.WorkflowFolder;
import org.selfdiff.stages.slides.CutTiles;

/** From the Tiler's settings and tables to {@link CutTiles} and back. */
final class TilerNode {
    static final String PICTURES = "Pictures";

    private static final String LABEL = "Slide label";

    private TilerNode() {}

    static void configure(final ConfigureInput in, final ConfigureOutput out) throws InvalidSettingsException {
        final TilerParameters parameters = in.getParameters();
        if (!parameters.pictures.inFolder()) {
            if (in.getInPortSpecs().length == 0) {
                throw new InvalidSettingsException(
                        "There are no pictures. Set an image folder, or add the input port and connect a table of pictures.");
            }
            PictureTable.check((DataTableSpec) in.getInPortSpecs()[0], PICTURES);
        }
        out.setOutSpecs(new PictureColumns(pictures(parameters, in)).columns().spec(), SlideReportTable.spec());
    }

    /** The columns of the table of pictures; if they come from a folder, that of their labels or none. */
    private static DataTableSpec pictures(final TilerParameters parameters, final ConfigureInput in) {
        return parameters.pictures.inFolder() ? ofFolder(parameters) : (DataTableSpec) in.getInPortSpecs()[0];
    }

    private static DataTableSpec ofFolder(final TilerParameters parameters) {
        return parameters.pictures.labelled()
                ? new DataTableSpec(new DataColumnSpecCreator(LABEL, StringCell.TYPE).createSpec())
                : new DataTableSpec();
    }

    private static List<DataCell> label(final LabelFile labels, final Path image) {
        return List.of(TileTable.text(labels.of(image).map(LabelFile.Slide::label)));
    }

    static void execute(final ExecuteInput in, final ExecuteOutput out)
            throws CanceledExecutionException, KNIMEException {
        final TilerParameters parameters = in.getParameters();
        final ExecutionContext exec = in.getExecutionContext();
        NodeRun.execute(exec, out::setWarningMessage, control -> {
            final WorkflowFolder workflow = WorkflowFolder.current();
            final BufferedDataTable pictures = parameters.pictures.inFolder()
                    ? exec.createVoidTable(ofFolder(parameters))
                    : (BufferedDataTable) in.getInPortObjects()[0];
            final PictureColumns own = new PictureColumns(pictures.getDataTableSpec());
            if (!parameters.pictures.inFolder() && pictures.size() == 0) {
                control.warn("There are no pictures. Check the node that makes the table.");
                out.setOutData(
                        exec.createVoidTable(own.columns().spec()), exec.createVoidTable(SlideReportTable.spec()));
                return;
            }
            final Optional<LabelFile> labels = parameters.pictures.labels();
            final Map<Path, List<DataCell>> ofPicture = own.read(pictures);
            final BufferedDataContainer tiles =
                    exec.createDataContainer(own.columns().spec());
            final BufferedDataContainer report = exec.createDataContainer(SlideReportTable.spec());
            final CutTiles.Result result = CutTiles.run(
                    parameters.request(in.getInPortObjects(), labels),
                    (slide, cut) -> {
                        final List<DataCell> cells = labels.isPresent()
                                ? label(labels.get(), slide.image())
                                : ofPicture.getOrDefault(slide.image(), own.nothing());
                        for (final Tile tile : cut) {
                            tiles.addRowToTable(own.columns()
                                    .row(
                                            new DefaultRow("Tile" + tiles.size(), TileTable.cells(tile, workflow)),
                                            cells));
                        }
                        report.addRowToTable(
                                new DefaultRow("Picture" + report.size(), SlideReportTable.cells(slide, workflow)));
                    },
                    control);
            tiles.close();
            report.close();
            if (result.tiles() == 0) {
                control.warn("No tile is left. The report counts for each slide what was dropped and why.");
            }
            out.setOutData(tiles.getTable(), report.getTable());
        });
    }
}
