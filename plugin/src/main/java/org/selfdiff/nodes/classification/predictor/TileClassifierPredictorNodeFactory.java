package org.selfdiff.nodes.classification.predictor;

import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.selfdiff.ports.ModelPortObject;

/** Declares the Tile Classifier Predictor. */
public final class TileClassifierPredictorNodeFactory extends DefaultNodeFactory {
    private static final DefaultNode NODE = DefaultNode.create()
            .name("Tile Classifier Predictor")
            .icon("icon.png")
            .shortDescription("Classifies tiles by their pixels or by their embeddings.")
            .fullDescription(
                    """
                    <p>Adds to each tile the probability of each class and the predicted one, as the model of a Tile Classifier
                    Learner sees it. All rows and columns stay, so that the Classification Scorer compares the predictions with
                    the column of labels right away.</p>
                    <p>A model of pixels takes tiles of the size that it was trained on; a linear probe takes embeddings of the
                    encoder that it was fitted to, and refuses others.</p>
                    """)
            .sinceVersion(1, 0, 0)
            .ports(p -> p.addInputPort("Model", "A tile classifier.", ModelPortObject.TYPE)
                    .addInputTable("Tiles", "Tiles to classify; with embeddings for a linear probe.")
                    .addOutputTable(
                            "Predictions",
                            "The tiles with the columns <i>Prediction</i> and, for each class, <i>P (class)</i>."))
            .model(m -> m.parametersClass(TileClassifierPredictorParameters.class)
                    .configure(TileClassifierPredictorNode::configure)
                    .execute(TileClassifierPredictorNode::execute))
            .nodeType(NodeType.Predictor)
            .keywords("classification", "predict", "CNN", "linear probe", "multi-label", "probability");

    /** For KNIME. */
    public TileClassifierPredictorNodeFactory() {
        super(NODE);
    }
}
