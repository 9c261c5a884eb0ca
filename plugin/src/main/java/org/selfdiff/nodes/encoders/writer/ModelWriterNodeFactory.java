package org.selfdiff.nodes.encoders.writer;

import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.selfdiff.ports.ModelPortObject;

/** Declares the Model Writer. */
public final class ModelWriterNodeFactory extends DefaultNodeFactory {
    private static final DefaultNode NODE = DefaultNode.create()
            .name("Model Writer")
            .icon("icon.png")
            .shortDescription("Writes a model of any kind to a file.")
            .fullDescription(
                    """
                    <p>Writes the model on the port to one file: its parameters as safetensors, which other programs can read, and its
                    card with everything that is known about it. The Model Reader reads it. The file appears whole or not at all, and
                    every byte of it is covered by a check sum.</p>
                    <p>A model that was trained in one workflow can so be used in others, and an encoder of others need be recognised
                    only once.</p>
                    """)
            .sinceVersion(1, 0, 0)
            .ports(p -> p.addInputPort("Model", "A model of any kind.", ModelPortObject.TYPE))
            .model(m -> m.parametersClass(ModelWriterParameters.class)
                    .configure(ModelWriterNode::configure)
                    .execute(ModelWriterNode::execute))
            .nodeType(NodeType.Sink)
            .keywords("weights", "checkpoint", "safetensors", "save", "export");

    /** For KNIME. */
    public ModelWriterNodeFactory() {
        super(NODE);
    }
}
