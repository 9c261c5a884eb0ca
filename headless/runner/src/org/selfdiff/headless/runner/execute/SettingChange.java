package org.selfdiff.headless.runner.execute;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.selfdiff.headless.runner.RunnerFailed;
import org.selfdiff.headless.runner.config.ConfigEntry;
import org.selfdiff.headless.runner.config.ConfigGroup;
import org.selfdiff.headless.runner.config.ConfigNode;
import org.selfdiff.headless.runner.workflow.NodeEntry;
import org.selfdiff.headless.runner.workflow.VariableType;

/**
 * A setting that the command line replaces.
 *
 * @param node number or name of the node
 * @param path key of the setting, groups separated by {@code /}
 * @param text its new value
 * @param type the type that the user said, if he did
 */
public record SettingChange(String node, String path, String text, Optional<VariableType> type) {
    /** Whether this change is meant for that node. */
    public boolean concerns(final NodeEntry entry) {
        return node.equals(String.valueOf(entry.id())) || node.equalsIgnoreCase(entry.name());
    }

    /**
     * Changes the setting.
     *
     * @param settings changed in place
     * @throws RunnerFailed (usage) when there is no such setting, or when the value does not fit its type
     */
    public void apply(final ConfigGroup settings, final NodeEntry entry) throws RunnerFailed {
        final String[] keys = path.split("/");
        ConfigGroup group = settings;
        for (int i = 0; i < keys.length - 1; i++) {
            group = group.group(keys[i]).orElseThrow(() -> unknown(settings, entry));
        }
        final ConfigNode setting = group.child(keys[keys.length - 1]).orElseThrow(() -> unknown(settings, entry));
        if (!(setting instanceof ConfigEntry value)) {
            throw unknown(settings, entry);
        }
        final boolean typeFits = type.map(t -> t.overwrites(value.type())).orElse(true);
        if (!typeFits || !value.type().accepts(text)) {
            throw RunnerFailed.usage(
                    "\"" + text + "\" does not fit the setting \"" + path + "\", which is of type "
                            + value.type().fileName().substring(1),
                    entry.title());
        }
        group.put(value.withValue(text));
    }

    private RunnerFailed unknown(final ConfigGroup settings, final NodeEntry entry) {
        final List<String> known = new ArrayList<>();
        collect(settings, "", known);
        return RunnerFailed.usage(
                "There is no setting \"" + path + "\"; there are: " + String.join(", ", known), entry.title());
    }

    private static void collect(final ConfigGroup group, final String prefix, final List<String> paths) {
        for (ConfigNode child : group.children()) {
            if (child.key().endsWith("_Internals")) {
                continue;
            }
            if (child instanceof ConfigGroup inner) {
                collect(inner, prefix + child.key() + "/", paths);
            } else {
                paths.add(prefix + child.key());
            }
        }
    }
}
