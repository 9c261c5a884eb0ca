package org.selfdiff.nodes.classification.scorer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.classification.ScoreNumbers;

/**
 * Where true and predicted numbers stand in a table.
 *
 * @param truth column of the true ones
 * @param predicted column of each model
 * @param part column of the parts
 * @param group column of what is resampled together
 */
record NumberColumns(int truth, List<Integer> predicted, Optional<Integer> part, Optional<Integer> group) {
    private static final int ROWS_BETWEEN_CHECKS = 1000;

    private static final String PREDICTION = "Prediction";

    static NumberColumns of(final DataTableSpec table, final ClassificationScorerParameters p)
            throws InvalidSettingsException {
        final Optional<Integer> chosen =
                PredictionColumns.column(table, p.scoreColumn, "Score of the second class, or risk");
        if (chosen.isEmpty() && !table.containsName(PREDICTION)) {
            throw new InvalidSettingsException("The table on port \"Predictions\" has no column \"" + PREDICTION
                    + "\". Choose the column of predicted numbers in \"Score of the second class, or risk\".");
        }
        final List<Integer> predicted = new ArrayList<>();
        predicted.add(chosen.orElseGet(() -> table.findColumnIndex(PREDICTION)));
        PredictionColumns.column(table, p.secondScoreColumn, "Second model's score or risk")
                .ifPresent(predicted::add);
        return new NumberColumns(
                PredictionColumns.truth(table, p.truthColumn),
                predicted,
                PredictionColumns.column(table, p.partColumn, "Parts"),
                PredictionColumns.column(table, p.groupColumn, "Resampled together"));
    }

    ScoreNumbers.Request read(
            final BufferedDataTable table, final ClassificationScorerParameters p, final RunControl control)
            throws RunFailed, RunCancelled {
        final List<ScoreNumbers.Case> cases = new ArrayList<>();
        final List<String> parts = new ArrayList<>();
        final List<String> groups = new ArrayList<>();
        for (final DataRow row : table) {
            if (cases.size() % ROWS_BETWEEN_CHECKS == 0) {
                control.checkCancelled();
            }
            final double[] values = new double[predicted.size()];
            for (int m = 0; m < values.length; m++) {
                values[m] = PredictionRows.number(row, predicted.get(m), table);
            }
            cases.add(new ScoreNumbers.Case(PredictionRows.number(row, truth, table), values));
            if (part.isPresent()) {
                parts.add(PredictionRows.text(row, part.get(), table));
            }
            if (group.isPresent()) {
                groups.add(PredictionRows.text(row, group.get(), table));
            }
        }
        return new ScoreNumbers.Request(
                cases,
                predicted.size() == 1 ? List.of(p.name) : List.of(p.name, p.secondName),
                part.map(column -> parts),
                group.map(column -> groups),
                p.settings());
    }
}
