package org.selfdiff.nodes.classification.augmentation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.DoubleCell;
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
import org.selfdiff.imaging.PngEncoder;
import org.selfdiff.nodes.common.CheckpointParameters;
import org.selfdiff.nodes.common.ClassifiedTable;
import org.selfdiff.nodes.common.NodeRun;
import org.selfdiff.nodes.common.TileTable;
import org.selfdiff.nodes.common.TrainingOutput;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.classification.AugmentationChart;
import org.selfdiff.stages.classification.CompareAugmentation;
import org.selfdiff.stages.classification.Contest;

/** From the Augmentation Comparison's settings and tables to {@link CompareAugmentation} and back. */
final class AugmentationComparisonNode {
    private static final List<String> PORTS = List.of("Real tiles", "Synthetic tiles", "Test tiles");

    private static final double READING = 0.02;

    private static final DataTableSpec SCORES = new DataTableSpec(
            new String[] {
                "Training",
                "Class",
                "AUROC",
                "Lower",
                "Upper",
                "Deviation over seeds",
                "Difference to real",
                "Difference, lower",
                "Difference, upper",
                "p",
                "Real tiles",
                "Synthetic tiles",
                "Test tiles",
                "Seeds"
            },
            new DataType[] {
                StringCell.TYPE,
                StringCell.TYPE,
                DoubleCell.TYPE,
                DoubleCell.TYPE,
                DoubleCell.TYPE,
                DoubleCell.TYPE,
                DoubleCell.TYPE,
                DoubleCell.TYPE,
                DoubleCell.TYPE,
                DoubleCell.TYPE,
                IntCell.TYPE,
                IntCell.TYPE,
                IntCell.TYPE,
                IntCell.TYPE
            });

    private AugmentationComparisonNode() {}

    static void configure(final ConfigureInput in, final ConfigureOutput out) throws InvalidSettingsException {
        final AugmentationComparisonParameters p = in.getParameters();
        ClassifiedTable.check(in.getInTableSpec(0), p.labels, p.classifier, PORTS.get(0));
        for (int port = 1; port < PORTS.size(); port++) {
            ClassifiedTable.checkFurther(in.getInTableSpec(port), p.labels, p.classifier, PORTS.get(port));
        }
        out.setOutSpecs(SCORES, TrainingOutput.picturesSpec());
    }

    static void execute(final ExecuteInput in, final ExecuteOutput out)
            throws CanceledExecutionException, KNIMEException {
        final AugmentationComparisonParameters p = in.getParameters();
        final ExecutionContext exec = in.getExecutionContext();
        NodeRun.execute(exec, out::setWarningMessage, control -> {
            final CompareAugmentation.Result result = CompareAugmentation.run(
                    new CompareAugmentation.Request(
                            contest(in, p, control.part(0, READING)),
                            ratios(p),
                            p.syntheticOnly,
                            p.seeds,
                            p.compute.seed,
                            p.confidence,
                            p.resamples),
                    control.part(READING, 1));
            out.setOutData(
                    scores(exec, result, p.seeds),
                    TrainingOutput.pictures(
                            exec, Map.of("AUROC by ratio", PngEncoder.picture(AugmentationChart.of(result, p.seeds)))));
        });
    }

    private static List<Double> ratios(final AugmentationComparisonParameters p) throws RunFailed {
        try {
            return p.ratios();
        } catch (InvalidSettingsException e) {
            throw new RunFailed(e.getMessage(), "setting \"Ratios\"", "Give numbers separated by commas.", e);
        }
    }

    private static Contest contest(
            final ExecuteInput in, final AugmentationComparisonParameters p, final RunControl control)
            throws RunFailed, RunCancelled {
        final ClassifiedTable real =
                ClassifiedTable.read(in.getInTable(0), p.labels, p.classifier, PORTS.get(0), control);
        final ClassifiedTable synthetic =
                real.further(in.getInTable(1), p.labels, p.classifier, PORTS.get(1), true, control);
        final ClassifiedTable test =
                real.further(in.getInTable(2), p.labels, p.classifier, PORTS.get(2), false, control);
        return p.classifier.onPixels()
                ? new Contest.Pixels(
                        real.tiles(),
                        synthetic.tiles(),
                        test.tiles(),
                        p.classifier.settings(new CheckpointParameters(), p.compute.device))
                : new Contest.Probe(
                        real.vectors(),
                        synthetic.vectors(),
                        test.vectors(),
                        test.tiles().groups(),
                        p.classifier.probe());
    }

    private static BufferedDataTable scores(
            final ExecutionContext exec, final CompareAugmentation.Result result, final int seeds) {
        final BufferedDataContainer container = exec.createDataContainer(SCORES);
        long row = 0;
        for (final CompareAugmentation.Line line : result.lines()) {
            final List<DataCell> cells = new ArrayList<>(List.of(
                    new StringCell(line.arm().name()),
                    new StringCell(line.label()),
                    TileTable.number(line.area()),
                    TileTable.number(line.interval().low()),
                    TileTable.number(line.interval().high()),
                    TileTable.number(line.deviation()),
                    TileTable.number(line.difference()),
                    TileTable.number(line.differenceInterval().low()),
                    TileTable.number(line.differenceInterval().high()),
                    TileTable.number(line.p()),
                    new IntCell(line.arm().real()),
                    new IntCell(line.arm().synthetic()),
                    new IntCell(result.test()),
                    new IntCell(seeds)));
            container.addRowToTable(new DefaultRow("Row" + row++, cells.toArray(DataCell[]::new)));
        }
        container.close();
        return container.getTable();
    }
}
