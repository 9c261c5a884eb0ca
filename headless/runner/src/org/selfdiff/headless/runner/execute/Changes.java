package org.selfdiff.headless.runner.execute;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.selfdiff.headless.runner.RunnerFailed;
import org.selfdiff.headless.runner.config.ConfigEntry;
import org.selfdiff.headless.runner.config.ConfigGroup;
import org.selfdiff.headless.runner.config.ConfigNode;
import org.selfdiff.headless.runner.config.EntryType;
import org.selfdiff.headless.runner.workflow.NodeEntry;
import org.selfdiff.headless.runner.workflow.Variable;
import org.selfdiff.headless.runner.workflow.Workflow;

/**
 * What the command line changes in a workflow.
 *
 * @param variables workflow variables by name; without a type they must exist in the workflow
 * @param settings settings of single nodes
 * @param device value for every setting and workflow variable called {@code device}
 */
public record Changes(List<VariableChange> variables, List<SettingChange> settings, Optional<String> device) {
    private static final String DEVICE = "device";

    /** No changes. */
    public static Changes none() {
        return new Changes(List.of(), List.of(), Optional.empty());
    }

    /** These and further changes. */
    Changes with(final List<SettingChange> further) {
        final List<SettingChange> all = new ArrayList<>(settings);
        all.addAll(further);
        return new Changes(variables, all, device);
    }

    /**
     * The workflow's variables with these changes.
     *
     * @throws RunnerFailed (usage) on an unknown name without a type, or a value that does not fit
     */
    public Map<String, Variable> variablesOf(final Workflow workflow) throws RunnerFailed {
        final Map<String, Variable> result = new LinkedHashMap<>();
        for (Variable variable : workflow.variables()) {
            final boolean isDevice = DEVICE.equals(variable.name()) && device.isPresent();
            result.put(variable.name(), isDevice ? new Variable(DEVICE, variable.type(), device.get()) : variable);
        }
        for (VariableChange change : variables) {
            result.put(change.name(), change.resolve(result.get(change.name()), new ArrayList<>(result.keySet())));
        }
        return result;
    }

    /** Checks that every setting to be changed names a node of the workflow. */
    public void check(final Workflow workflow) throws RunnerFailed {
        for (SettingChange change : settings) {
            if (workflow.nodes().stream().noneMatch(change::concerns)) {
                final String known = workflow.nodes().stream()
                        .map(NodeEntry::title)
                        .reduce((a, b) -> a + ", " + b)
                        .orElse("none");
                throw RunnerFailed.usage(
                        "There is no node \"" + change.node() + "\"; there are: " + known, "-option or --set");
            }
        }
    }

    /** Applies what concerns one node to its settings. */
    public void apply(final ConfigGroup model, final NodeEntry entry) throws RunnerFailed {
        device.ifPresent(text -> putDevice(model, text));
        for (SettingChange change : settings) {
            if (change.concerns(entry)) {
                change.apply(model, entry);
            }
        }
    }

    /** Whether a node of these settings has one that {@link #device} replaces. */
    static boolean hasDevice(final ConfigGroup settings) {
        return settings.children().stream()
                .anyMatch(child -> child instanceof ConfigGroup inner ? hasDevice(inner) : isDevice(child));
    }

    private static boolean isDevice(final ConfigNode setting) {
        return setting instanceof ConfigEntry entry && DEVICE.equals(entry.key()) && entry.type() == EntryType.XSTRING;
    }

    /**
     * The options that change settings of a node, as they stand on the command line.
     *
     * @param used names of the variables that its settings come from
     */
    List<String> optionsFor(final NodeEntry entry, final Set<String> used) {
        final List<String> options = new ArrayList<>();
        variables.stream()
                .filter(change -> used.contains(change.name()))
                .forEach(change -> options.add("--set " + change.name() + "=" + change.text()));
        settings.stream()
                .filter(change -> change.concerns(entry))
                .forEach(change -> options.add("--set " + change.node() + "/" + change.path() + "=" + change.text()));
        return options;
    }

    private static void putDevice(final ConfigGroup group, final String text) {
        for (ConfigNode child : group.children()) {
            if (child instanceof ConfigGroup inner) {
                putDevice(inner, text);
            } else if (isDevice(child)) {
                group.put(((ConfigEntry) child).withValue(text));
            }
        }
    }
}
