package org.selfdiff.headless.runner.execute;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.selfdiff.headless.runner.config.ConfigEntry;
import org.selfdiff.headless.runner.config.ConfigGroup;
import org.selfdiff.headless.runner.config.ConfigNode;
import org.selfdiff.headless.runner.config.EntryType;
import org.selfdiff.headless.runner.workflow.Variable;
import org.selfdiff.headless.runner.workflow.VariableType;

/** Flow variables that replace settings, and settings that become flow variables. */
public final class Overrides {
    private static final String USED = "used_variable";

    private static final String EXPOSED = "exposed_variable";

    private static final String SIZE = "array-size";

    private final Map<String, Variable> available;

    private final List<Variable> exposed = new ArrayList<>();

    private Overrides(final Map<String, Variable> available) {
        this.available = available;
    }

    /**
     * Applies a node's override tree.
     *
     * @param settings changed in place
     * @param stored the node's {@code variables} group
     * @param available flow variables that reach the node
     * @return variables that the node exposes
     * @throws NodeProblem when a variable is missing or does not fit; names both
     */
    public static List<Variable> apply(
            final ConfigGroup settings, final ConfigGroup stored, final Map<String, Variable> available)
            throws NodeProblem {
        final Overrides overrides = new Overrides(available);
        // Since 2019 the tree lies one level deeper; older files hold it directly.
        overrides.walk(settings, stored.group("tree").orElse(stored), "");
        return List.copyOf(overrides.exposed);
    }

    /** Names of the variables that settings of a node come from, by its {@code variables} group. */
    static Set<String> used(final ConfigGroup stored) {
        final Set<String> names = new TreeSet<>();
        for (final ConfigGroup branch : stored.groups()) {
            branch.text(USED).filter(name -> !name.isEmpty()).ifPresent(names::add);
            names.addAll(used(branch));
        }
        return names;
    }

    private void walk(final ConfigGroup settings, final ConfigGroup tree, final String path) throws NodeProblem {
        for (ConfigGroup branch : tree.groups()) {
            final String here = path + branch.key();
            final ConfigNode setting = settings.child(branch.key())
                    .orElseThrow(() -> NodeProblem.of(
                            "A flow variable overrides the setting \"" + here + "\", which the node does not have",
                            "open the node's dialog in KNIME and save the workflow again"));
            if (isLeaf(branch)) {
                final String used = branch.text(USED).orElse("");
                if (!used.isEmpty()) {
                    settings.put(replaced(setting, used, here));
                }
                final String name = branch.text(EXPOSED).orElse("");
                if (!name.isEmpty() && settings.child(branch.key()).orElseThrow() instanceof ConfigEntry entry) {
                    exposed.add(exposure(name, entry, here));
                }
            } else if (setting instanceof ConfigGroup group) {
                walk(group, branch, here + "/");
            }
        }
    }

    private static boolean isLeaf(final ConfigGroup branch) {
        return branch.child(USED).orElse(null) instanceof ConfigEntry
                || branch.child(EXPOSED).orElse(null) instanceof ConfigEntry;
    }

    private ConfigNode replaced(final ConfigNode setting, final String used, final String path) throws NodeProblem {
        final Variable variable = available.get(used);
        if (variable == null) {
            throw NodeProblem.of(
                    "The setting \"" + path + "\" comes from the flow variable \"" + used + "\", which is not there",
                    available.isEmpty()
                            ? "define the workflow variable, or remove the override in the node's dialog"
                            : "there are: " + String.join(", ", available.keySet()));
        }
        if (setting instanceof ConfigEntry entry) {
            return entry.withValue(fitting(variable, entry.type(), path));
        }
        final ConfigGroup array = (ConfigGroup) setting;
        if (!array.contains(SIZE)) {
            throw misfit(variable, path, "a group of settings");
        }
        final EntryType type =
                array.child("0").orElse(null) instanceof ConfigEntry first ? first.type() : EntryType.XSTRING;
        return new ConfigGroup(array.key())
                .put(SIZE, EntryType.XINT, "1")
                .put("0", type, fitting(variable, type, path));
    }

    private static String fitting(final Variable variable, final EntryType type, final String path) throws NodeProblem {
        if (!variable.type().overwrites(type) || !type.accepts(variable.text())) {
            throw misfit(variable, path, "of type " + type.fileName().substring(1));
        }
        return variable.text();
    }

    private static NodeProblem misfit(final Variable variable, final String path, final String expected) {
        return NodeProblem.of(
                "The flow variable \"" + variable.name() + "\" ("
                        + variable.type().optionName() + ", \"" + variable.text() + "\") does not fit the setting \""
                        + path + "\", which is " + expected,
                "give the variable a value of that type");
    }

    private static Variable exposure(final String name, final ConfigEntry entry, final String path) throws NodeProblem {
        for (VariableType type : VariableType.values()) {
            if (type.stored() == entry.type() && entry.value() != null) {
                return new Variable(name, type, entry.value());
            }
        }
        throw NodeProblem.of(
                "The setting \"" + path + "\" cannot become the flow variable \"" + name + "\"",
                "remove the exposed variable in the node's dialog");
    }
}
