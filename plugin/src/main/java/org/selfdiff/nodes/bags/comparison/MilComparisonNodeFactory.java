package org.selfdiff.nodes.bags.comparison;

import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;

/** Declares the MIL Comparison. */
public final class MilComparisonNodeFactory extends DefaultNodeFactory {
    private static final DefaultNode NODE = DefaultNode.create()
            .name("MIL Comparison")
            .icon("icon.png")
            .shortDescription("Compares methods that classify slides by their tiles, over folds and repetitions.")
            .fullDescription(
                    """
                    <p>Trains every chosen method on the same folds of patients, as the MIL Learner does, and again with other folds
                    and beginnings, and compares what they say of slides that they never saw: area under the ROC curve with
                    interval (DeLong), average precision, balanced accuracy, and the paired DeLong test against the best.</p>
                    <p>The method with the largest area is not the best one by that alone: look at the intervals, and at how far
                    the repetitions lie apart. No model is kept; train the chosen method with a MIL Learner.</p>
                    <p>Connect the predictions to a Classification Scorer with <i>Method</i> as column of parts for all other
                    measures.</p>
                    """)
            .sinceVersion(1, 0, 0)
            .ports(p -> p.addInputTable(
                            "Tiles", "Tiles with embeddings, and with the label of their slide in a column.")
                    .addOutputTable(
                            "Predictions",
                            "One row per method, repetition and slide: what a network that never saw the slide says of it.")
                    .addOutputTable("Methods", "One row per method: scores with intervals, and how long training took.")
                    .addOutputTable("Pictures", "The methods' areas with intervals."))
            .model(m -> m.parametersClass(MilComparisonParameters.class)
                    .configure(MilComparisonNode::configure)
                    .execute(MilComparisonNode::execute))
            .nodeType(NodeType.Learner)
            .keywords("MIL", "multiple instance", "comparison", "benchmark", "cross-validation", "slide", "attention");

    /** For KNIME. */
    public MilComparisonNodeFactory() {
        super(NODE);
    }
}
