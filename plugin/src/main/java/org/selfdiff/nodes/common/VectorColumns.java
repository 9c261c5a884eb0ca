package org.selfdiff.nodes.common;

import org.knime.core.data.DataColumnSpec;
import org.knime.node.parameters.widget.choices.util.FilteredInputTableColumnsProvider;

/** The columns of the first input that hold vectors, for a dialog to choose from. */
public class VectorColumns implements FilteredInputTableColumnsProvider {

    @Override
    public boolean isIncluded(final DataColumnSpec column) {
        return EmbeddingColumn.holds(column);
    }

    /** Those of the second input. */
    public static final class OfSecondInput extends VectorColumns {

        @Override
        public int getInputTableIndex() {
            return 1;
        }
    }

    /** Those of the third input. */
    public static final class OfThirdInput extends VectorColumns {

        @Override
        public int getInputTableIndex() {
            return 2;
        }
    }
}
