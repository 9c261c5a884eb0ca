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
import org.selfdiff.stages.classification.ScoreSurvival;

/**
 * Where times, events and risks stand in a table.
 *
 * @param time column of the times
 * @param event column that says whether there was an event
 * @param risks column of each model
 * @param part column of the parts
 * @param group column of what is resampled together
 */
record SurvivalColumns(int time, int event, List<Integer> risks, Optional<Integer> part, Optional<Integer> group) {
    private static final int ROWS_BETWEEN_CHECKS = 1000;

    static SurvivalColumns of(final DataTableSpec table, final ClassificationScorerParameters p)
            throws InvalidSettingsException {
        final List<Integer> risks = new ArrayList<>();
        risks.add(required(table, p.scoreColumn, "Score of the second class, or risk"));
        PredictionColumns.column(table, p.secondScoreColumn, "Second model's score or risk")
                .ifPresent(risks::add);
        return new SurvivalColumns(
                required(table, p.timeColumn, "Time"),
                required(table, p.eventColumn, "Event"),
                risks,
                PredictionColumns.column(table, p.partColumn, "Parts"),
                PredictionColumns.column(table, p.groupColumn, "Resampled together"));
    }

    private static int required(final DataTableSpec table, final String name, final String setting)
            throws InvalidSettingsException {
        return PredictionColumns.column(table, name, setting)
                .orElseThrow(() -> new InvalidSettingsException(
                        "Times until an event need a column for \"" + setting + "\". Choose it in the dialog."));
    }

    ScoreSurvival.Request read(
            final BufferedDataTable table, final ClassificationScorerParameters p, final RunControl control)
            throws RunFailed, RunCancelled {
        final List<ScoreSurvival.Case> cases = new ArrayList<>();
        final List<String> parts = new ArrayList<>();
        final List<String> groups = new ArrayList<>();
        for (final DataRow row : table) {
            if (cases.size() % ROWS_BETWEEN_CHECKS == 0) {
                control.checkCancelled();
            }
            final double[] values = new double[risks.size()];
            for (int m = 0; m < values.length; m++) {
                values[m] = PredictionRows.number(row, risks.get(m), table);
            }
            cases.add(new ScoreSurvival.Case(
                    PredictionRows.number(row, time, table), PredictionRows.flag(row, event, table), values));
            if (part.isPresent()) {
                parts.add(PredictionRows.text(row, part.get(), table));
            }
            if (group.isPresent()) {
                groups.add(PredictionRows.text(row, group.get(), table));
            }
        }
        return new ScoreSurvival.Request(
                cases,
                risks.size() == 1 ? List.of(p.name) : List.of(p.name, p.secondName),
                part.map(column -> parts),
                group.map(column -> groups),
                p.settings());
    }
}
