package org.selfdiff.headless;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnProperties;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.DoubleValue;
import org.knime.core.data.MissingCell;
import org.knime.core.data.collection.CollectionCellFactory;
import org.knime.core.data.collection.CollectionDataValue;
import org.knime.core.data.collection.ListCell;
import org.knime.core.data.collection.ListDataValue;
import org.knime.core.data.container.CloseableRowIterator;
import org.knime.core.data.container.ColumnRearranger;
import org.knime.core.data.container.SingleCellFactory;
import org.knime.core.data.container.filter.TableFilter;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.data.vector.doublevector.DoubleVectorCellFactory;
import org.knime.core.data.vector.doublevector.DoubleVectorValue;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.selfdiff.headless.host.HostContext;
import org.selfdiff.headless.host.NodeHost;
import org.selfdiff.headless.host.Tables;
import org.selfdiff.headless.sample.Samples;

/** Columns are taken, left out, replaced and added while rows keep their keys; lists and properties of columns. */
class ColumnRulesTest {

    private static final DataTableSpec SPEC = new DataTableSpec(
            new String[] {"a", "b", "c"}, new DataType[] {StringCell.TYPE, IntCell.TYPE, DoubleCell.TYPE});

    @TempDir
    Path dir;

    private static BufferedDataTable table() {
        List<DataRow> rows = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            rows.add(new DefaultRow("key " + i, new StringCell("t" + i), new IntCell(i), new DoubleCell(i / 2.0)));
        }
        return Tables.of(SPEC, rows);
    }

    /** What a node may do with a table. */
    private interface Work {
        BufferedDataTable on(BufferedDataTable table, ExecutionContext exec) throws CanceledExecutionException;
    }

    private BufferedDataTable run(Work work) throws Exception {
        NodeHost host = Samples.host(Samples.node(
                p -> p.addInputTable("In", "in").addOutputTable("Out", "out"),
                (in, out) -> {},
                (in, out) -> out.setOutData(0, work.on(in.getInTable(0), in.getExecutionContext()))));
        PortObject[] results = host.execute(new PortObject[] {table()}, HostContext.quiet(dir, dir.resolve("s")));
        return (BufferedDataTable) results[0];
    }

    private BufferedDataTable rearranged(UnaryOperator<ColumnRearranger> change) throws Exception {
        return run((table, exec) -> exec.createColumnRearrangeTable(
                table, change.apply(new ColumnRearranger(table.getDataTableSpec())), exec.createSubProgress(1)));
    }

    private static List<String> lines(BufferedDataTable table) {
        List<String> lines = new ArrayList<>();
        lines.add(String.join(",", table.getDataTableSpec().getColumnNames()));
        table.forEach(row -> lines.add(row.toString()));
        return lines;
    }

    private static SingleCellFactory twice(String name) {
        return new SingleCellFactory(new DataColumnSpecCreator(name, DoubleCell.TYPE).createSpec()) {
            @Override
            public DataCell getCell(DataRow row) {
                return new DoubleCell(2 * ((DoubleValue) row.getCell(2)).getDoubleValue());
            }
        };
    }

    @Test
    void columnsAreAppended() throws Exception {
        BufferedDataTable all = rearranged(columns -> {
            columns.append(twice("twice"));
            return columns;
        });
        assertEquals(
                List.of(
                        "a,b,c,twice",
                        "key 0: [t0, 0, 0.0, 0.0]",
                        "key 1: [t1, 1, 0.5, 1.0]",
                        "key 2: [t2, 2, 1.0, 2.0]"),
                lines(all));
    }

    @Test
    void columnsAreReplacedRemovedAndMoved() throws Exception {
        BufferedDataTable all = rearranged(columns -> {
            columns.replace(twice("c"), "c");
            columns.remove("b");
            columns.move("c", 0);
            return columns;
        });
        assertEquals(List.of("c,a", "key 0: [0.0, t0]", "key 1: [1.0, t1]", "key 2: [2.0, t2]"), lines(all));
        assertEquals(
                "b",
                lines(rearranged(columns -> {
                            columns.keepOnly("b");
                            return columns;
                        }))
                        .get(0));
        assertEquals(
                "c,a,b",
                lines(rearranged(columns -> {
                            columns.permute(new String[] {"c"});
                            return columns;
                        }))
                        .get(0));
    }

    @Test
    void aNameThatIsTakenIsRefused() {
        ColumnRearranger columns = new ColumnRearranger(SPEC);
        columns.append(twice("a"));
        assertThrows(IllegalArgumentException.class, columns::createSpec);
        assertThrows(IllegalArgumentException.class, () -> columns.remove("none"));
    }

    @Test
    void aTableGetsOtherNames() throws Exception {
        DataTableSpec other = new DataTableSpec(
                new String[] {"x", "y", "z"}, new DataType[] {StringCell.TYPE, IntCell.TYPE, DoubleCell.TYPE});
        assertEquals(
                "x,y,z",
                lines(run((table, exec) -> exec.createSpecReplacerTable(table, other)))
                        .get(0));
        BufferedDataTable joined =
                run((table, exec) -> exec.createJoinedTable(table, exec.createSpecReplacerTable(table, other), exec));
        assertEquals("key 1: [t1, 1, 0.5, t1, 1, 0.5]", lines(joined).get(2));
    }

    @Test
    void someCellsOfSomeRowsAreRead() throws Exception {
        try (CloseableRowIterator rows =
                table().filter(TableFilter.materializeCols(2)).iterator()) {
            DataRow row = rows.next();
            assertEquals(new DoubleCell(0), row.getCell(2));
            assertThrows(IllegalStateException.class, () -> row.getCell(0));
        }
        try (CloseableRowIterator rows =
                table().filter(TableFilter.filterRangeOfRows(1, 1)).iterator()) {
            assertEquals("key 1", rows.next().getKey().getString());
            assertFalse(rows.hasNext());
        }
        assertThrows(IndexOutOfBoundsException.class, () -> table().filter(TableFilter.materializeCols(3)));
    }

    @Test
    void propertiesStayWithTheirColumn() {
        DataColumnSpecCreator creator = new DataColumnSpecCreator("x", IntCell.TYPE);
        creator.setProperties(new DataColumnProperties(Map.of("k", "v")));
        DataColumnSpec column = new DataColumnSpecCreator(creator.createSpec()).createSpec();
        assertEquals("v", column.getProperties().getProperty("k"));
        assertNull(column.getProperties().getProperty("other"));
        assertEquals("none", column.getProperties().getProperty("other", "none"));
        assertEquals(
                2, column.getProperties().cloneAndOverwrite(Map.of("l", "w")).size());
        DataColumnSpec plain = new DataColumnSpecCreator("x", IntCell.TYPE).createSpec();
        assertTrue(plain.equalStructure(column));
        assertNotEquals(plain, column);
        ColumnRearranger kept = new ColumnRearranger(new DataTableSpec(column));
        kept.append(twice("twice"));
        assertEquals(column, kept.createSpec().getColumnSpec(0));
    }

    private static ListCell doubles(double... values) {
        return CollectionCellFactory.createListCell(
                Arrays.stream(values).mapToObj(DoubleCell::new).toList());
    }

    @Test
    void listsGiveBackWhatTheyGot() {
        double[] odd = {0.1, -0.0, Double.NaN, Double.POSITIVE_INFINITY, Double.MIN_VALUE, 1e300};
        ListCell list = doubles(odd);
        for (int i = 0; i < odd.length; i++) {
            assertEquals(new DoubleCell(odd[i]), list.get(i));
        }
        assertEquals(list, doubles(odd));
        assertEquals(list.hashCode(), doubles(odd).hashCode());
        assertNotEquals(doubles(0.5, 1), doubles(0.5, -1));
        assertNotEquals(doubles(0.5), doubles(0.5000000000000001));
        assertEquals(new DoubleCell(0.5), doubles(0.5).get(0));
        assertEquals("[0.5, 2.0]", doubles(0.5, 2).toString());
        ListCell texts = CollectionCellFactory.createListCell(List.of(new StringCell("x"), new MissingCell(null)));
        assertEquals(
                List.of(new StringCell("x"), new MissingCell(null)),
                texts.stream().toList());
    }

    @Test
    void typesOfListsKnowTheirElements() throws Exception {
        DataType type = ListCell.getCollectionType(DoubleCell.TYPE);
        assertTrue(type.isCollectionType() && type.isCompatible(ListDataValue.class));
        assertTrue(type.isCompatible(CollectionDataValue.class));
        assertEquals(DoubleCell.TYPE, type.getCollectionElementType());
        assertEquals(type, doubles(1, 2).getType());
        assertTrue(type.isASuperTypeOf(
                CollectionCellFactory.createListCell(List.of()).getType()));
        assertFalse(type.isASuperTypeOf(ListCell.getCollectionType(StringCell.TYPE)));
        assertFalse(type.isASuperTypeOf(DoubleCell.TYPE));
        assertFalse(DoubleCell.TYPE.isCollectionType());
        assertNull(DoubleCell.TYPE.getCollectionElementType());
        NodeSettings settings = new NodeSettings("type");
        type.save(settings);
        assertEquals(type, DataType.load(settings));
        DataTableSpec lists = new DataTableSpec(new String[] {"l"}, new DataType[] {type});
        DataRow texts = new DefaultRow("r", CollectionCellFactory.createListCell(List.of(new StringCell("x"))));
        assertThrows(IllegalArgumentException.class, () -> Tables.of(lists, List.of(texts)));
    }

    @Test
    void vectorsAreCollectionsButNoLists() {
        DataCell vector = DoubleVectorCellFactory.createCell(new double[] {1, 2});
        assertEquals(2, assertInstanceOf(DoubleVectorValue.class, vector).getValue(1));
        assertEquals(2, assertInstanceOf(CollectionDataValue.class, vector).size());
        assertFalse(DoubleVectorCellFactory.TYPE.isCompatible(ListDataValue.class));
        assertEquals(DoubleVectorCellFactory.TYPE, vector.getType());
    }

    /** Vectors of an encoder for 10,000 rows take little more room than their floats. */
    @Test
    void listsOfDoublesTakeTheRoomOfFloats() {
        double[] values =
                IntStream.range(0, 384).mapToDouble(i -> (float) Math.sin(i)).toArray();
        Runtime runtime = Runtime.getRuntime();
        System.gc();
        long before = runtime.totalMemory() - runtime.freeMemory();
        List<DataCell> cells = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            cells.add(doubles(values));
        }
        System.gc();
        long used = runtime.totalMemory() - runtime.freeMemory() - before;
        assertEquals(10_000, cells.size());
        assertTrue(used < 10_000L * (384 * 4 + 200), used + " bytes");
    }

    /** An optional input that is open gives no spec and no object. */
    @Test
    void anOptionalInputMayBeOpen() throws Exception {
        NodeHost host = Samples.host(Samples.node(
                p -> p.addInputTable("In", "in")
                        .addInputPort("More", "more", BufferedDataTable.TYPE_OPTIONAL)
                        .addOutputTable("Out", "out"),
                (in, out) -> out.setOutSpec(0, in.getInPortSpec(1) == null ? in.getInTableSpec(0) : null),
                (in, out) -> out.setOutData(0, in.getInPortObject(1) == null ? in.getInTable(0) : null)));
        assertEquals(SPEC, host.configure(new PortObjectSpec[] {SPEC, null})[0]);
        PortObject[] results = host.execute(new PortObject[] {table(), null}, HostContext.quiet(dir, dir.resolve("s")));
        assertEquals(3, ((BufferedDataTable) results[0]).size());
    }
}
