package org.selfdiff.nodes.diffusion.conditions;

import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;

/** Declares the Condition Sampler. */
public final class ConditionSamplerNodeFactory extends DefaultNodeFactory {
    private static final DefaultNode NODE = DefaultNode.create()
            .name("Condition Sampler")
            .icon("icon.png")
            .shortDescription("Makes new conditions for a diffusion model from embeddings of pictures.")
            .fullDescription(
                    """
                    <p>A diffusion model that was trained on embeddings draws a picture for an embedding. This node makes the
                    embeddings to draw for, from those of real pictures (DiNO-Diffusion, arXiv 2407.11594, and beyond):</p>
                    <ul>
                    <li><b>Reconstruction</b>: the embedding of a picture itself. The picture that is drawn is a variant of
                    it.</li>
                    <li><b>Interpolation</b>: a point between two pictures, of the same label, near ones, or any.</li>
                    <li><b>Jitter</b>: a picture's embedding with noise.</li>
                    <li><b>Class centroid</b>: the mean of all pictures of a label.</li>
                    <li><b>Density</b>: drawn from a mixture of normal distributions that is fitted to each label. No picture
                    is imitated, and a label may have more or fewer conditions than it has pictures.</li>
                    </ul>
                    <p>Each condition is one row: the vector in a column that is called and marked like that of the input, the
                    rows it was made from with their weights, and a label. Where two sources disagree, the label follows a
                    rule; a missing one means that nobody should believe it.</p>
                    <p>Conditions follow from the seed, the source and its number alone: another number of conditions or
                    threads changes none of them.</p>
                    """)
            .sinceVersion(1, 0, 0)
            .ports(p -> p.addInputTable("Embeddings", "A column of vectors, and labels if there are any.")
                    .addOutputTable(
                            "Conditions", "One row per condition: vector, source rows, weights, label, strategy."))
            .model(m -> m.parametersClass(ConditionSamplerParameters.class)
                    .configure(ConditionSamplerNode::configure)
                    .execute(ConditionSamplerNode::execute))
            .nodeType(NodeType.Manipulator)
            .keywords(
                    "diffusion", "condition", "embedding", "interpolation", "slerp", "mixture", "augmentation", "DINO");

    /** For KNIME. */
    public ConditionSamplerNodeFactory() {
        super(NODE);
    }
}
