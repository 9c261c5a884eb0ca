package org.selfdiff.nodes.classification.learner;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.filestore.FileStore;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;
import org.selfdiff.model.ModelCard;
import org.selfdiff.nodes.common.ClassifiedTable;
import org.selfdiff.nodes.common.ModelStore;
import org.selfdiff.nodes.common.NodeRun;
import org.selfdiff.nodes.common.TrainingOutput;
import org.selfdiff.ports.ModelPortObject;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.classification.FitLinearProbe;
import org.selfdiff.stages.classification.HeldOut;
import org.selfdiff.stages.classification.LearnTileClassifier;
import org.selfdiff.train.LossLog;

/** From the Tile Classifier Learner's settings and tables to {@link LearnTileClassifier} or {@link FitLinearProbe}. */
final class TileClassifierLearnerNode {
    private static final String PORT = "Tiles";

    private static final String SYNTHETIC = "Synthetic tiles";

    private static final double READING = 0.05;

    private TileClassifierLearnerNode() {}

    /** Classes are seen in the rows, so that the model is not known until then. */
    static void configure(final ConfigureInput in, final ConfigureOutput out) throws InvalidSettingsException {
        final TileClassifierLearnerParameters p = in.getParameters();
        check(in.getInTableSpec(0), p);
        if (in.getInPortSpec(1) instanceof DataTableSpec synthetic) {
            ClassifiedTable.checkFurther(synthetic, p.labels, p.classifier, SYNTHETIC);
        }
        out.setOutSpecs(null, TrainingOutput.logSpec(), TrainingOutput.picturesSpec());
    }

    private static void check(final DataTableSpec table, final TileClassifierLearnerParameters p)
            throws InvalidSettingsException {
        ClassifiedTable.check(table, p.labels, p.classifier, PORT);
        if (!p.splitColumn.isBlank() && !table.containsName(p.splitColumn)) {
            throw new InvalidSettingsException("The table on port \"" + PORT + "\" has no column \"" + p.splitColumn
                    + "\". Choose another split column in the dialog.");
        }
    }

    static void execute(final ExecuteInput in, final ExecuteOutput out)
            throws CanceledExecutionException, KNIMEException {
        final TileClassifierLearnerParameters p = in.getParameters();
        final ExecutionContext exec = in.getExecutionContext();
        NodeRun.execute(exec, out::setWarningMessage, control -> {
            final RunControl reading = control.part(0, READING);
            final ClassifiedTable real = ClassifiedTable.read(in.getInTable(0), p.labels, p.classifier, PORT, reading);
            final Optional<ClassifiedTable> synthetic = in.getInPortObject(1) instanceof BufferedDataTable table
                    ? Optional.of(real.further(table, p.labels, p.classifier, SYNTHETIC, true, reading))
                    : Optional.empty();
            final Optional<List<Boolean>> split = split(in.getInTable(0), p);
            final FileStore store = ModelStore.create(exec);
            final RunControl learning = control.part(READING, 1);
            if (p.classifier.onPixels()) {
                final LearnTileClassifier.Result result =
                        network(p, real, synthetic, split, ModelStore.file(store), learning);
                out.setOutData(
                        new ModelPortObject(result.card(), store),
                        TrainingOutput.log(exec, result.log()),
                        TrainingOutput.pictures(
                                exec, Map.of("Loss curve", TrainingOutput.curve("Classifier", result.log()))));
                return;
            }
            out.setOutData(
                    new ModelPortObject(probe(p, real, synthetic, split, ModelStore.file(store), learning), store),
                    TrainingOutput.log(exec, new LossLog()),
                    TrainingOutput.pictures(exec, Map.of()));
        });
    }

    private static LearnTileClassifier.Result network(
            final TileClassifierLearnerParameters p,
            final ClassifiedTable real,
            final Optional<ClassifiedTable> synthetic,
            final Optional<List<Boolean>> split,
            final Path file,
            final RunControl control)
            throws RunFailed, RunCancelled {
        return LearnTileClassifier.run(
                new LearnTileClassifier.Request(
                        real.tiles(),
                        synthetic.map(ClassifiedTable::tiles),
                        p.syntheticRatio,
                        split.isPresent() ? new HeldOut(0, split) : HeldOut.ofGroups(p.heldOutShare),
                        p.classifier.settings(p.checkpoints, p.compute.device),
                        p.compute.seed,
                        p.checkpoints.path(),
                        file),
                control);
    }

    private static ModelCard probe(
            final TileClassifierLearnerParameters p,
            final ClassifiedTable real,
            final Optional<ClassifiedTable> synthetic,
            final Optional<List<Boolean>> split,
            final Path file,
            final RunControl control)
            throws RunFailed, RunCancelled {
        return FitLinearProbe.run(
                new FitLinearProbe.Request(
                        real.vectors(),
                        synthetic.map(ClassifiedTable::vectors),
                        p.syntheticRatio,
                        split,
                        p.classifier.probe(),
                        p.compute.seed,
                        file),
                control);
    }

    /** Whether each row is held out, where a column says so. */
    private static Optional<List<Boolean>> split(final BufferedDataTable table, final TileClassifierLearnerParameters p)
            throws RunFailed {
        if (p.splitColumn.isBlank()) {
            return Optional.empty();
        }
        final int index = table.getDataTableSpec().findColumnIndex(p.splitColumn);
        final List<Boolean> held = new ArrayList<>();
        for (final DataRow row : table) {
            held.add(row.getCell(index).toString().strip().equalsIgnoreCase(p.splitValue.strip()));
        }
        if (!held.contains(true)) {
            throw new RunFailed(
                    "No row says \"" + p.splitValue + "\"",
                    "column \"" + p.splitColumn + "\"",
                    "Correct the word for held-out rows, or choose no split column.");
        }
        return Optional.of(held);
    }
}
