package org.selfdiff.nodes.slides.tiler;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.persistence.Persist;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.selfdiff.imaging.grid.TileGrid;
import org.selfdiff.nodes.common.Checks;

/** Where tiles lie. */
final class GridParameters implements NodeParameters {

    /** What happens to the rest at the border. */
    enum Border {
        @Label(
                value = "Shift",
                description = "The last tile moves inwards until it fits, and overlaps its neighbour more.")
        SHIFT,
        @Label(value = "Drop", description = "What no whole tile fits into is left out.")
        DROP,
        @Label(value = "Reflect", description = "The last tile reaches past the border, where the picture is mirrored.")
        PAD
    }

    @Widget(
            title = "Tile size",
            description = "Side of a tile in pixels at that resolution; a multiple of 8 suits a U-Net of four levels.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "tile_size")
    int tileSize = 256;

    @Widget(
            title = "Overlap",
            description = "How many pixels neighbouring tiles share. More overlap gives more tiles of the same tissue.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Persist(configKey = "overlap")
    int overlap;

    @Widget(title = "Border", description = "What happens at the right and lower border, where no whole tile fits.")
    @ValueSwitchWidget
    @Persist(configKey = "border")
    Border border = Border.SHIFT;

    /** The grid. */
    TileGrid grid() {
        return new TileGrid(tileSize, tileSize - overlap, TileGrid.Border.valueOf(border.name()));
    }

    @Override
    public void validate() throws InvalidSettingsException {
        Checks.range("Tile size", tileSize, 8, 16_384);
        Checks.range("Overlap", overlap, 0, tileSize - 1.0);
    }
}
