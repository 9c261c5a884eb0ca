package org.selfdiff;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Runs the test classes whose simple names match its arguments ({@code *} stands for anything): {@code ./selfdiff check}. */
final class Check {
    private Check() {}

    public static void main(final String[] names) {
        final List<? extends DiscoverySelector> all = List.of(DiscoverySelectors.selectPackage("org.selfdiff"));
        final String[] patterns = Arrays.stream(names)
                .map(name -> ".*[.]" + name.replace("*", ".*"))
                .toArray(String[]::new);
        final LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(all)
                .filters(ClassNameFilter.includeClassNamePatterns(patterns))
                .build();
        final SummaryGeneratingListener summary = new SummaryGeneratingListener();
        LauncherFactory.create().execute(request, summary);
        final PrintWriter out = new PrintWriter(System.out, true);
        summary.getSummary().printFailuresTo(out, 30);
        out.printf(
                "%d passed, %d failed, %d skipped in %.1f s%n",
                summary.getSummary().getTestsSucceededCount(),
                summary.getSummary().getTotalFailureCount(),
                summary.getSummary().getTestsSkippedCount()
                        + summary.getSummary().getTestsAbortedCount(),
                (summary.getSummary().getTimeFinished() - summary.getSummary().getTimeStarted()) / 1e3);
        final boolean good = summary.getSummary().getTotalFailureCount() == 0
                && summary.getSummary().getTestsFoundCount() > 0;
        System.exit(good ? 0 : 1);
    }
}
