package org.selfdiff.headless;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataTableSpecCreator;
import org.knime.core.data.DataType;
import org.knime.core.data.DoubleValue;
import org.knime.core.data.MissingCell;
import org.knime.core.data.StringValue;
import org.knime.core.data.container.DataContainer;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.data.image.png.PNGImageContent;
import org.knime.core.node.NodeSettings;
import org.knime.core.util.DuplicateKeyException;
import org.selfdiff.headless.host.Tables;

/** Rows are held against their spec. */
class TableRulesTest {

    private static final DataTableSpec SPEC =
            new DataTableSpec(new String[] {"name", "score"}, new DataType[] {StringCell.TYPE, DoubleCell.TYPE});

    private static DefaultRow row(String key, DataCell... cells) {
        return new DefaultRow(key, cells);
    }

    private static void refused(Class<? extends RuntimeException> type, DataRow... rows) {
        assertThrows(type, () -> Tables.of(SPEC, List.of(rows)));
    }

    @Test
    void goodRowsAreTaken() {
        DataCell missing = new MissingCell(null);
        assertEquals(
                2,
                Tables.of(SPEC, List.of(row("a", new StringCell("x"), new DoubleCell(1)), row("b", missing, missing)))
                        .size());
    }

    @Test
    void badRowsAreRefused() {
        DefaultRow good = row("a", new StringCell("x"), new DoubleCell(1));
        refused(DuplicateKeyException.class, good, row("a", new StringCell("y"), new DoubleCell(2)));
        refused(IllegalArgumentException.class, row("a", new StringCell("x")));
        refused(IllegalArgumentException.class, row("a", new DoubleCell(1), new DoubleCell(1)));
        refused(IllegalArgumentException.class, row("a", new StringCell("x"), new IntCell(1)));
        assertThrows(NullPointerException.class, () -> row("a", (DataCell) null));
    }

    @Test
    void containersAreClosedBeforeTheyAreRead() {
        DataContainer container = new DataContainer(SPEC);
        assertThrows(IllegalStateException.class, container::getTable);
        container.close();
        assertThrows(
                IllegalStateException.class,
                () -> container.addRowToTable(row("a", new StringCell("x"), new DoubleCell(1))));
    }

    @Test
    void columnNamesAreUnique() {
        DataColumnSpec column = new DataColumnSpecCreator("x", IntCell.TYPE).createSpec();
        assertThrows(IllegalArgumentException.class, () -> new DataTableSpec(column, column));
        assertThrows(
                IllegalArgumentException.class,
                () -> new DataTableSpecCreator().addColumns(column, column).createSpec());
        assertEquals("x (#1)", DataTableSpec.getUniqueColumnName(new DataTableSpec(column), "x"));
    }

    @Test
    void typesKnowWhatTheyHold() {
        assertTrue(IntCell.TYPE.isCompatible(DoubleValue.class));
        assertFalse(IntCell.TYPE.isCompatible(StringValue.class));
        assertFalse(DoubleCell.TYPE.isASuperTypeOf(IntCell.TYPE));
        assertTrue(IntCell.TYPE.isASuperTypeOf(new MissingCell(null).getType()));
        DataType numbers = DataType.getCommonSuperType(IntCell.TYPE, DoubleCell.TYPE);
        assertTrue(numbers.isASuperTypeOf(IntCell.TYPE) && numbers.isASuperTypeOf(DoubleCell.TYPE));
        assertTrue(numbers.isCompatible(DoubleValue.class));
        assertFalse(numbers.isASuperTypeOf(StringCell.TYPE));
    }

    @Test
    void specsSurviveSettings() throws Exception {
        NodeSettings settings = new NodeSettings("spec");
        SPEC.save(settings);
        assertEquals(SPEC, DataTableSpec.load(settings));
    }

    @Test
    void picturesMustBePng() {
        assertThrows(IllegalArgumentException.class, () -> new PNGImageContent(new byte[100]));
        assertEquals(1, new PNGImageContent().getPreferredSize().width);
    }
}
