package org.selfdiff.nodes.slides.stain;

import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;

/** Declares the Stain Normalizer. */
public final class StainNormalizerNodeFactory extends DefaultNodeFactory {
    private static final DefaultNode NODE = DefaultNode.create()
            .name("Stain Normalizer")
            .icon("icon.png")
            .shortDescription("Brings the stains of all slides to one look, by Macenko, Vahadane or Reinhard.")
            .fullDescription(
                    """
                    <p>Laboratories and scanners differ in colour more than tissues do. This node finds the look of every slide from
                    some of its tiles and notes with each tile how it is brought to one common look. Pixels are changed when they
                    are read, by whatever node reads them, so that the table stays small and nothing is stored twice.</p>
                    <p><b>Macenko</b> et al. 2009 find hematoxylin and eosin as the extreme directions of the tissue's optical
                    densities; <b>Vahadane</b> et al. 2016 by sparse non-negative factorisation, slower and steadier on slides with
                    little of one stain; <b>Reinhard</b> et al. 2001 match mean and spread of the colours, for other stains.</p>
                    <p>A model that is trained on normalised tiles keeps the common look in its card: the Segmentation Predictor
                    brings other slides to it by itself. Random changes of stain in training follow the common look's own stains.</p>
                    <p>A slide whose look cannot be found, because it has too little tissue or one stain only, is reported, and its
                    tiles stay as they are. One that cannot be read is left out, or the node fails, as you choose.</p>
                    """)
            .sinceVersion(1, 0, 0)
            .ports(p -> p.addInputTable("Tiles", "Tiles of a Tiler.")
                    .addOutputTable(
                            "Normalised tiles", "The same rows with their change of stain in the column <i>Stain</i>.")
                    .addOutputTable("Slides", "One row per slide: its look, and one of its tiles before and after."))
            .model(m -> m.parametersClass(StainNormalizerParameters.class)
                    .configure(StainNormalizerNode::configure)
                    .execute(StainNormalizerNode::execute))
            .nodeType(NodeType.Manipulator)
            .keywords(
                    "stain",
                    "normalization",
                    "Macenko",
                    "Vahadane",
                    "Reinhard",
                    "colour",
                    "H&E",
                    "hematoxylin",
                    "eosin");

    /** For KNIME. */
    public StainNormalizerNodeFactory() {
        super(NODE);
    }
}
