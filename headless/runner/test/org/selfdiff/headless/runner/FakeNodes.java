package org.selfdiff.headless.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.selfdiff.headless.runner.config.ConfigGroup;
import org.selfdiff.headless.runner.config.EntryType;
import org.selfdiff.headless.runner.execute.NodeCatalogue;
import org.selfdiff.headless.runner.execute.NodeProblem;
import org.selfdiff.headless.runner.execute.NodeWatch;
import org.selfdiff.headless.runner.execute.Output;
import org.selfdiff.headless.runner.execute.Port;
import org.selfdiff.headless.runner.execute.WorkflowNode;
import org.selfdiff.headless.runner.workflow.NodeEntry;
import org.selfdiff.headless.runner.workflow.Workflow;

/** Nodes that need no KNIME: each adds its inputs and its setting {@code value}, and does what the test says. */
public final class FakeNodes implements NodeCatalogue {
    /** What a node does when it is executed. */
    public interface Work {
        void run(NodeWatch watch, Path files) throws NodeProblem;
    }

    /** A number on a port. */
    public record Sum(int value) implements Output {
        @Override
        public Object spec() {
            return value;
        }

        @Override
        public String summary() {
            return "sum " + value + " on cpu (test)";
        }

        @Override
        public List<Path> save(final Path folder, final String name) throws IOException {
            return List.of(Files.writeString(folder.resolve(name + ".csv"), "Sum\n" + value + "\n"));
        }
    }

    private static final class Model {}

    private final Map<String, Work> work = new HashMap<>();

    public final List<String> configured = new ArrayList<>();

    public final Map<String, ConfigGroup> settings = new HashMap<>();

    /** Gives the nodes of one factory something to do. */
    public FakeNodes on(final String factory, final Work what) {
        work.put(factory, what);
        return this;
    }

    /** Factories: sourceN has N outputs; addN has N inputs and one output; model makes what is no table; other fails. */
    @Override
    public WorkflowNode create(final Workflow workflow, final NodeEntry entry) throws RunnerFailed {
        final String kind = entry.factory().replaceAll("\\d+.*$|^org\\.selfdiff\\.", "");
        final String digits = entry.factory().replaceAll("\\D", "");
        final int count = digits.isEmpty() ? 0 : Integer.parseInt(digits.substring(0, 1));
        return switch (kind) {
            case "source" -> new Fake(entry, 0, count, Integer.class);
            case "add" -> new Fake(entry, count, 1, Integer.class);
            case "model" -> new Fake(entry, 0, 1, Model.class);
            default -> throw RunnerFailed.unreadable(
                    "Unknown node " + entry.title(), entry.settingsFile().toString(), "use another");
        };
    }

    private final class Fake implements WorkflowNode {
        private final NodeEntry entry;

        private final int ins;

        private final int outs;

        private final Class<?> outClass;

        private ConfigGroup loaded;

        private Fake(final NodeEntry entry, final int ins, final int outs, final Class<?> outClass) {
            this.entry = entry;
            this.ins = ins;
            this.outs = outs;
            this.outClass = outClass;
        }

        @Override
        public String role() {
            return ins == 0 ? "Source" : "Manipulator";
        }

        @Override
        public String purpose() {
            return "Adds <numbers>.";
        }

        @Override
        public Optional<String> icon() {
            return Optional.empty();
        }

        @Override
        public List<Port> inputs() {
            return ports("In", ins, Integer.class);
        }

        @Override
        public List<Port> outputs() {
            return ports("Summary", outs, outClass);
        }

        private static List<Port> ports(final String name, final int count, final Class<?> type) {
            final List<Port> ports = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                ports.add(new Port(i == 0 ? name : name + (i + 1), type, type == Integer.class, i == 2, 0x2a9d94));
            }
            return ports;
        }

        @Override
        public ConfigGroup defaults() {
            return new ConfigGroup("model")
                    .put("value", EntryType.XINT, "1")
                    .put("seed", EntryType.XLONG, "42")
                    .put(new ConfigGroup("compute").put("device", EntryType.XSTRING, "auto"));
        }

        @Override
        public void load(final ConfigGroup stored) {
            loaded = stored;
            synchronized (FakeNodes.this) {
                settings.put(entry.name(), stored);
            }
        }

        @Override
        public List<Object> configure(final List<Object> specs) throws NodeProblem {
            synchronized (FakeNodes.this) {
                configured.add(entry.name());
            }
            if (loaded.number("value", 0) < 0) {
                throw NodeProblem.of("value must not be negative", "set a positive value");
            }
            final List<Object> out = new ArrayList<>();
            for (int i = 0; i < outs; i++) {
                out.add(loaded.number("value", 0) == 99 ? null : 0);
            }
            return out;
        }

        @Override
        public List<Output> execute(final List<Output> inputs, final Path files, final NodeWatch watch)
                throws NodeProblem {
            work.getOrDefault(entry.factory(), (w, f) -> {}).run(watch, files);
            int sum = loaded.number("value", 0);
            for (Output input : inputs) {
                sum += input == null ? 0 : ((Sum) input).value();
            }
            final List<Output> out = new ArrayList<>();
            for (int i = 0; i < outs; i++) {
                out.add(new Sum(sum));
            }
            return out;
        }

        @Override
        public Optional<String> warning() {
            return loaded.number("value", 0) == 7 ? Optional.of("seven\nis odd") : Optional.empty();
        }
    }
}
