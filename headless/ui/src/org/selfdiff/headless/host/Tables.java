package org.selfdiff.headless.host;

import java.io.IOException;
import java.io.Writer;
import org.knime.core.node.BufferedDataTable;

/** Text form of tables. */
public final class Tables {

    private Tables() {}

    /** RFC 4180 text with a header line and without row keys; missing cells are empty, pictures are named by size. */
    public static void toCsv(BufferedDataTable table, Writer out) throws IOException {
        throw new UnsupportedOperationException();
    }
}
