package org.selfdiff.headless.runner.knime;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.IExtensionRegistry;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeFactory;
import org.knime.core.node.NodeFactoryClassMapper;
import org.selfdiff.headless.host.NodeHost;
import org.selfdiff.headless.runner.RunnerFailed;
import org.selfdiff.headless.runner.execute.NodeCatalogue;
import org.selfdiff.headless.runner.execute.WorkflowNode;
import org.selfdiff.headless.runner.workflow.NodeEntry;
import org.selfdiff.headless.runner.workflow.Workflow;

/** The nodes that installed plug-ins contribute to {@code org.knime.workbench.repository.nodes}, also by names of earlier versions. */
public final class RegistryCatalogue implements NodeCatalogue {
    private static final String POINT = "org.knime.workbench.repository.nodes";

    private static final String FACTORY = "factory-class";

    private final Map<String, IConfigurationElement> contributions = new LinkedHashMap<>();

    /** Reads the contributions of that registry. */
    public RegistryCatalogue(final IExtensionRegistry registry) {
        for (IConfigurationElement element : registry.getConfigurationElementsFor(POINT)) {
            if ("node".equals(element.getName()) && element.getAttribute(FACTORY) != null) {
                contributions.put(element.getAttribute(FACTORY), element);
            }
        }
    }

    /** How many nodes there are. */
    public int size() {
        return contributions.size();
    }

    @Override
    public WorkflowNode create(final Workflow workflow, final NodeEntry entry) throws RunnerFailed {
        final IConfigurationElement element = contribution(entry);
        try {
            final NodeFactory<?> factory = (NodeFactory<?>) element.createExecutableExtension(FACTORY);
            final NodeHost host = NodeHost.create(
                    factory, entry.creation().map(StoredSettings::toNode).orElse(null));
            host.setWorkflowDir(workflow.folder());
            return new HostedNode(host, factory.getIcon(), workflow.folder());
        } catch (CoreException e) {
            throw RunnerFailed.unreadable(
                    "The node " + entry.title() + " cannot be created: " + root(e),
                    entry.factory() + " in " + element.getContributor().getName(),
                    "build again with ./selfdiff build");
        } catch (InvalidSettingsException e) {
            throw RunnerFailed.unreadable(
                    "The stored ports of " + entry.title() + " do not fit the node: " + e.getMessage(),
                    entry.settingsFile().toString(),
                    "open the workflow in KNIME and save it again");
        }
    }

    private IConfigurationElement contribution(final NodeEntry entry) throws RunnerFailed {
        final IConfigurationElement element = contributions.get(entry.factory());
        return element != null
                ? element
                : NodeFactoryClassMapper.getRegisteredMappers().stream()
                        .map(mapper -> mapper.mapFactoryClassName(entry.factory()))
                        .filter(Objects::nonNull)
                        .map(factory -> contributions.get(factory.getClass().getName()))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElseThrow(() -> unknown(entry));
    }

    /** What is really wrong: the registry wraps it in "was unable to instantiate class". */
    private static Throwable root(final CoreException e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private RunnerFailed unknown(final NodeEntry entry) {
        final boolean sameBundle = contributions.values().stream()
                .anyMatch(element -> element.getContributor().getName().equals(entry.bundle()));
        final String remedy = sameBundle
                ? "the workflow may come from a newer version; there are: " + String.join(", ", contributions.keySet())
                : "the plug-in \"" + entry.bundle() + "\" is not part of the embedded runner; use nodes of this"
                        + " extension only, or set KNIME_HOME so that KNIME runs the workflow";
        return RunnerFailed.unreadable(
                "Unknown node " + entry.title() + ": nobody offers the factory " + entry.factory(),
                entry.settingsFile().toString(),
                remedy);
    }
}
