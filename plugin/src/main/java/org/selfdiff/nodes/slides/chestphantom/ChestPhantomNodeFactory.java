package org.selfdiff.nodes.slides.chestphantom;

import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;

/** Declares the Chest X-ray Phantom. */
public final class ChestPhantomNodeFactory extends DefaultNodeFactory {
    private static final DefaultNode NODE = DefaultNode.create()
            .name("Chest X-ray Phantom")
            .icon("icon.png")
            .shortDescription("Makes synthetic chest radiographs with exact masks of lungs and opacities, and labels.")
            .fullDescription(
                    """
                    <p>Makes grey pictures in the manner of frontal chest radiographs: dark lung fields with vessels, ribs and
                    collar bones, heart, mediastinum, diaphragm, and in some patients an opacity: nodules, a consolidation or an
                    effusion. Masks and labels are exact because they are known, not drawn by hand. Body, position, exposure and
                    noise vary from patient to patient and from picture to picture.</p>
                    <p>For trying workflows without data, for teaching, and for tests. The pictures resemble radiographs and are no
                    model of any disease: a score on them says nothing about real patients.</p>
                    """)
            .sinceVersion(1, 0, 0)
            .ports(p -> p.addOutputTable(
                    "Pictures",
                    "One row per picture: paths of picture and mask, the patient (as group), the finding (none, nodule, "
                            + "consolidation, effusion), and how many pixels are lung and opacity."))
            .model(m -> m.parametersClass(ChestPhantomParameters.class)
                    .configure(ChestPhantomNode::configure)
                    .execute(ChestPhantomNode::execute))
            .nodeType(NodeType.Source)
            .keywords("synthetic", "phantom", "chest", "X-ray", "radiograph", "lung", "test data", "example");

    /** For KNIME. */
    public ChestPhantomNodeFactory() {
        super(NODE);
    }
}
