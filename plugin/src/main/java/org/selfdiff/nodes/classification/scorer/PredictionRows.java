package org.selfdiff.nodes.classification.scorer;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.knime.core.data.BooleanValue;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.data.DoubleValue;
import org.knime.core.data.StringValue;
import org.knime.core.data.collection.CollectionDataValue;
import org.knime.core.node.BufferedDataTable;
import org.selfdiff.run.Pace;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.classification.ScoreClassification;

/** Reads truth and predictions row by row; what cannot be scored is refused with its row. */
final class PredictionRows {
    private static final int ROWS_BETWEEN_REPORTS = 1000;

    private final PredictionColumns columns;

    private final ClassificationScorerParameters p;

    private final List<String> rows = new ArrayList<>();

    private final List<List<String>> labels = new ArrayList<>();

    private final List<List<double[]>> scores = new ArrayList<>();

    private final List<String> parts = new ArrayList<>();

    private final List<String> groups = new ArrayList<>();

    private PredictionRows(final PredictionColumns columns, final ClassificationScorerParameters p) {
        this.columns = columns;
        this.p = p;
        columns.models().forEach(model -> scores.add(new ArrayList<>()));
    }

    static ScoreClassification.Request read(
            final BufferedDataTable table,
            final PredictionColumns columns,
            final ClassificationScorerParameters p,
            final RunControl control)
            throws RunFailed, RunCancelled {
        final PredictionRows read = new PredictionRows(columns, p);
        final Pace pace = new Pace("rows read", 0, table.size());
        for (final DataRow row : table) {
            if (read.rows.size() % ROWS_BETWEEN_REPORTS == 0) {
                control.checkCancelled();
                control.progress((double) read.rows.size() / Math.max(1, table.size()), pace.line(read.rows.size()));
            }
            read.add(row, table);
        }
        return read.request();
    }

    private void add(final DataRow row, final BufferedDataTable table) throws RunFailed {
        rows.add(row.getKey().getString());
        labels.add(labels(row, table));
        for (int m = 0; m < scores.size(); m++) {
            final List<Integer> indices = columns.models().get(m);
            final double[] values = new double[indices.size()];
            for (int k = 0; k < values.length; k++) {
                values[k] = number(row, indices.get(k), table);
            }
            scores.get(m).add(values);
        }
        if (columns.part().isPresent()) {
            parts.add(text(row, columns.part().get(), table));
        }
        if (columns.group().isPresent()) {
            groups.add(text(row, columns.group().get(), table));
        }
    }

    private List<String> labels(final DataRow row, final BufferedDataTable table) throws RunFailed {
        if (columns.truth().size() > 1 || !p.exclusive() && columns.truth().get(0) == named(table)) {
            return flags(row, table);
        }
        final int index = columns.truth().get(0);
        final DataCell cell = row.getCell(index);
        if (p.exclusive()) {
            return List.of(text(row, index, table));
        }
        final List<String> found = new ArrayList<>();
        if (cell instanceof CollectionDataValue collection) {
            for (final DataCell element : collection) {
                found.add(element.toString());
            }
        } else {
            found.addAll(List.of(text(row, index, table).split(Pattern.quote(p.labelSeparator))));
        }
        found.replaceAll(String::strip);
        found.removeIf(name -> name.isEmpty() || name.equals(p.noLabel));
        return found;
    }

    /** The column called like the only class, -1 if there are more classes or no such column. */
    private int named(final BufferedDataTable table) {
        return columns.classes().size() == 1
                ? table.getDataTableSpec().findColumnIndex(columns.classes().get(0))
                : -1;
    }

    private List<String> flags(final DataRow row, final BufferedDataTable table) throws RunFailed {
        final List<String> found = new ArrayList<>();
        for (int k = 0; k < columns.truth().size(); k++) {
            if (flag(row, columns.truth().get(k), table)) {
                found.add(columns.classes().get(k));
            }
        }
        return found;
    }

    /** A cell that says yes or no. */
    static boolean flag(final DataRow row, final int index, final BufferedDataTable table) throws RunFailed {
        final String text = text(row, index, table);
        if (text.equals("1") || text.equalsIgnoreCase("true")) {
            return true;
        }
        if (text.equals("0") || text.equalsIgnoreCase("false")) {
            return false;
        }
        throw failed(
                row,
                index,
                table,
                "The cell is \"" + text + "\", neither yes nor no",
                "Write 1 or true for yes, 0 or false for no.");
    }

    static double number(final DataRow row, final int index, final BufferedDataTable table) throws RunFailed {
        final DataCell cell = row.getCell(index);
        if (cell instanceof DoubleValue value && Double.isFinite(value.getDoubleValue())) {
            return value.getDoubleValue();
        }
        throw failed(
                row,
                index,
                table,
                cell.isMissing() ? "There is no score" : "The score is " + cell + ", not a finite number",
                "Filter the row out, or look for what went wrong where it was predicted.");
    }

    /** A cell as text; whole numbers without a decimal point. */
    static String text(final DataRow row, final int index, final BufferedDataTable table) throws RunFailed {
        final DataCell cell = row.getCell(index);
        if (cell.isMissing()) {
            throw failed(row, index, table, "The cell is missing", "Filter the row out, or fill in the value.");
        }
        if (cell instanceof StringValue text) {
            return text.getStringValue();
        }
        if (cell instanceof BooleanValue flag) {
            return Boolean.toString(flag.getBooleanValue());
        }
        if (cell instanceof DoubleValue number
                && number.getDoubleValue() == Math.rint(number.getDoubleValue())
                && Math.abs(number.getDoubleValue()) < 1e15) {
            return Long.toString((long) number.getDoubleValue());
        }
        return cell.toString();
    }

    static RunFailed failed(
            final DataRow row, final int index, final BufferedDataTable table, final String what, final String remedy) {
        return new RunFailed(
                what,
                "row \"" + row.getKey().getString() + "\", column \""
                        + table.getDataTableSpec().getColumnSpec(index).getName() + "\"",
                remedy);
    }

    private ScoreClassification.Request request() throws RunFailed {
        final List<String> classes = columns.classes().isEmpty() ? twoClasses() : columns.classes();
        if (columns.models().get(0).size() == 1 && p.exclusive() && classes.size() != 2) {
            throw new RunFailed(
                    "A single column of scores needs two classes, not " + classes,
                    "setting \"Classes\"",
                    "Name two classes, or append columns of probabilities for all.");
        }
        final boolean[][] flags = new boolean[labels.size()][classes.size()];
        for (int i = 0; i < flags.length; i++) {
            for (final String label : labels.get(i)) {
                final int k = classes.indexOf(label);
                if (k < 0) {
                    throw new RunFailed(
                            "The true class \"" + label + "\" is none of " + classes,
                            "row \"" + rows.get(i) + "\"",
                            "Filter the row out, or predict with a model that knows the class. Names must be equal letter"
                                    + " by letter.");
                }
                flags[i][k] = true;
            }
        }
        final List<ScoreClassification.Model> models = new ArrayList<>();
        for (int m = 0; m < scores.size(); m++) {
            models.add(new ScoreClassification.Model(m == 0 ? p.name : p.secondName, table(m)));
        }
        return new ScoreClassification.Request(
                classes,
                flags,
                models,
                columns.part().map(c -> parts),
                columns.group().map(c -> groups),
                p.settings());
    }

    /** The two classes of the truth by name, for a single column of scores. */
    private List<String> twoClasses() throws RunFailed {
        final TreeSet<String> names = new TreeSet<>();
        labels.forEach(names::addAll);
        if (names.size() != 2) {
            throw new RunFailed(
                    "The truth has " + names.size() + " classes, but a single column of scores tells two apart",
                    "column of the truth",
                    "Name both classes in the setting \"Classes\", or append columns of probabilities for all.");
        }
        return List.copyOf(names);
    }

    /** Scores of a model; a single column is that of the second class, and the first has the rest to 1. */
    private double[][] table(final int model) {
        final double[][] out = scores.get(model).toArray(double[][]::new);
        if (p.exclusive() && columns.models().get(model).size() == 1) {
            for (int i = 0; i < out.length; i++) {
                out[i] = new double[] {1 - out[i][0], out[i][0]};
            }
        }
        return out;
    }
}
