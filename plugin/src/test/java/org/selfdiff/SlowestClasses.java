package org.selfdiff;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/** Where the time of a run goes. */
final class SlowestClasses implements TestExecutionListener {
    private final Map<String, Long> nanos = new ConcurrentHashMap<>();

    @Override
    public void executionStarted(final TestIdentifier test) {
        if (test.getSource().filter(ClassSource.class::isInstance).isPresent()) {
            nanos.put(test.getDisplayName(), -System.nanoTime());
        }
    }

    @Override
    public void executionFinished(final TestIdentifier test, final TestExecutionResult result) {
        nanos.computeIfPresent(test.getDisplayName(), (name, began) -> began + System.nanoTime());
    }

    /** Names and seconds, the slowest first. */
    List<Map.Entry<String, Double>> list() {
        return nanos.entrySet().stream()
                .map(entry -> Map.entry(entry.getKey(), entry.getValue() / 1e9))
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .toList();
    }
}
