package org.selfdiff.nodes.diffusion.scorer;

import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;

/** Declares the Distribution Scorer. */
public final class DistributionScorerNodeFactory extends DefaultNodeFactory {
    private static final DefaultNode NODE = DefaultNode.create()
            .name("Distribution Scorer")
            .icon("icon.png")
            .shortDescription("FID, KID, precision, recall, coverage, and whether synthetic pictures are copies.")
            .fullDescription(
                    """
                    <p>Compares synthetic with real pictures by their embeddings: Frechet distance (called FID only where the
                    encoder is the Inception network of pytorch-fid), the same drawn out to infinitely many pictures, kernel
                    distance (KID), precision, recall, density and coverage, and the Vendi score of diversity. Scores of
                    different encoders must not be compared, so that each stands beside its encoder and numbers of
                    pictures.</p>
                    <p><i>Memorisation</i>: how far each synthetic picture is from its nearest real one. Connect the pictures that
                    the generator was trained on as real ones, and others that it never saw as held-out ones: where synthetic
                    pictures are nearer than held-out ones, they are copies. The nearest pairs are put out with all columns of
                    both tables.</p>
                    <p><i>Conditions</i>: where synthetic pictures say what they were made from (column <tt>Sources</tt> of a
                    Condition Sampler), the share of them is scored whose own source is nearer than all other sources. Hold
                    the sources out, and connect them to the third input.</p>
                    <p>Frechet distances of fewer pictures than about 2,000, or than an embedding has numbers, are far too large;
                    a warning says so. Compare only sets of one size then, and look at the kernel distance.</p>
                    """)
            .sinceVersion(1, 0, 0)
            .ports(p -> p.addInputTable(
                            DistributionScorerNode.REAL,
                            "Embeddings of real pictures, for memorisation those that the generator was trained on.")
                    .addInputTable(
                            DistributionScorerNode.SYNTHETIC,
                            "Embeddings of synthetic pictures, made with the same encoder.")
                    .addInputPort(
                            DistributionScorerNode.HELD_OUT,
                            "Embeddings of real pictures that the generator never saw.",
                            BufferedDataTable.TYPE_OPTIONAL)
                    .addOutputTable("Scores", "One row per score, for all pictures and for each class.")
                    .addOutputTable(
                            "Nearest pairs",
                            "Synthetic pictures and the real ones they are nearest to, the nearest first.")
                    .addOutputTable(
                            "Pictures",
                            "Sources, what was made from them and the real pictures nearest to that, side by side; and the"
                                    + " nearest pairs. Only of tables of tiles."))
            .model(m -> m.parametersClass(DistributionScorerParameters.class)
                    .configure(DistributionScorerNode::configure)
                    .execute(DistributionScorerNode::execute))
            .nodeType(NodeType.Other)
            .keywords(
                    "FID",
                    "Frechet",
                    "KID",
                    "MMD",
                    "precision",
                    "recall",
                    "density",
                    "coverage",
                    "Vendi",
                    "memorisation",
                    "copies",
                    "generative",
                    "score");

    /** For KNIME. */
    public DistributionScorerNodeFactory() {
        super(NODE);
    }
}
