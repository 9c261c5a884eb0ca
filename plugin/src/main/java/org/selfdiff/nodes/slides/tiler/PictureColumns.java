package org.selfdiff.nodes.slides.tiler;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.image.ImageValue;
import org.knime.core.node.BufferedDataTable;
import org.selfdiff.nodes.common.AddedColumns;
import org.selfdiff.nodes.common.PictureTable;
import org.selfdiff.nodes.common.TileTable;
import org.selfdiff.run.RunFailed;

/**
 * What the user's table says of the pictures, such as a patient or a diagnosis, for the tiles of each picture. Pictures in
 * it are not repeated with every tile. A column that has the name of one of the tiles' own gets {@code (picture)} behind it.
 */
final class PictureColumns {
    private final List<Integer> indices = new ArrayList<>();

    private final AddedColumns columns;

    /**
     * Chooses the columns.
     *
     * @param pictures the columns of the table of pictures
     */
    PictureColumns(final DataTableSpec pictures) {
        final DataTableSpec tiles = TileTable.spec();
        columns = AddedColumns.to(tiles);
        for (int i = 0; i < pictures.getNumColumns(); i++) {
            final DataColumnSpec column = pictures.getColumnSpec(i);
            final boolean taken = tiles.containsName(column.getName());
            final boolean read =
                    List.of(TileTable.IMAGE, TileTable.MASK, TileTable.GROUP).contains(column.getName());
            if (!read
                    && !(taken && PictureTable.hasTiles(pictures))
                    && !column.getType().isCompatible(ImageValue.class)) {
                final DataColumnSpecCreator added = new DataColumnSpecCreator(column);
                added.setName(taken ? PictureTable.ofPicture(column.getName()) : column.getName());
                columns.add(added.createSpec());
                indices.add(i);
            }
        }
    }

    /** The tiles' columns with those of the pictures. */
    AddedColumns columns() {
        return columns;
    }

    /** Reads the cells of each picture; the first row of a picture counts. */
    Map<Path, List<DataCell>> read(final BufferedDataTable pictures) throws RunFailed {
        final Map<Path, List<DataCell>> cells = new HashMap<>();
        for (final DataRow row : pictures) {
            cells.putIfAbsent(
                    PictureTable.image(row, pictures.getDataTableSpec()),
                    indices.stream().map(row::getCell).toList());
        }
        return cells;
    }

    /** The cells of a picture that the table does not have. */
    List<DataCell> nothing() {
        return Collections.nCopies(indices.size(), DataType.getMissingCell());
    }
}
