package org.selfdiff.nodes.segmentation.zeroshot;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
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
import org.selfdiff.data.ClassLabels;
import org.selfdiff.data.PictureCache;
import org.selfdiff.data.Tile;
import org.selfdiff.engine.DeviceChoice;
import org.selfdiff.imaging.LabelMap;
import org.selfdiff.imaging.PngEncoder;
import org.selfdiff.imaging.draw.Comparison;
import org.selfdiff.imaging.draw.Overlay;
import org.selfdiff.model.ModelCard;
import org.selfdiff.model.ModelTask;
import org.selfdiff.nodes.common.AddedColumns;
import org.selfdiff.nodes.common.LabelledTileTable;
import org.selfdiff.nodes.common.NodeRun;
import org.selfdiff.nodes.common.PredictionTable;
import org.selfdiff.nodes.common.Rows;
import org.selfdiff.nodes.common.TileTable;
import org.selfdiff.nodes.common.TrainingOutput;
import org.selfdiff.ports.ModelPortObject;
import org.selfdiff.ports.ModelPortSpec;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.diffusion.DenoiserSpec;
import org.selfdiff.stages.segmentation.SegmentZeroShot;
import org.selfdiff.stages.segmentation.SegmentZeroShot.Naming;

/** From the Zero-shot Segmenter's settings and ports to {@link SegmentZeroShot} and back. */
final class ZeroShotSegmenterNode {
    private static final double FILL = 0.15;

    private static final String LABELS = "Labels";

    private static final String MODEL = "port \"Model\"";

    private ZeroShotSegmenterNode() {}

    static void configure(final ConfigureInput in, final ConfigureOutput out) throws InvalidSettingsException {
        final ZeroShotSegmenterParameters p = in.getParameters();
        final ModelCard card = ((ModelPortSpec) in.getInPortSpec(0))
                .requirePictures(ModelTask.Diffusion.class, "Diffusion Pretrainer");
        TileTable.check(in.getInTableSpec(1), "Tiles");
        final boolean labelled = in.getInPortSpec(2) instanceof DataTableSpec;
        if (labelled) {
            LabelledTileTable.check((DataTableSpec) in.getInPortSpec(2), LABELS);
        }
        try {
            SegmentZeroShot.requireSelfAttention(DenoiserSpec.fromJson(card.architecture(), MODEL), MODEL);
            out.setOutSpec(0, added(in.getInTableSpec(1), p, named(p, labelled)).spec());
        } catch (final RunFailed e) {
            throw new InvalidSettingsException(e.getMessage(), e);
        }
    }

    /** Whether segments get classes. */
    private static boolean named(final ZeroShotSegmenterParameters p, final boolean labelled) {
        return labelled || p.unlabelled == ZeroShotSegmenterParameters.Unlabelled.OWN_MASK;
    }

    private static AddedColumns added(
            final DataTableSpec table, final ZeroShotSegmenterParameters p, final boolean named) throws RunFailed {
        return named
                ? PredictionTable.segmentsTo(table, Optional.of(p.classes().coding()), p.withOverlay, p.withComparison)
                : PredictionTable.segmentsTo(table, p.withOverlay);
    }

    static void execute(final ExecuteInput in, final ExecuteOutput out)
            throws CanceledExecutionException, KNIMEException {
        final ZeroShotSegmenterParameters p = in.getParameters();
        final ExecutionContext exec = in.getExecutionContext();
        NodeRun.execute(exec, out::setWarningMessage, control -> {
            final ModelPortObject model = in.getInPortObject(0);
            final BufferedDataTable table = in.getInTable(1);
            final BufferedDataTable labels = in.getInPortObject(2);
            final boolean named = named(p, labels != null);
            final AddedColumns columns = added(table.getDataTableSpec(), p, named);
            final List<Tile> tiles = TileTable.read(table);
            if (tiles.isEmpty()) {
                control.warn(TileTable.EMPTY);
                out.setOutData(0, exec.createVoidTable(columns.spec()));
                return;
            }
            final BufferedDataContainer container = exec.createDataContainer(columns.spec());
            try (Rows rows = new Rows(table);
                    PictureCache truths = PictureCache.standard()) {
                SegmentZeroShot.run(
                        new SegmentZeroShot.Request(
                                model.file(),
                                tiles,
                                p.segments(),
                                naming(p, labels, tiles),
                                p.onFailure.policy(),
                                DeviceChoice.parse(p.compute.device)),
                        (segmented, c) -> container.addRowToTable(
                                columns.row(rows.at(segmented.index()), cells(p, table, truths, segmented, named, c))),
                        control);
            }
            container.close();
            out.setOutData(0, container.getTable());
        });
    }

    private static Naming naming(
            final ZeroShotSegmenterParameters p, final BufferedDataTable labels, final List<Tile> tiles)
            throws RunFailed {
        if (labels != null) {
            final ClassLabels classes = p.classes();
            return new Naming.Labelled(
                    classes, p.segmentRule(), LabelledTileTable.read(labels, tiles, classes.names(), LABELS));
        }
        return p.unlabelled == ZeroShotSegmenterParameters.Unlabelled.OWN_MASK
                ? new Naming.OwnMask(p.classes(), p.segmentRule())
                : new Naming.None();
    }

    private static List<DataCell> cells(
            final ZeroShotSegmenterParameters p,
            final BufferedDataTable table,
            final PictureCache truths,
            final SegmentZeroShot.Segmented segmented,
            final boolean named,
            final RunControl control)
            throws RunFailed, RunCancelled {
        final ClassLabels classes = p.classes();
        final Optional<LabelMap> labels = segmented.labels();
        final List<DataCell> cells = new ArrayList<>();
        if (named) {
            cells.addAll(PredictionTable.cells(table.getDataTableSpec(), segmented.tile(), classes.names()));
            cells.add(labels.map(map -> TrainingOutput.png(PngEncoder.labels(map)))
                    .orElse(DataType.getMissingCell()));
        }
        if (p.withOverlay) {
            cells.add(TrainingOutput.png(PngEncoder.picture(
                    Overlay.classes(segmented.picture(), labels.orElse(segmented.segments()), FILL))));
        }
        if (named && p.withComparison) {
            cells.add(
                    labels.isPresent() && segmented.tile().mask().isPresent()
                            ? TrainingOutput.png(PngEncoder.picture(Comparison.strip(
                                    segmented.picture(),
                                    Optional.of(truths.labels(segmented.tile(), classes, control)),
                                    labels.get(),
                                    classes.names())))
                            : DataType.getMissingCell());
        }
        cells.add(TrainingOutput.png(PngEncoder.labels(segmented.segments())));
        return cells;
    }
}
