package org.selfdiff.nodes.slides.phantom;

import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;

/** Declares the Histology Phantom. */
public final class HistologyPhantomNodeFactory extends DefaultNodeFactory {
    private static final DefaultNode NODE = DefaultNode.create()
            .name("Histology Phantom")
            .icon("icon.png")
            .shortDescription("Makes synthetic H&amp;E pictures with exact masks.")
            .fullDescription(
                    """
                    <p>Makes pictures in the manner of hematoxylin and eosin, with glands, sheets of cells, connective tissue and
                    infiltrates, and with masks that are exact because they are known, not drawn by hand. Stain, blur and noise
                    vary from picture to picture. Red cells, smudges and tinged fibres look like nuclei and are none, so that no
                    threshold on colour finds the mask.</p>
                    <p>For trying workflows without data, for teaching, and for tests. The pictures resemble tissue and are no
                    model of any disease: a score on them says nothing about real slides.</p>
                    """)
            .sinceVersion(1, 0, 0)
            .ports(p -> p.addOutputTable(
                    "Pictures",
                    "One row per picture: paths of picture and mask, what it shows, and how many "
                            + "nuclei of each kind."))
            .model(m -> m.parametersClass(HistologyPhantomParameters.class)
                    .configure(HistologyPhantomNode::configure)
                    .execute(HistologyPhantomNode::execute))
            .nodeType(NodeType.Source)
            .keywords("synthetic", "phantom", "histology", "H&E", "nuclei", "test data", "example");

    /** For KNIME. */
    public HistologyPhantomNodeFactory() {
        super(NODE);
    }
}
