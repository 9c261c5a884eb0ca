package org.selfdiff.nodes.slides.tiler;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
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
import org.selfdiff.imaging.tissue.TissueMethod;
import org.selfdiff.imaging.tissue.TissueSettings;
import org.selfdiff.nodes.common.Checks;
import org.selfdiff.nodes.common.UserPath;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.slides.CutTiles;

/** What counts as tissue, and how much of it a tile needs. */
final class TissueParameters implements NodeParameters {

    /** Where tissue is looked for. */
    enum FindTissue {
        @Label(
                value = "On slides",
                description = "On files with several levels or a known resolution; plain pictures are kept whole.")
        SLIDES,
        @Label(value = "On all pictures", description = "Also on plain pictures.")
        EVERYWHERE,
        @Label(value = "Nowhere", description = "All tiles are kept.")
        NOWHERE
    }

    /** What tells tissue from glass. */
    enum Method {
        @Label(
                value = "Colour or stain",
                description = "Either clue is enough: for hematoxylin and eosin, pale tissue and immunohistochemistry.")
        COMBINED,
        @Label(value = "Colour", description = "Otsu's threshold on saturation.")
        SATURATION,
        @Label(value = "Stain", description = "Otsu's threshold on the density of hematoxylin, eosin and DAB.")
        DENSITY
    }

    interface FindTissueReference extends ParameterReference<FindTissue> {}

    static final class TissueWanted implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(FindTissueReference.class).isOneOf(FindTissue.SLIDES, FindTissue.EVERYWHERE);
        }
    }

    @Widget(title = "Find tissue", description = "Where tissue is told from glass, once for each slide.")
    @ValueSwitchWidget
    @ValueReference(FindTissueReference.class)
    @Persist(configKey = "find_tissue")
    FindTissue findTissue = FindTissue.SLIDES;

    @Widget(
            title = "Minimum tissue",
            description =
                    "Tiles with a smaller share of tissue are dropped, 0 to 1; with 0 all are kept and the share is in "
                            + "the table.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Effect(predicate = TissueWanted.class, type = Effect.EffectType.SHOW)
    @Persist(configKey = "min_tissue")
    double minTissue = 0.5;

    @Advanced
    @Widget(title = "Tissue by", description = "What tells tissue from glass. One threshold is found for each slide.")
    @ValueSwitchWidget
    @Effect(predicate = TissueWanted.class, type = Effect.EffectType.SHOW)
    @Persist(configKey = "tissue_method")
    Method tissueMethod = Method.COMBINED;

    @Advanced
    @Widget(
            title = "Close gaps up to",
            description = "Radius in micrometres; gaps in tissue of twice this width are closed. 0 closes none.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Effect(predicate = TissueWanted.class, type = Effect.EffectType.SHOW)
    @Persist(configKey = "closing_um")
    double closingUm = TissueSettings.standard().closingUm();

    @Advanced
    @Widget(
            title = "Remove what is thinner than",
            description = "Radius in micrometres of the disk that must fit into tissue; 0 removes nothing.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Effect(predicate = TissueWanted.class, type = Effect.EffectType.SHOW)
    @Persist(configKey = "opening_um")
    double openingUm = TissueSettings.standard().openingUm();

    @Advanced
    @Widget(title = "Smallest piece of tissue", description = "In square micrometres; what is smaller is a speck.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Effect(predicate = TissueWanted.class, type = Effect.EffectType.SHOW)
    @Persist(configKey = "min_area_um2")
    double minAreaUm2 = TissueSettings.standard().minAreaUm2();

    @Advanced
    @Widget(title = "Largest hole that is filled", description = "In square micrometres; larger holes are glass.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Effect(predicate = TissueWanted.class, type = Effect.EffectType.SHOW)
    @Persist(configKey = "max_hole_um2")
    double maxHoleUm2 = TissueSettings.standard().maxHoleUm2();

    @Advanced
    @Widget(
            title = "Drop pen marks",
            description =
                    "Whether ink of pens is told from tissue. A stroke on the glass is followed over tissue; a mark "
                            + "that lies wholly on tissue is told from it only if it is green or black.")
    @Effect(predicate = TissueWanted.class, type = Effect.EffectType.SHOW)
    @Persist(configKey = "find_pens")
    boolean findPens = TissueSettings.standard().findPens();

    @Advanced
    @Widget(title = "Drop glass edges", description = "Whether edges of glass and scanner are told from tissue.")
    @Effect(predicate = TissueWanted.class, type = Effect.EffectType.SHOW)
    @Persist(configKey = "find_edges")
    boolean findEdges = TissueSettings.standard().findEdges();

    @Advanced
    @Widget(
            title = "Tissue mask folder",
            description =
                    "Folder with masks of tissue, named as the slides are, of any size; not 0 where there is tissue. "
                            + "They replace the search. Empty to look for tissue.")
    @Effect(predicate = TissueWanted.class, type = Effect.EffectType.SHOW)
    @Persist(configKey = "tissue_mask_folder")
    String tissueMaskFolder = "";

    /** Which tiles have tissue enough. */
    CutTiles.TissueRule rule() throws RunFailed {
        return new CutTiles.TissueRule(
                CutTiles.TissueRule.Where.valueOf(findTissue.name()),
                minTissue,
                new TissueSettings(
                        TissueMethod.valueOf(tissueMethod.name()),
                        closingUm,
                        openingUm,
                        minAreaUm2,
                        maxHoleUm2,
                        findPens,
                        findEdges),
                UserPath.ifGiven(tissueMaskFolder, "Tissue mask folder"));
    }

    @Override
    public void validate() throws InvalidSettingsException {
        Checks.range("Minimum tissue", minTissue, 0, 1);
        Checks.range("Close gaps up to", closingUm, 0, 10_000);
        Checks.range("Remove what is thinner than", openingUm, 0, 10_000);
        Checks.range("Smallest piece of tissue", minAreaUm2, 0, 1e12);
        Checks.range("Largest hole that is filled", maxHoleUm2, 0, 1e12);
    }
}
