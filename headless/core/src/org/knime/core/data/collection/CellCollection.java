package org.knime.core.data.collection;

import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.knime.core.data.DataCell;

/** Something that holds cells. */
public interface CellCollection extends Iterable<DataCell> {

    /** Whether some cells are stored apart; here none are. */
    boolean containsBlobWrapperCells();

    default Stream<DataCell> stream() {
        return StreamSupport.stream(spliterator(), false);
    }
}
