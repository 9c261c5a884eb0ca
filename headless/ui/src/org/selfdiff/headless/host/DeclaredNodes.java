package org.selfdiff.headless.host;

import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeModel;
import org.knime.core.node.NodeSettingsRO;
import org.knime.node.DefaultNodeFactory;

/** Where declared nodes leave their door. */
public final class DeclaredNodes {

    private static volatile Access access;

    private DeclaredNodes() {}

    /** A node with the names of its ports. */
    public record Instance(NodeModel model, String[] inPortNames, String[] outPortNames) {}

    /** Makes nodes with the ports that the user chose. */
    public interface Access {
        Instance create(DefaultNodeFactory factory, NodeSettingsRO config) throws InvalidSettingsException;
    }

    /** Called by the factories' class, once. */
    public static void register(Access door) {
        access = door;
    }

    static Instance create(DefaultNodeFactory factory, NodeSettingsRO config) throws InvalidSettingsException {
        return access.create(factory, config);
    }
}
