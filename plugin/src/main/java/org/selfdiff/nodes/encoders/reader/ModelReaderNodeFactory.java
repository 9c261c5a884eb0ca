package org.selfdiff.nodes.encoders.reader;

import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.selfdiff.ports.ModelPortObject;

/** Declares the Model Reader. */
public final class ModelReaderNodeFactory extends DefaultNodeFactory {
    private static final DefaultNode NODE = DefaultNode.create()
            .name("Model Reader")
            .icon("icon.png")
            .shortDescription("Reads a model, or weights that others made.")
            .fullDescription(
                    """
                    <p>Reads a model that the Model Writer wrote, of any kind, or a file of weights that others made. Of these the network
                    is recognised from the names and shapes of the tensors, and the second table says in words what was found. Where
                    tensors are missing, superfluous or of the wrong shape, they are named.</p>
                    <p>Known are vision transformers in the naming of their authors, of timm and of Hugging Face: DINO, DINOv2 with and
                    without registers, and the encoders of pathology UNI, UNI2-h, Virchow, Virchow2, H-optimus, H0-mini, Phikon, Phikon-v2,
                    GigaPath's tile encoder and Lunit's DINO; ResNets of torchvision, the Inception of pytorch-fid and DenseNets of
                    TorchXRayVision; and the KL autoencoders of Stable Diffusion in the naming of diffusers, old and new. What stands before the names (<tt>teacher.</tt>, <tt>backbone.</tt>, <tt>module.</tt>) does not matter.</p>
                    <p>Files of PyTorch are read as data: nothing in them is executed, and what is no tensor is refused by name. Nothing is
                    downloaded.</p>
                    """)
            .sinceVersion(1, 0, 0)
            .ports(p -> p.addOutputPort("Model", "The model.", ModelPortObject.TYPE)
                    .addOutputTable("Findings", "What was found in the file, one row for each thing."))
            .model(m -> m.parametersClass(ModelReaderParameters.class)
                    .configure(ModelReaderNode::configure)
                    .execute(ModelReaderNode::execute))
            .nodeType(NodeType.Source)
            .keywords("weights", "checkpoint", "safetensors", "pth", "DINOv2", "UNI", "Virchow2", "H-optimus", "timm");

    /** For KNIME. */
    public ModelReaderNodeFactory() {
        super(NODE);
    }
}
