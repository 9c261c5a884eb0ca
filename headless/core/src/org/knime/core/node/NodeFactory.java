package org.knime.core.node;

import java.io.IOException;
import java.net.URL;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/**
 * Makes the parts of a node. Only factories with a description of their own work here: those that are declared with
 * {@code org.knime.node.DefaultNode}.
 *
 * @param <T> class of the model
 */
public abstract class NodeFactory<T extends NodeModel> {

    /** Kinds of nodes; they decide the colour. */
    public enum NodeType {
        Source,
        Sink,
        Learner,
        Predictor,
        Manipulator,
        Visualizer,
        Widget,
        Configuration,
        Meta,
        Subnode,
        VirtualIn,
        VirtualOut,
        LoopStart,
        LoopEnd,
        ScopeStart,
        ScopeEnd,
        Container,
        Other,
        Missing,
        Unknown
    }

    private NodeDescription description;

    protected NodeFactory() {}

    protected NodeFactory(boolean lazy) {}

    public abstract T createNodeModel();

    protected NodeDescription createNodeDescription() throws IOException, SAXException {
        throw new IOException(getClass().getName() + " has no description that is understood here.");
    }

    /** Makes and checks the description, once. */
    public synchronized void init() {
        if (description == null) {
            try {
                description = createNodeDescription();
            } catch (IOException | SAXException e) {
                throw new IllegalStateException(
                        "The description of " + getClass().getName() + " is unusable: " + e.getMessage(), e);
            }
        }
    }

    private NodeDescription description() {
        init();
        return description;
    }

    public final String getFactoryId() {
        return getClass().getName();
    }

    public final String getNodeName() {
        return description().getNodeName();
    }

    public NodeType getType() {
        return description().getType();
    }

    public URL getIcon() {
        return getClass().getResource(description().getIconPath());
    }

    public String getInportName(int index) {
        return description().getInportName(index);
    }

    public final String getInportDescription(int index) {
        return description().getInportDescription(index);
    }

    public String getOutportName(int index) {
        return description().getOutportName(index);
    }

    public final String getOutportDescription(int index) {
        return description().getOutportDescription(index);
    }

    public final String[] getKeywords() {
        return description().getKeywords();
    }

    public Element getXMLDescription() {
        return description().getXMLDescription();
    }
}
