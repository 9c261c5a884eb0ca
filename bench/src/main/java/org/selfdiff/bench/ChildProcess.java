package org.selfdiff.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A running {@link Child}. */
final class ChildProcess implements AutoCloseable {
    private final AnsweringProcess process;

    private final String version;

    /** Starts a side and waits until it is ready. */
    ChildProcess(
            final Side side, final Workload workload, final StepKind kind, final int threads, final Setting setting)
            throws IOException {
        final List<String> arguments = new ArrayList<>(List.of("-Xmx1g"));
        arguments.addAll(setting.properties());
        arguments.add("-Dselfdiff.threads=" + threads);
        arguments.addAll(List.of(Child.class.getName(), side.name(), workload.name(), kind.name()));
        final Map<String, String> environment = Map.of(
                "OMP_NUM_THREADS",
                Integer.toString(threads),
                "OMP_WAIT_POLICY",
                "PASSIVE",
                "GOMP_SPINCOUNT",
                "0",
                "MKL_NUM_THREADS",
                "");
        this.process = new AnsweringProcess(side + ", " + kind.text(), arguments, environment, setting.log());
        this.version = process.answer().substring("ready ".length());
    }

    /** Name and version of what computes. */
    String version() {
        return version;
    }

    /** Makes a step. */
    StepTime step() throws IOException {
        final String[] numbers = process.ask(Child.STEP).split(" ");
        return new StepTime(
                Long.parseLong(numbers[0]) / 1e6, Long.parseLong(numbers[1]) / 1e6, Double.parseDouble(numbers[2]));
    }

    /** Ends the child and says how many MB it has had at most. */
    double finish() throws IOException {
        return Long.parseLong(process.finish().substring("peak ".length())) / 1024.0;
    }

    @Override
    public void close() {
        process.close();
    }
}
