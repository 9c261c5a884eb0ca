package org.selfdiff.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** A running program of one side, which makes a step whenever it is asked to, and what its steps took. */
public final class TimedProcess implements AutoCloseable {
    private final AnsweringProcess process;

    private final List<StepTime> steps = new ArrayList<>();

    private final String version;

    /**
     * Starts a side and waits until it is ready.
     *
     * @param name for messages
     * @param program options of Java, main class and its arguments
     * @param threads that it computes with
     */
    public TimedProcess(final String name, final List<String> program, final int threads, final Setting setting)
            throws IOException {
        final List<String> arguments = new ArrayList<>(setting.properties());
        arguments.add("-Dselfdiff.threads=" + threads);
        arguments.addAll(program);
        final Map<String, String> environment = Map.of(
                "OMP_NUM_THREADS",
                Integer.toString(threads),
                "OMP_WAIT_POLICY",
                "PASSIVE",
                "GOMP_SPINCOUNT",
                "0",
                "MKL_NUM_THREADS",
                "");
        this.process = new AnsweringProcess(name, arguments, environment, setting.log());
        this.version = process.answer().substring("ready ".length());
    }

    /** Name and version of what computes. */
    public String version() {
        return version;
    }

    /** Makes a step. */
    public void step() throws IOException {
        final String[] numbers = process.ask("step").split(" ");
        steps.add(new StepTime(
                Long.parseLong(numbers[0]) / 1e6, Long.parseLong(numbers[1]) / 1e6, Double.parseDouble(numbers[2])));
    }

    /** The steps so far. */
    public List<StepTime> steps() {
        return Collections.unmodifiableList(steps);
    }

    /** Median of a time of the steps after some, in ms. */
    public double median(final int after, final ToDoubleFunction<StepTime> time) {
        final double[] sorted =
                steps.stream().skip(after).mapToDouble(time).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    /** Ends it and says how many MB it has had at most. */
    public double finish() throws IOException {
        return Long.parseLong(process.finish().substring("peak ".length())) / 1024.0;
    }

    @Override
    public void close() {
        process.close();
    }
}
