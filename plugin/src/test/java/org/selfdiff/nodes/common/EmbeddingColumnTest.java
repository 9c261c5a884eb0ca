package org.selfdiff.nodes.common;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.MissingCell;
import org.knime.core.data.collection.CollectionCellFactory;
import org.knime.core.data.collection.ListCell;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.data.vector.doublevector.DoubleVectorCellFactory;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;
import org.selfdiff.data.Embeddings;
import org.selfdiff.data.EncodedBy;
import org.selfdiff.headless.host.Tables;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;

/** Embeddings in columns: which columns hold them, what is written and read, and what is refused. */
class EmbeddingColumnTest {

    private static final DataType LIST = ListCell.getCollectionType(DoubleCell.TYPE);

    private static final EncodedBy DINO = new EncodedBy("DINO", "0123456789abcdef", 2);

    private static DataCell list(final double... values) {
        return CollectionCellFactory.createListCell(
                Arrays.stream(values).mapToObj(DoubleCell::new).toList());
    }

    private static DataColumnSpec column(final String name, final DataType type) {
        return new DataColumnSpecCreator(name, type).createSpec();
    }

    /** A table with a text before the vectors. */
    private static BufferedDataTable table(final DataColumnSpec vectors, final DataCell... cells) {
        final List<DataRow> rows = new ArrayList<>();
        for (int i = 0; i < cells.length; i++) {
            rows.add(new DefaultRow("tile " + i, new StringCell("a"), cells[i]));
        }
        return Tables.of(new DataTableSpec(column("Text", StringCell.TYPE), vectors), rows);
    }

    private static Embeddings read(final DataColumnSpec vectors, final DataCell... cells)
            throws RunFailed, RunCancelled {
        return EmbeddingColumn.read(table(vectors, cells), vectors, RunControl.silent());
    }

    private static void refused(final String what, final DataColumnSpec vectors, final DataCell... cells) {
        final RunFailed e = assertThrows(RunFailed.class, () -> read(vectors, cells));
        assertTrue(e.what().contains(what), e.getMessage());
        assertEquals("column \"V\", row \"tile " + (cells.length - 1) + "\"", e.where());
    }

    @Test
    void whatIsWrittenIsReadAgain() throws Exception {
        final DataColumnSpec column = EmbeddingColumn.spec("V", DINO);
        final float[] odd = {0.1f, -Float.MIN_VALUE};
        final Embeddings read = read(column, EmbeddingColumn.cell(odd), EmbeddingColumn.cell(new float[] {1, 2}));
        assertEquals(2, read.count());
        assertArrayEquals(odd, read.rows().get(0));
        assertEquals(Optional.of(DINO), read.encodedBy());
        assertEquals(LIST, column.getType());
    }

    @Test
    void vectorsOfEveryKindAreRead() throws Exception {
        final double[] values = {0.5, -2};
        final float[] expected = {0.5f, -2};
        assertArrayEquals(expected, read(column("V", LIST), list(values)).rows().get(0));
        assertArrayEquals(
                expected,
                read(column("V", DoubleVectorCellFactory.TYPE), DoubleVectorCellFactory.createCell(values))
                        .rows()
                        .get(0));
        assertArrayEquals(
                new float[] {3, 4},
                read(
                                column("V", ListCell.getCollectionType(IntCell.TYPE)),
                                CollectionCellFactory.createListCell(List.of(new IntCell(3), new IntCell(4))))
                        .rows()
                        .get(0));
    }

    @Test
    void rowsThatDoNotDoAreNamed() {
        final DataColumnSpec plain = column("V", LIST);
        refused("no vector", plain, list(1), new MissingCell(null));
        refused("empty", plain, list(1), list());
        refused("Number 2 of the vector is not a number", plain, list(1, 2), list(1, Double.NaN));
        refused("infinite", plain, list(Double.NEGATIVE_INFINITY));
        refused("too large for a float", plain, list(1e39));
        refused("those before it have 2", plain, list(1, 2), list(1, 2, 3));
        refused("encoder gives 2", EmbeddingColumn.spec("V", DINO), list(1, 2, 3));
        refused(
                "Number 2 of the vector is missing",
                plain,
                CollectionCellFactory.createListCell(List.of(new DoubleCell(1), new MissingCell(null))));
    }

    @Test
    void aTableWithoutRowsHasTheWidthOfItsEncoder() throws Exception {
        assertEquals(2, read(EmbeddingColumn.spec("V", DINO)).width());
        assertEquals(0, read(column("V", LIST)).count());
    }

    @Test
    void theColumnIsChosenGuessedOrRefused() throws Exception {
        final DataColumnSpec first = column("First", LIST);
        final DataColumnSpec ours = EmbeddingColumn.spec("Ours", DINO);
        final DataColumnSpec newer = EmbeddingColumn.spec("Newer", DINO);
        final DataColumnSpec text = column("Text", ListCell.getCollectionType(StringCell.TYPE));
        assertEquals(first, EmbeddingColumn.require(new DataTableSpec(text, first), "", "Tiles"));
        assertEquals(newer, EmbeddingColumn.require(new DataTableSpec(ours, first, newer, text), " ", "Tiles"));
        assertEquals(ours, EmbeddingColumn.require(new DataTableSpec(ours, first, newer), "Ours", "Tiles"));
        for (final String chosen : List.of("", "Text", "None")) {
            final InvalidSettingsException e = assertThrows(
                    InvalidSettingsException.class,
                    () -> EmbeddingColumn.require(new DataTableSpec(text), chosen, "Tiles"));
            assertTrue(e.getMessage().contains("port \"Tiles\""), e.getMessage());
        }
    }

    @Test
    void dialogsOfferVectorsOnly() {
        final VectorColumns choices = new VectorColumns();
        assertTrue(choices.isIncluded(column("V", LIST)));
        assertTrue(choices.isIncluded(column("V", DoubleVectorCellFactory.TYPE)));
        assertTrue(!choices.isIncluded(column("V", DoubleCell.TYPE)));
        assertTrue(!choices.isIncluded(column("V", ListCell.getCollectionType(StringCell.TYPE))));
        assertEquals(1, new VectorColumns.OfSecondInput().getInputTableIndex());
    }

    @Test
    void embeddingsOfTwoEncodersAreNotMixed() throws Exception {
        final Optional<EncodedBy> renamed = Optional.of(new EncodedBy("other name", DINO.fingerprint(), 2));
        EmbeddingColumn.requireSame(Optional.of(DINO), "one", renamed, "other");
        EmbeddingColumn.requireSame(Optional.of(DINO), "one", Optional.empty(), "other");
        final Optional<EncodedBy> other = Optional.of(new EncodedBy("DINO", "ff", 2));
        final InvalidSettingsException e = assertThrows(
                InvalidSettingsException.class,
                () -> EmbeddingColumn.requireSame(Optional.of(DINO), "the model", other, "the table"));
        assertTrue(e.getMessage().contains("01234567") && e.getMessage().contains("ff"), e.getMessage());
    }

    @Test
    void propertiesThatSayNothingAreNoEncoder() {
        assertEquals(Optional.empty(), EmbeddingColumn.encodedBy(column("V", LIST)));
        final DataColumnSpecCreator odd = new DataColumnSpecCreator(EmbeddingColumn.spec("V", DINO));
        odd.setProperties(
                odd.createSpec().getProperties().cloneAndOverwrite(java.util.Map.of(EmbeddingColumn.WIDTH, "many")));
        assertEquals(Optional.empty(), EmbeddingColumn.encodedBy(odd.createSpec()));
    }
}
