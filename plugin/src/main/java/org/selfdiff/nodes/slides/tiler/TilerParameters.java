package org.selfdiff.nodes.slides.tiler;

import java.util.Optional;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.port.PortObject;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.layout.After;
import org.knime.node.parameters.layout.Layout;
import org.knime.node.parameters.layout.Section;
import org.knime.node.parameters.persistence.Persist;
import org.selfdiff.data.LabelFile;
import org.selfdiff.imaging.DecodeLimits;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.slides.CutTiles;

/** Settings of the Tiler, one group a section of its dialog. */
final class TilerParameters implements NodeParameters {

    @Section(title = "Slides and pictures")
    interface Pictures {}

    @Section(title = "Resolution")
    @After(Pictures.class)
    interface AtResolution {}

    @Section(title = "Tiles")
    @After(AtResolution.class)
    interface Tiles {}

    @Section(title = "Tissue", description = "Glass, pen marks, dust and edges are dropped.")
    @After(Tiles.class)
    interface OfTissue {}

    @Section(
            title = "Annotations",
            description = "Regions drawn in QuPath (GeoJSON), ASAP, ImageScope, or as COCO or MoNuSeg files.")
    @After(OfTissue.class)
    interface OfAnnotations {}

    @Section(title = "Groups", description = "What may not be on both sides of a split: pictures, slides or patients.")
    @After(OfAnnotations.class)
    interface Groups {}

    @Section(title = "Many slides")
    @After(Groups.class)
    interface Many {}

    @Layout(Pictures.class)
    @Persist(configKey = "pictures")
    PictureParameters pictures = new PictureParameters();

    @Layout(AtResolution.class)
    @Persist(configKey = "resolution")
    ResolutionParameters resolution = new ResolutionParameters();

    @Layout(Tiles.class)
    @Persist(configKey = "grid")
    GridParameters grid = new GridParameters();

    @Layout(Tiles.class)
    @Persist(configKey = "sharpness")
    SharpnessParameters sharpness = new SharpnessParameters();

    @Layout(OfTissue.class)
    @Persist(configKey = "tissue")
    TissueParameters tissue = new TissueParameters();

    @Layout(OfAnnotations.class)
    @Persist(configKey = "annotations")
    AnnotationParameters annotations = new AnnotationParameters();

    @Layout(Groups.class)
    @Persist(configKey = "groups")
    GroupParameters groups = new GroupParameters();

    @Layout(Many.class)
    @Persist(configKey = "many_slides")
    ManySlidesParameters manySlides = new ManySlidesParameters();

    /**
     * What the settings ask for.
     *
     * @param ports the node's inputs
     * @param labels of the pictures, if a file says them
     */
    CutTiles.Request request(final PortObject[] ports, final Optional<LabelFile> labels) throws RunFailed {
        return new CutTiles.Request(
                pictures.files(ports, labels),
                grid.reading(resolution.reading()),
                grid.grid(),
                tissue.rule(),
                annotations.rule(),
                sharpness.least(),
                groups.grouping(),
                pictures.masksRequired,
                CutTiles.OnFailure.valueOf(pictures.onFailure.name()),
                manySlides.overviews,
                manySlides.journal(),
                manySlides.threads,
                DecodeLimits.standard());
    }

    @Override
    public void validate() throws InvalidSettingsException {
        pictures.validate();
        resolution.validate();
        grid.validate();
        sharpness.validate();
        tissue.validate();
        annotations.validate();
        groups.validate();
        manySlides.validate();
    }
}
