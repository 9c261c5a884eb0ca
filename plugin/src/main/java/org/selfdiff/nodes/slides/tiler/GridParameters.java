package org.selfdiff.nodes.slides.tiler;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.Migrate;
import org.knime.node.parameters.persistence.Persist;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.selfdiff.imaging.grid.Resolution;
import org.selfdiff.imaging.grid.TileGrid;
import org.selfdiff.nodes.common.Checks;
import org.selfdiff.stages.slides.CutTiles;

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

    /** Where in a picture. */
    enum Placement {
        @Label(value = "Grid", description = "Side by side over the whole picture or slide.")
        GRID,
        @Label(
                value = "One a picture",
                description =
                        "The largest square in the middle of each picture, scaled down to the tile size whatever the"
                                + " resolution: for radiographs and other pictures that are judged as a whole.")
        CENTRE
    }

    interface PlacementReference extends ParameterReference<Placement> {}

    static final class InGrid implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(PlacementReference.class).isOneOf(Placement.GRID);
        }
    }

    @Widget(title = "Placement", description = "Where in a picture tiles lie.")
    @ValueSwitchWidget
    @ValueReference(PlacementReference.class)
    @Migrate(loadDefaultIfAbsent = true)
    @Persist(configKey = "placement")
    Placement placement = Placement.GRID;

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
    @Effect(predicate = InGrid.class, type = Effect.EffectType.SHOW)
    @Persist(configKey = "overlap")
    int overlap;

    @Widget(title = "Border", description = "What happens at the right and lower border, where no whole tile fits.")
    @ValueSwitchWidget
    @Effect(predicate = InGrid.class, type = Effect.EffectType.SHOW)
    @Persist(configKey = "border")
    Border border = Border.SHIFT;

    /** The grid. */
    TileGrid grid() {
        return placement == Placement.CENTRE
                ? TileGrid.centre(tileSize)
                : new TileGrid(tileSize, tileSize - overlap, TileGrid.Border.valueOf(border.name()));
    }

    /**
     * How slides are read.
     *
     * @param asked by the settings of the resolution, which one tile a picture overrules
     */
    CutTiles.Reading reading(final CutTiles.Reading asked) {
        return placement == Placement.CENTRE
                ? new CutTiles.Reading(Resolution.shorterSide(tileSize), asked.mppOverride(), asked.tolerance())
                : asked;
    }

    @Override
    public void validate() throws InvalidSettingsException {
        Checks.range("Tile size", tileSize, 8, 16_384);
        Checks.range("Overlap", overlap, 0, tileSize - 1.0);
    }
}
