package org.selfdiff.nodes.common;

import java.util.ArrayList;
import java.util.List;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.StringCell;
import org.selfdiff.model.ModelTask.Bags.Target;
import org.selfdiff.stages.bags.Bag;
import org.selfdiff.stages.bags.BagUnit;

/** How a prediction about a bag stands in a table, as the Classification Scorer takes it. */
public final class BagPrediction {
    /** What stands between several labels of a bag. */
    private static final String SEPARATOR = "|";

    /** From which probability on a label counts as there. */
    private static final double THRESHOLD = 0.5;

    private BagPrediction() {}

    /** Columns that name a bag. */
    public static List<DataColumnSpec> names(final BagUnit unit) {
        final DataColumnSpec patient = Columns.column("Patient", StringCell.TYPE);
        return switch (unit) {
            case SLIDE -> List.of(Columns.column("Slide", StringCell.TYPE), patient);
            case PATIENT -> List.of(patient);
        };
    }

    /** Their cells. */
    public static List<DataCell> names(final BagUnit unit, final Bag bag) {
        final DataCell patient = new StringCell(bag.patient());
        return switch (unit) {
            case SLIDE -> List.of(new StringCell(bag.name()), patient);
            case PATIENT -> List.of(patient);
        };
    }

    /** The row ID of a bag. */
    public static String key(final BagUnit unit, final int bag) {
        return (unit == BagUnit.SLIDE ? "Slide" : "Patient") + bag;
    }

    /** Columns of what is predicted. */
    public static List<DataColumnSpec> columns(final Target target, final List<String> classes) {
        return switch (target) {
            case CLASS, LABELS -> {
                final List<DataColumnSpec> columns = new ArrayList<>();
                columns.add(Columns.column("Prediction", StringCell.TYPE));
                classes.forEach(name -> columns.add(Columns.column("P (" + name + ")", DoubleCell.TYPE)));
                yield columns;
            }
            case REGRESSION -> List.of(Columns.column("Prediction", DoubleCell.TYPE));
            case SURVIVAL -> List.of(Columns.column("Risk", DoubleCell.TYPE));
        };
    }

    /**
     * Their cells.
     *
     * @param values probabilities of classes or labels, a number, or a risk
     */
    public static List<DataCell> cells(final Target target, final List<String> classes, final double[] values) {
        final List<DataCell> cells = new ArrayList<>();
        if (target == Target.CLASS) {
            int best = 0;
            for (int c = 1; c < values.length; c++) {
                best = values[c] > values[best] ? c : best;
            }
            cells.add(new StringCell(classes.get(best)));
        } else if (target == Target.LABELS) {
            final List<String> there = new ArrayList<>();
            for (int k = 0; k < values.length; k++) {
                if (values[k] >= THRESHOLD) {
                    there.add(classes.get(k));
                }
            }
            cells.add(new StringCell(String.join(SEPARATOR, there)));
        }
        for (final double value : values) {
            cells.add(new DoubleCell(value));
        }
        return cells;
    }
}
