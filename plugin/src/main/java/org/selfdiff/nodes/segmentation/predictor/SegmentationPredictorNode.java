package org.selfdiff.nodes.segmentation.predictor;

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
import org.selfdiff.engine.DeviceChoice;
import org.selfdiff.imaging.LabelMap;
import org.selfdiff.imaging.PngEncoder;
import org.selfdiff.imaging.draw.Comparison;
import org.selfdiff.imaging.draw.Overlay;
import org.selfdiff.model.ModelCard;
import org.selfdiff.model.ModelClass;
import org.selfdiff.model.ModelTask;
import org.selfdiff.nodes.common.AddedColumns;
import org.selfdiff.nodes.common.NodeRun;
import org.selfdiff.nodes.common.PictureTable;
import org.selfdiff.nodes.common.PredictionTable;
import org.selfdiff.nodes.common.Rows;
import org.selfdiff.nodes.common.TrainingOutput;
import org.selfdiff.nodes.common.UnreadableSlide;
import org.selfdiff.ports.ModelPortObject;
import org.selfdiff.ports.ModelPortSpec;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.segmentation.FineTuneSegmenter;
import org.selfdiff.stages.segmentation.PredictSegmentation;
import org.selfdiff.train.Precision;

/** From the Segmentation Predictor's settings and ports to {@link PredictSegmentation} and back. */
final class SegmentationPredictorNode {
    private static final double FILL = 0.15;

    private SegmentationPredictorNode() {}

    static void configure(final ConfigureInput in, final ConfigureOutput out) throws InvalidSettingsException {
        final SegmentationPredictorParameters p = in.getParameters();
        final ModelCard card = ((ModelPortSpec) in.getInPortSpec(0))
                .requirePictures(ModelTask.Segmentation.class, "Segmentation Learner");
        PictureTable.check(in.getInTableSpec(1), "Pictures");
        try {
            classes(p, card).requireFit("setting \"Mask values\"");
            out.setOutSpec(0, added(in.getInTableSpec(1), p, card).spec());
        } catch (final RunFailed e) {
            throw new InvalidSettingsException(e.getMessage(), e);
        }
    }

    /** The model's classes, and what masks mean that they are compared with. */
    private static ClassLabels classes(final SegmentationPredictorParameters p, final ModelCard card) throws RunFailed {
        final List<String> names = card.classes().stream().map(ModelClass::name).toList();
        return p.maskValues.of(FineTuneSegmenter.coding(card), names);
    }

    static void execute(final ExecuteInput in, final ExecuteOutput out)
            throws CanceledExecutionException, KNIMEException {
        final SegmentationPredictorParameters p = in.getParameters();
        final ExecutionContext exec = in.getExecutionContext();
        NodeRun.execute(exec, out::setWarningMessage, control -> {
            final ModelPortObject model = in.getInPortObject(0);
            final BufferedDataTable table = in.getInTable(1);
            final AddedColumns columns = added(table.getDataTableSpec(), p, model.card());
            if (table.size() == 0) {
                control.warn("There are no pictures. Check the node that makes the table.");
                out.setOutData(0, exec.createVoidTable(columns.spec()));
                return;
            }
            final boolean whole = p.segmented == SegmentationPredictorParameters.Segmented.PICTURES;
            final List<PictureTable.Shown> shown = PictureTable.shown(table, !whole);
            final ClassLabels classes = classes(p, model.card());
            final BufferedDataContainer container = exec.createDataContainer(columns.spec());
            try (Rows rows = new Rows(table);
                    PictureCache truths = PictureCache.standard()) {
                PredictSegmentation.run(
                        new PredictSegmentation.Request(
                                model.file(),
                                shown.stream().map(PictureTable.Shown::tile).toList(),
                                whole,
                                p.overlap,
                                p.flips,
                                p.batchSize,
                                Precision.AUTO,
                                p.onFailure.policy(),
                                DeviceChoice.parse(p.compute.device)),
                        (prediction, c) -> {
                            final List<DataCell> cells =
                                    PredictionTable.cells(table.getDataTableSpec(), prediction.tile(), classes.names());
                            cells.addAll(pictures(p, truths, prediction, classes, c));
                            container.addRowToTable(columns.row(
                                    rows.at(shown.get(prediction.index()).row()), cells));
                        },
                        control);
            }
            container.close();
            out.setOutData(0, container.getTable());
        });
    }

    private static AddedColumns added(
            final DataTableSpec table, final SegmentationPredictorParameters p, final ModelCard card) throws RunFailed {
        return PredictionTable.addedTo(
                table, FineTuneSegmenter.coding(card), p.withProbability, p.withOverlay, p.withComparison);
    }

    private static List<DataCell> pictures(
            final SegmentationPredictorParameters p,
            final PictureCache truths,
            final PredictSegmentation.Prediction prediction,
            final ClassLabels classes,
            final RunControl control)
            throws RunFailed, RunCancelled {
        final LabelMap labels = prediction.labels();
        final List<DataCell> cells = new ArrayList<>();
        cells.add(TrainingOutput.png(PngEncoder.labels(labels)));
        if (p.withProbability) {
            cells.add(TrainingOutput.png(PngEncoder.grey(labels.width(), labels.height(), prediction.probability())));
        }
        if (p.withOverlay) {
            cells.add(TrainingOutput.png(PngEncoder.picture(Overlay.classes(prediction.picture(), labels, FILL))));
        }
        if (p.withComparison) {
            cells.add(
                    prediction.tile().mask().isPresent()
                            ? comparison(p, truths, prediction, classes, control)
                            : DataType.getMissingCell());
        }
        return cells;
    }

    private static DataCell comparison(
            final SegmentationPredictorParameters p,
            final PictureCache truths,
            final PredictSegmentation.Prediction prediction,
            final ClassLabels classes,
            final RunControl control)
            throws RunFailed, RunCancelled {
        final LabelMap truth;
        try {
            truth = truths.labels(prediction.tile(), classes, control);
        } catch (final RunFailed e) {
            if (p.onFailure == UnreadableSlide.FAIL) {
                throw e;
            }
            control.warn(e.getMessage());
            return DataType.getMissingCell();
        }
        return TrainingOutput.png(PngEncoder.picture(
                Comparison.strip(prediction.picture(), Optional.of(truth), prediction.labels(), classes.names())));
    }
}
