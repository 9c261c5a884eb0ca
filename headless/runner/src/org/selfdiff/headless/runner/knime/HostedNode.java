package org.selfdiff.headless.runner.knime;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.core.node.message.Message;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.PortType;
import org.selfdiff.headless.host.HostContext;
import org.selfdiff.headless.host.NodeHost;
import org.selfdiff.headless.runner.config.ConfigGroup;
import org.selfdiff.headless.runner.execute.NodeProblem;
import org.selfdiff.headless.runner.execute.NodeWatch;
import org.selfdiff.headless.runner.execute.Output;
import org.selfdiff.headless.runner.execute.Port;
import org.selfdiff.headless.runner.execute.WorkflowNode;

/** A KNIME node in its host. */
final class HostedNode implements WorkflowNode {
    private static final String DEFAULT_REMEDY = "change the node's settings or what is connected to it";

    private final NodeHost host;

    private final Path workflowFolder;

    private final URL iconFile;

    HostedNode(final NodeHost host, final URL iconFile, final Path workflowFolder) {
        this.host = host;
        this.iconFile = iconFile;
        this.workflowFolder = workflowFolder;
    }

    @Override
    public String role() {
        return String.valueOf(host.type());
    }

    @Override
    public String purpose() {
        return host.shortDescription();
    }

    @Override
    public Optional<String> icon() {
        if (iconFile == null) {
            return Optional.empty();
        }
        final String type = iconFile.getPath().endsWith(".svg") ? "svg+xml" : "png";
        try (InputStream in = iconFile.openStream()) {
            return Optional.of(
                    "data:image/" + type + ";base64," + Base64.getEncoder().encodeToString(in.readAllBytes()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public List<Port> inputs() {
        return ports(host.inPorts(), host.inPortNames());
    }

    @Override
    public List<Port> outputs() {
        return ports(host.outPorts(), host.outPortNames());
    }

    private static List<Port> ports(final PortType[] types, final String[] names) {
        final List<Port> ports = new ArrayList<>();
        for (int i = 0; i < types.length; i++) {
            final Class<?> objectClass = types[i].getPortObjectClass();
            ports.add(new Port(
                    names[i],
                    objectClass,
                    BufferedDataTable.class.equals(objectClass),
                    types[i].isOptional(),
                    types[i].getColor()));
        }
        return ports;
    }

    @Override
    public ConfigGroup defaults() {
        return StoredSettings.fromNode("model", host.defaultSettings());
    }

    @Override
    public void load(final ConfigGroup settings) throws NodeProblem {
        try {
            host.loadSettings(StoredSettings.toNode(settings));
        } catch (InvalidSettingsException e) {
            throw NodeProblem.of("the settings are refused: " + e.getMessage(), List.of(), List.of(), e);
        }
    }

    @Override
    public List<Object> configure(final List<Object> specs) throws NodeProblem {
        try {
            return Arrays.asList((Object[]) host.configure(specs.toArray(PortObjectSpec[]::new)));
        } catch (InvalidSettingsException e) {
            throw NodeProblem.of(String.valueOf(e.getMessage()), List.of(), remedies(e), e);
        }
    }

    /** A refusal that was built from a message keeps its remedies in its cause. */
    private static List<String> remedies(final Throwable e) {
        return e.getCause() instanceof KNIMEException cause
                ? cause.getKNIMEMessage().getResolutions()
                : List.of();
    }

    @Override
    public List<Output> execute(final List<Output> inputs, final Path files, final NodeWatch watch) throws NodeProblem {
        final PortObject[] objects = new PortObject[inputs.size()];
        for (int i = 0; i < objects.length; i++) {
            objects[i] = inputs.get(i) instanceof HostedOutput output ? output.object() : null;
        }
        final HostContext context = new HostContext(workflowFolder, files, watch::progress, watch::cancelled);
        final List<Output> outputs = new ArrayList<>();
        for (PortObject object : objectsOf(objects, context)) {
            outputs.add(new HostedOutput(object));
        }
        return outputs;
    }

    private PortObject[] objectsOf(final PortObject[] objects, final HostContext context) throws NodeProblem {
        try {
            return host.execute(objects, context);
        } catch (CanceledExecutionException e) {
            throw NodeProblem.stopped();
        } catch (KNIMEException e) {
            throw of(e.getKNIMEMessage(), e);
        } catch (KNIMEException.KNIMERuntimeException e) {
            throw of(e.getKNIMEMessage(), e);
        } catch (InvalidSettingsException e) {
            throw NodeProblem.of(String.valueOf(e.getMessage()), List.of(), List.of(DEFAULT_REMEDY), e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw NodeProblem.of(
                    e.getMessage() == null ? e.toString() : e.getMessage(), List.of(), List.of(DEFAULT_REMEDY), e);
        }
    }

    private static NodeProblem of(final Message message, final Exception cause) {
        final List<String> details = new ArrayList<>();
        message.modify().getFirstIssue().ifPresent(details::add);
        return NodeProblem.of(message.getSummary(), details, message.getResolutions(), cause);
    }

    @Override
    public Optional<String> warning() {
        return Optional.ofNullable(host.warning());
    }
}
