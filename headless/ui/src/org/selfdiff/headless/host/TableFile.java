package org.selfdiff.headless.host;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.knime.core.data.BooleanValue;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.MissingCell;
import org.knime.core.data.collection.CollectionCellFactory;
import org.knime.core.data.collection.ListCell;
import org.knime.core.data.def.BooleanCell;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.LongCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.data.image.png.PNGImageContent;
import org.knime.core.data.image.png.PNGImageValue;
import org.knime.core.data.vector.doublevector.DoubleVectorCellFactory;
import org.knime.core.data.vector.doublevector.DoubleVectorValue;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.port.PortObjectSpec;
import org.selfdiff.headless.bridge.Bridges;

/** The rows of a table in a compressed file: for each cell a letter for its class, then its value. */
final class TableFile {

    private TableFile() {}

    static void write(BufferedDataTable table, Path file) throws IOException {
        try (DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(new GZIPOutputStream(Files.newOutputStream(file))))) {
            out.writeLong(table.size());
            for (DataRow row : table) {
                text(row.getKey().getString(), out);
                for (DataCell cell : row) {
                    cell(cell, out);
                }
            }
        }
    }

    private static void cell(DataCell cell, DataOutputStream out) throws IOException {
        if (cell.isMissing()) {
            out.writeByte('?');
        } else if (cell instanceof StringCell value) {
            out.writeByte('S');
            text(value.getStringValue(), out);
        } else if (cell instanceof BooleanValue value) {
            out.writeByte(value.getBooleanValue() ? 'T' : 'F');
        } else if (cell instanceof IntCell value) {
            out.writeByte('I');
            out.writeInt(value.getIntValue());
        } else if (cell instanceof LongCell value) {
            out.writeByte('L');
            out.writeLong(value.getLongValue());
        } else if (cell instanceof DoubleCell value) {
            out.writeByte('D');
            out.writeDouble(value.getDoubleValue());
        } else if (cell instanceof PNGImageValue value) {
            out.writeByte('P');
            bytes(value.getImageContent().getByteArrayReference(), out);
        } else if (cell instanceof DoubleVectorValue value) {
            out.writeByte('V');
            numbers(value.getLength(), value::getValue, out);
        } else if (cell instanceof ListCell value) {
            list(value, out);
        } else {
            throw new IOException("Cells of " + cell.getClass().getName() + " cannot be saved here.");
        }
    }

    private static void list(ListCell list, DataOutputStream out) throws IOException {
        if (list.stream().allMatch(DoubleCell.class::isInstance)) {
            out.writeByte('N');
            numbers(list.size(), i -> ((DoubleCell) list.get(i)).getDoubleValue(), out);
            return;
        }
        out.writeByte('C');
        out.writeInt(list.size());
        for (DataCell element : list) {
            cell(element, out);
        }
    }

    private static void numbers(int count, IntToDoubleFunction values, DataOutputStream out) throws IOException {
        out.writeInt(count);
        for (int i = 0; i < count; i++) {
            out.writeDouble(values.applyAsDouble(i));
        }
    }

    private static void text(String text, DataOutputStream out) throws IOException {
        bytes(text.getBytes(StandardCharsets.UTF_8), out);
    }

    private static void bytes(byte[] bytes, DataOutputStream out) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static BufferedDataTable read(PortObjectSpec spec, Path file) throws IOException {
        DataTableSpec columns = (DataTableSpec) spec;
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(new GZIPInputStream(Files.newInputStream(file))))) {
            List<DataRow> rows = new ArrayList<>();
            for (long left = in.readLong(); left > 0; left--) {
                String key = text(in);
                DataCell[] cells = new DataCell[columns.getNumColumns()];
                for (int i = 0; i < cells.length; i++) {
                    cells[i] = cell(in);
                }
                rows.add(new DefaultRow(key, cells));
            }
            return Bridges.nodes().table(columns, rows);
        }
    }

    private static DataCell cell(DataInputStream in) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case '?' -> new MissingCell(null);
            case 'S' -> new StringCell(text(in));
            case 'T' -> BooleanCell.TRUE;
            case 'F' -> BooleanCell.FALSE;
            case 'I' -> new IntCell(in.readInt());
            case 'L' -> new LongCell(in.readLong());
            case 'D' -> new DoubleCell(in.readDouble());
            case 'P' -> new PNGImageContent(bytes(in)).toImageCell();
            case 'V' -> DoubleVectorCellFactory.createCell(numbers(in));
            case 'N' -> CollectionCellFactory.createListCell(
                    Arrays.stream(numbers(in)).mapToObj(DoubleCell::new).toList());
            case 'C' -> list(in);
            default -> throw new IOException("The table file is damaged: cell kind " + kind);
        };
    }

    private static DataCell list(DataInputStream in) throws IOException {
        List<DataCell> cells = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            cells.add(cell(in));
        }
        return CollectionCellFactory.createListCell(cells);
    }

    private static double[] numbers(DataInputStream in) throws IOException {
        double[] values = new double[in.readInt()];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readDouble();
        }
        return values;
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(bytes(in), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        byte[] bytes = length < 0 ? new byte[0] : in.readNBytes(length);
        if (bytes.length != length) {
            throw new IOException("The table file ends too early.");
        }
        return bytes;
    }
}
