package org.selfdiff.headless.runner.results;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.selfdiff.headless.runner.ExitCode;
import org.selfdiff.headless.runner.config.ConfigEntry;
import org.selfdiff.headless.runner.config.ConfigGroup;
import org.selfdiff.headless.runner.config.ConfigNode;
import org.selfdiff.headless.runner.config.EntryType;
import org.selfdiff.headless.runner.execute.NodeRun;
import org.selfdiff.headless.runner.execute.Preparation;

/** What {@code run.json} says about a run: all that is needed to repeat it, and how it went. */
public final class RunReport {
    private final Preparation prepared;

    private final Path results;

    private final Map<String, String> versions;

    /**
     * A report.
     *
     * @param results the folder that holds the results now
     * @param versions of what took part
     */
    public RunReport(final Preparation prepared, final Path results, final Map<String, String> versions) {
        this.prepared = prepared;
        this.results = results;
        this.versions = versions;
    }

    /** Writes {@code run.json}. */
    public void write(final Instant begun, final double seconds, final ExitCode exit) throws IOException {
        final Map<String, Object> report = new LinkedHashMap<>();
        report.put("workflow", prepared.workflow().name());
        report.put(
                "folder",
                prepared.workflow().folder().toAbsolutePath().normalize().toString());
        report.put("runner", "SelfDiff embedded runner (not KNIME)");
        report.put("begun", begun.toString());
        report.put("seconds", tenths(seconds));
        report.put("exit", Map.of("status", exit.status(), "meaning", exit.meaning()));
        report.put("seed", seeds());
        report.put("device", devices());
        report.put("versions", versions);
        report.put("machine", machine());
        report.put("variables", variables());
        report.put("nodes", prepared.nodes().stream().map(this::node).toList());
        Files.writeString(results.resolve("run.json"), Json.of(report));
    }

    private Map<String, Object> node(final NodeRun node) {
        final Map<String, Object> report = new LinkedHashMap<>();
        report.put("id", node.entry().id());
        report.put("name", node.entry().name());
        report.put("factory", node.entry().factory());
        report.put("state", node.state().text());
        report.put("seconds", tenths(node.seconds()));
        node.warning().ifPresent(text -> report.put("warning", text));
        node.problem().ifPresent(problem -> {
            report.put("problem", problem.getMessage());
            report.put("details", problem.details());
            report.put("remedies", problem.remedies());
        });
        if (!node.message().isEmpty()) {
            report.put("lastMessage", node.message());
        }
        report.put("outputs", node.summaries());
        report.put("files", files(node));
        report.put("settings", settings(node.settings()));
        return report;
    }

    private List<String> files(final NodeRun node) {
        return node.files().stream()
                .map(file -> results.relativize(file).toString())
                .toList();
    }

    private Map<String, Object> settings(final ConfigGroup group) {
        final Map<String, Object> result = new LinkedHashMap<>();
        for (ConfigNode child : group.children()) {
            if (child instanceof ConfigGroup inner) {
                result.put(child.key(), settings(inner));
            } else if (child instanceof ConfigEntry entry) {
                result.put(child.key(), value(entry));
            }
        }
        return result;
    }

    private Object value(final ConfigEntry entry) {
        if (entry.value() == null) {
            return null;
        }
        return switch (entry.type()) {
            case XINT, XLONG, XBYTE, XSHORT -> Long.valueOf(entry.value());
            case XDOUBLE, XFLOAT -> Double.valueOf(entry.value());
            case XBOOLEAN -> Boolean.valueOf(entry.value());
            case XPASSWORD, XTRANSIENTSTRING -> "(not written)";
            default -> relative(entry.value());
        };
    }

    /** A folder of this run is named relative to its results, which get their name at the end. */
    private String relative(final String text) {
        return text.startsWith(results + File.separator)
                ? text.substring(results.toString().length() + 1)
                : text;
    }

    private Map<String, Object> variables() {
        final Map<String, Object> result = new LinkedHashMap<>();
        prepared.workflowVariables()
                .forEach((name, variable) -> result.put(
                        name, value(new ConfigEntry(name, variable.type().stored(), variable.text()))));
        return result;
    }

    /** Every setting called {@code seed}, by node. */
    private Map<String, Object> seeds() {
        final Map<String, Object> seeds = new LinkedHashMap<>();
        for (NodeRun node : prepared.nodes()) {
            find(node.settings(), "seed")
                    .ifPresent(seed -> seeds.put(node.entry().title(), value(seed)));
        }
        return seeds;
    }

    private static Optional<ConfigEntry> find(final ConfigGroup group, final String key) {
        if (group.child(key).orElse(null) instanceof ConfigEntry entry && entry.type() != EntryType.XSTRING) {
            return Optional.of(entry);
        }
        return group.groups().stream()
                .flatMap(inner -> find(inner, key).stream())
                .findFirst();
    }

    /** Every device that nodes said they used. */
    private Set<String> devices() {
        final Set<String> devices = new TreeSet<>();
        prepared.nodes().forEach(node -> devices.addAll(node.devices()));
        return devices;
    }

    private static Map<String, Object> machine() {
        final Map<String, Object> machine = new LinkedHashMap<>();
        machine.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        machine.put("arch", System.getProperty("os.arch"));
        machine.put("cores", Runtime.getRuntime().availableProcessors());
        machine.put("memoryMiB", memory());
        machine.put("javaHeapMiB", Runtime.getRuntime().maxMemory() >> 20);
        return machine;
    }

    private static Object memory() {
        try {
            return Files.readAllLines(Path.of("/proc/meminfo")).stream()
                    .filter(line -> line.startsWith("MemTotal:"))
                    .map(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
                    .findFirst()
                    .orElse(null);
        } catch (IOException e) {
            return null;
        }
    }

    private static double tenths(final double seconds) {
        return Math.round(seconds * 10) / 10.0;
    }
}
