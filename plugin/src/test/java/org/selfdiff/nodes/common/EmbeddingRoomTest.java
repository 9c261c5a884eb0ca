package org.selfdiff.nodes.common;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.node.BufferedDataTable;
import org.selfdiff.data.Embeddings;
import org.selfdiff.data.EncodedBy;
import org.selfdiff.headless.host.Tables;
import org.selfdiff.run.RunControl;

/** A table of embeddings takes little more room than its numbers; {@code -Dselfdiff.rows=100000} measures a large one. */
class EmbeddingRoomTest {
    private static final int ROWS = Integer.getInteger("selfdiff.rows", 2000);

    private static final int WIDTH = 384;

    private static float[] embedding(final int row) {
        final float[] values = new float[WIDTH];
        for (int i = 0; i < WIDTH; i++) {
            values[i] = (float) Math.sin(row + 0.37 * i);
        }
        return values;
    }

    private static long heap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void aTableOfEmbeddingsTakesTheRoomOfItsFloats() throws Exception {
        final DataColumnSpec column = EmbeddingColumn.spec("Embedding", new EncodedBy("e", "f", WIDTH));
        final long before = heap();
        final long start = System.nanoTime();
        final List<DataRow> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            rows.add(new DefaultRow("Tile" + i, EmbeddingColumn.cell(embedding(i))));
        }
        final BufferedDataTable table = Tables.of(new DataTableSpec(column), rows);
        final double made = (System.nanoTime() - start) / 1e9;
        final long room = heap() - before;
        final long again = System.nanoTime();
        final Embeddings read = EmbeddingColumn.read(table, column, RunControl.silent());
        final double taken = (System.nanoTime() - again) / 1e9;
        System.out.printf(
                Locale.ROOT, "%d rows: made in %.1f s, %.0f MB; read in %.1f s%n", ROWS, made, room / 1e6, taken);
        assertEquals(ROWS, read.count());
        assertArrayEquals(embedding(ROWS - 1), read.rows().get(ROWS - 1));
        final long floats = (long) ROWS * WIDTH * Float.BYTES;
        assertTrue(room < 1.4 * floats + 8_000_000, room + " bytes for " + floats + " bytes of floats");
    }
}
