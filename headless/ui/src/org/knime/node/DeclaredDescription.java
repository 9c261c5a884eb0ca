package org.knime.node;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.knime.core.node.NodeDescription;
import org.knime.core.node.NodeFactory.NodeType;
import org.selfdiff.headless.parameters.ParameterRules;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/** The description that follows from a declaration. */
final class DeclaredDescription extends NodeDescription {

    private final DefaultNode node;
    private final Element xml;
    private final List<PortGroup.Caption> inputs = new ArrayList<>();
    private final List<PortGroup.Caption> outputs = new ArrayList<>();

    private DeclaredDescription(DefaultNode node, Element xml) {
        this.node = node;
        this.xml = xml;
        for (PortGroup group : node.ports.groups) {
            Optional.ofNullable(group.input).ifPresent(inputs::add);
            Optional.ofNullable(group.output).ifPresent(outputs::add);
        }
    }

    /** Checks all texts and parameters of the declaration. */
    static DeclaredDescription of(DefaultNode node) throws SAXException, IOException {
        DescriptionDocument document = new DescriptionDocument();
        document.text("name", node.name);
        document.xhtml("shortDescription", node.shortDescription);
        document.xhtml("intro", node.fullDescription);
        Class<?> parameters = ((DeclaredModel) node.model).parameters;
        if (parameters != null) {
            for (ParameterRules.Entry entry : ParameterRules.check(parameters)) {
                document.xhtml("option", entry.description()).setAttribute("name", entry.title());
            }
        }
        for (String[] link : node.links) {
            document.xhtml("link", link[1]).setAttribute("href", link[0]);
        }
        for (PortGroup group : node.ports.groups) {
            if (group.input != null) {
                document.xhtml(group.isDynamic() ? "dynInPort" : "inPort", group.input.description())
                        .setAttribute("name", group.input.name());
            }
            if (group.output != null) {
                document.xhtml(group.isDynamic() ? "dynOutPort" : "outPort", group.output.description())
                        .setAttribute("name", group.output.name());
            }
        }
        if (node.view != null) {
            document.xhtml("view", node.view.description);
        }
        return new DeclaredDescription(node, document.root());
    }

    @Override
    public String getNodeName() {
        return node.name;
    }

    @Override
    public NodeType getType() {
        if (node.type != null) {
            return node.type;
        }
        if (inputs.isEmpty()) {
            return NodeType.Source;
        }
        return outputs.isEmpty() ? NodeType.Sink : NodeType.Manipulator;
    }

    @Override
    public String getIconPath() {
        return node.icon;
    }

    @Override
    public String getInportName(int index) {
        return inputs.get(index).name();
    }

    @Override
    public String getInportDescription(int index) {
        return inputs.get(index).description();
    }

    @Override
    public String getOutportName(int index) {
        return outputs.get(index).name();
    }

    @Override
    public String getOutportDescription(int index) {
        return outputs.get(index).description();
    }

    @Override
    public int getViewCount() {
        return node.view == null ? 0 : 1;
    }

    @Override
    public String getViewName(int index) {
        return node.name;
    }

    @Override
    public String getViewDescription(int index) {
        return node.view.description;
    }

    @Override
    public String getInteractiveViewName() {
        return null;
    }

    @Override
    public Element getXMLDescription() {
        return xml;
    }

    @Override
    public Optional<String> getShortDescription() {
        return Optional.of(node.shortDescription);
    }

    @Override
    public Optional<String> getIntro() {
        return Optional.of(node.fullDescription);
    }

    @Override
    public String[] getKeywords() {
        return node.keywords.toArray(String[]::new);
    }
}
