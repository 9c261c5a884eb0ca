package org.selfdiff.headless.host;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.selfdiff.headless.bridge.Bridges;

/** Tables outside of nodes. */
public final class Tables {

    private Tables() {}

    /** Makes a table; rows are held against the spec. */
    public static BufferedDataTable of(DataTableSpec spec, List<DataRow> rows) {
        return Bridges.nodes().table(spec, rows);
    }

    /** RFC 4180 text with a header line and without row keys; missing cells are empty, pictures are named by size. */
    public static void toCsv(BufferedDataTable table, Writer out) throws IOException {
        line(Stream.of(table.getDataTableSpec().getColumnNames()), out);
        for (DataRow row : table) {
            line(row.stream().map(Tables::text), out);
        }
    }

    private static String text(DataCell cell) {
        return cell.isMissing() ? "" : cell.toString();
    }

    private static void line(Stream<String> values, Writer out) throws IOException {
        out.write(values.map(Tables::quote).collect(Collectors.joining(",")));
        out.write("\r\n");
    }

    private static String quote(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
