package org.selfdiff.headless.host;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.filestore.FileStorePortObject;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeFactory;
import org.knime.core.node.NodeModel;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.NodeSettingsRO;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.PortType;
import org.knime.node.DefaultNodeFactory;
import org.selfdiff.headless.bridge.Bridges;
import org.selfdiff.headless.bridge.FileStoreFolder;
import org.selfdiff.headless.bridge.HostedModel;
import org.selfdiff.headless.bridge.WorkflowContext;

/** One node instance on a canvas: holds its settings and drives it through configure and execute. */
public final class NodeHost {

    private static final String MODEL = "model";

    private final NodeFactory<?> factory;
    private final HostedModel model;
    private final String[] inPortNames;
    private final String[] outPortNames;
    private Path workflowDir;
    private PortObjectSpec[] configured;

    private NodeHost(NodeFactory<?> factory, NodeModel model, String[] inPortNames, String[] outPortNames) {
        this.factory = factory;
        this.model = Bridges.nodes().model(model);
        this.inPortNames = inPortNames;
        this.outPortNames = outPortNames;
    }

    /**
     * Creates a node and checks its declaration.
     *
     * @param factory the node's factory
     * @param nodeCreationConfig the stored {@code node_creation_config} (ports that the user added) or {@code null}
     * @return the node, with default settings
     * @throws InvalidSettingsException if the stored ports do not fit the declared ones
     * @throws IllegalStateException if the declaration itself is wrong
     */
    public static NodeHost create(NodeFactory<?> factory, NodeSettingsRO nodeCreationConfig)
            throws InvalidSettingsException {
        factory.init();
        if (factory instanceof DefaultNodeFactory declared) {
            DeclaredNodes.Instance node = DeclaredNodes.create(declared, nodeCreationConfig);
            return new NodeHost(factory, node.model(), node.inPortNames(), node.outPortNames());
        }
        throw new IllegalStateException(
                factory.getClass().getName() + " is no DefaultNodeFactory; only such nodes can be hosted here.");
    }

    /** Sets the folder that {@code knime://knime.workflow/} means while the node configures (execute has its own). */
    public void setWorkflowDir(Path dir) {
        workflowDir = dir;
    }

    public String name() {
        return factory.getNodeName();
    }

    /** The description as text, with the XHTML tags left out. */
    public String description() {
        return text("intro");
    }

    /** What the node does, in a sentence. */
    public String shortDescription() {
        return text("shortDescription");
    }

    private String text(String element) {
        return factory.getXMLDescription()
                .getElementsByTagName(element)
                .item(0)
                .getTextContent()
                .strip();
    }

    public NodeFactory.NodeType type() {
        return factory.getType();
    }

    /** Types of the data inputs; 0-based, the flow-variable port is not counted. */
    public PortType[] inPorts() {
        return model.inPorts();
    }

    public PortType[] outPorts() {
        return model.outPorts();
    }

    public String[] inPortNames() {
        return inPortNames.clone();
    }

    public String[] outPortNames() {
        return outPortNames.clone();
    }

    /** The {@code model} sub-settings that this node would store now; of a fresh node the defaults. */
    public NodeSettings defaultSettings() {
        NodeSettings settings = new NodeSettings(MODEL);
        model.save(settings);
        return settings;
    }

    /** Validates and takes over stored settings; {@code null} means defaults. */
    public void loadSettings(NodeSettingsRO modelOrNull) throws InvalidSettingsException {
        configured = null;
        if (modelOrNull != null) {
            model.load(modelOrNull);
        }
    }

    /**
     * Configures the node.
     *
     * @param in specs of the inputs; {@code null} for what is not known yet and for optional inputs without connection
     * @return specs of the outputs, {@code null} for what is not known yet; all of them as long as an input is not known
     * @throws InvalidSettingsException if the settings or the inputs do not do
     */
    public PortObjectSpec[] configure(PortObjectSpec[] in) throws InvalidSettingsException {
        configured = null;
        if (in.length != inPortNames.length) {
            throw new IllegalArgumentException(in.length + " specs for " + inPortNames.length + " inputs");
        }
        PortType[] types = model.inPorts();
        for (int i = 0; i < in.length; i++) {
            if (in[i] == null && !types[i].isOptional()) {
                return new PortObjectSpec[outPortNames.length];
            }
            if (in[i] != null && !types[i].acceptsPortObjectSpec(in[i])) {
                throw new InvalidSettingsException("Input " + (i + 1) + " (" + inPortNames[i] + ") expects "
                        + types[i].getPortObjectSpecClass().getSimpleName() + ", but gets "
                        + in[i].getClass().getSimpleName() + ".");
            }
        }
        PortObjectSpec[] out = call(workflowDir, () -> model.configure(in.clone()));
        checkSpecs(out);
        configured = out.clone();
        return out;
    }

    private static PortObjectSpec[] call(Path folder, Configuring work) throws InvalidSettingsException {
        try {
            return WorkflowContext.call(folder, work::run);
        } catch (InvalidSettingsException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** A call of configure. */
    private interface Configuring {
        PortObjectSpec[] run() throws InvalidSettingsException;
    }

    private void checkSpecs(PortObjectSpec[] specs) {
        PortType[] types = model.outPorts();
        for (int i = 0; i < types.length; i++) {
            if (specs[i] != null && !types[i].acceptsPortObjectSpec(specs[i])) {
                throw new IllegalStateException("Node \"" + name() + "\" configures output " + (i + 1) + " with "
                        + specs[i].getClass().getName() + ", which is no spec of " + types[i] + ".");
            }
        }
    }

    /**
     * Executes the node, after configuring it with the inputs' specs if that was not done.
     *
     * @param in the inputs; {@code null} for optional inputs without connection
     * @param context the surroundings
     * @return the outputs, complete
     * @throws CanceledExecutionException if the context says so, even if the node came to its end
     * @throws Exception what the node throws
     */
    public PortObject[] execute(PortObject[] in, HostContext context) throws Exception {
        checkInputs(in);
        if (configured == null) {
            setWorkflowDir(context.workflowDir());
            configure(Arrays.stream(in).map(o -> o == null ? null : o.getSpec()).toArray(PortObjectSpec[]::new));
        }
        FileStoreFolder stores = new FileStoreFolder(context.fileStoreDir());
        ExecutionContext execution = Bridges.nodes().context(stores, context.progress()::changed, context.cancelled());
        PortObject[] out;
        try {
            execution.checkCanceled();
            out = WorkflowContext.call(context.workflowDir(), () -> model.execute(in.clone(), execution));
            execution.checkCanceled();
            checkOutputs(out);
        } catch (Exception e) {
            model.reset();
            if (!(e instanceof CanceledExecutionException)) {
                execution.checkCanceled();
            }
            throw e;
        } finally {
            stores.close();
        }
        warnIfEmpty(out);
        return out;
    }

    private void checkInputs(PortObject[] in) {
        PortType[] types = model.inPorts();
        if (in.length != types.length) {
            throw new IllegalArgumentException(in.length + " objects for " + types.length + " inputs");
        }
        for (int i = 0; i < in.length; i++) {
            boolean fits = in[i] == null ? types[i].isOptional() : types[i].acceptsPortObject(in[i]);
            if (!fits) {
                throw new IllegalStateException("Input " + (i + 1) + " (" + inPortNames[i] + ") expects "
                        + types[i].getPortObjectClass().getSimpleName() + ", but gets "
                        + (in[i] == null ? "nothing" : in[i].getClass().getSimpleName()) + ".");
            }
        }
    }

    private void checkOutputs(PortObject[] out) throws Exception {
        PortType[] types = model.outPorts();
        for (int i = 0; i < types.length; i++) {
            String where = "Output " + (i + 1) + " (" + outPortNames[i] + ") of node \"" + name() + "\" ";
            if (out[i] == null) {
                throw new IllegalStateException(where + "was not set.");
            }
            if (!types[i].acceptsPortObject(out[i])) {
                throw new IllegalStateException(
                        where + "is a " + out[i].getClass().getName() + ", not a "
                                + types[i].getPortObjectClass().getName() + ".");
            }
            PortObjectSpec spec = Objects.requireNonNull(out[i].getSpec(), where + "has no spec");
            if (configured[i] instanceof DataTableSpec announced && !announced.equalStructure((DataTableSpec) spec)) {
                throw new IllegalStateException(
                        where + "has other columns than configure said: " + spec + " instead of " + announced + ".");
            }
            if (out[i] instanceof FileStorePortObject stored) {
                Bridges.fileStores().flush(stored);
            }
        }
    }

    private void warnIfEmpty(PortObject[] out) {
        boolean tables = false;
        boolean rows = false;
        for (PortObject object : out) {
            if (object instanceof BufferedDataTable table) {
                tables = true;
                rows |= table.size() > 0;
            }
        }
        if (tables && !rows && model.warning() == null) {
            model.warn("No output table has any row.");
        }
    }

    /** The last warning of configure or execute, or {@code null}. */
    public String warning() {
        return model.warning();
    }
}
