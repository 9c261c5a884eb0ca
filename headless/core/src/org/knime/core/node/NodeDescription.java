package org.knime.core.node;

import java.util.Optional;
import org.w3c.dom.Element;

/** What a node says about itself. */
public abstract class NodeDescription {

    public abstract String getNodeName();

    public abstract NodeFactory.NodeType getType();

    /** Place of the icon, relative to the factory's package. */
    public abstract String getIconPath();

    public abstract String getInportName(int index);

    public abstract String getInportDescription(int index);

    public abstract String getOutportName(int index);

    public abstract String getOutportDescription(int index);

    public abstract int getViewCount();

    public abstract String getViewName(int index);

    public abstract String getViewDescription(int index);

    public abstract String getInteractiveViewName();

    public abstract Element getXMLDescription();

    public Optional<String> getShortDescription() {
        return Optional.empty();
    }

    public Optional<String> getIntro() {
        return Optional.empty();
    }

    public String[] getKeywords() {
        return new String[0];
    }
}
