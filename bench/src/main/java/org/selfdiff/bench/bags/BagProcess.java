package org.selfdiff.bench.bags;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.selfdiff.bench.AnsweringProcess;
import org.selfdiff.bench.Setting;

/** A running {@link BagChild}. */
final class BagProcess implements AutoCloseable {
    private final AnsweringProcess process;

    private final List<Double> times = new ArrayList<>();

    private final List<Double> values = new ArrayList<>();

    private final String version;

    BagProcess(final String side, final BagWorkload workload, final int threads, final Setting setting)
            throws IOException {
        final List<String> arguments = new ArrayList<>(List.of("-Xmx1800m"));
        arguments.addAll(setting.properties());
        arguments.add("-Dselfdiff.threads=" + threads);
        arguments.addAll(List.of(BagChild.class.getName(), side));
        arguments.addAll(List.of(workload.arguments()));
        final Map<String, String> environment = Map.of(
                "OMP_NUM_THREADS",
                Integer.toString(threads),
                "OMP_WAIT_POLICY",
                "PASSIVE",
                "GOMP_SPINCOUNT",
                "0",
                "MKL_NUM_THREADS",
                "");
        this.process = new AnsweringProcess(side + " " + workload, arguments, environment, setting.log());
        this.version = process.answer().substring("ready ".length());
    }

    String version() {
        return version;
    }

    /** Makes a step. */
    void step() throws IOException {
        final String[] numbers = process.ask("step").split(" ");
        times.add(Long.parseLong(numbers[0]) / 1e6);
        values.add(Double.parseDouble(numbers[2]));
    }

    /** Results of all steps. */
    List<Double> values() {
        return values;
    }

    /** Median of milliseconds after some steps. */
    double median(final int after) {
        final List<Double> sorted = new ArrayList<>(times.subList(after, times.size()));
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }

    /** Ends it and says how many MB it has had at most. */
    double finish() throws IOException {
        return Long.parseLong(process.finish().substring("peak ".length())) / 1024.0;
    }

    @Override
    public void close() {
        process.close();
    }
}
