package org.knime.node;

import java.io.IOException;
import java.net.URL;
import java.util.List;
import org.knime.core.node.ConfigurableNodeFactory;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeDescription;
import org.knime.core.node.NodeModel;
import org.knime.core.node.NodeSettingsRO;
import org.knime.core.node.port.PortType;
import org.selfdiff.headless.host.DeclaredNodes;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/** Makes nodes from a declaration, which is checked at once. */
public abstract class DefaultNodeFactory extends ConfigurableNodeFactory<NodeModel> {

    static {
        DeclaredNodes.register(new HostAccess());
    }

    private final DefaultNode node;

    protected DefaultNodeFactory(DefaultNode node) {
        super(true);
        this.node = node;
        super.init();
        if (getClass().getResource(node.icon) == null) {
            throw new IllegalStateException(
                    "The icon \"" + node.icon + "\" is not beside " + getClass().getName() + ".");
        }
    }

    @Override
    protected final NodeDescription createNodeDescription() throws SAXException, IOException {
        return DeclaredDescription.of(node);
    }

    @Override
    public final NodeModel createNodeModel() {
        try {
            return create(node.ports.instantiate(null));
        } catch (InvalidSettingsException e) {
            throw new IllegalStateException(e);
        }
    }

    private NodeModel create(PortGroups.Ports ports) {
        return new DeclaredNodeModel(
                (DeclaredModel) node.model,
                ports.inputs().toArray(PortType[]::new),
                ports.outputs().toArray(PortType[]::new));
    }

    @Override
    public final synchronized void init() {
        super.init();
    }

    @Override
    public final NodeType getType() {
        return super.getType();
    }

    @Override
    public final URL getIcon() {
        return super.getIcon();
    }

    @Override
    public final String getInportName(int index) {
        return super.getInportName(index);
    }

    @Override
    public final String getOutportName(int index) {
        return super.getOutportName(index);
    }

    @Override
    public final Element getXMLDescription() {
        return super.getXMLDescription();
    }

    public boolean hasNodeDialog() {
        return ((DeclaredModel) node.model).parameters != null;
    }

    public final boolean hasNodeView() {
        return node.view != null;
    }

    /** This package's door. */
    private static final class HostAccess implements DeclaredNodes.Access {

        @Override
        public DeclaredNodes.Instance create(DefaultNodeFactory factory, NodeSettingsRO config)
                throws InvalidSettingsException {
            PortGroups.Ports ports = factory.node.ports.instantiate(config);
            return new DeclaredNodes.Instance(
                    factory.create(ports), names(ports.inputNames()), names(ports.outputNames()));
        }

        private static String[] names(List<String> names) {
            return names.toArray(String[]::new);
        }
    }
}
