package org.selfdiff;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Runs the test classes whose simple names match its arguments ({@code *} stands for anything): {@code ./selfdiff check}. */
final class Check {
    /** So many classes are named with their times, if they took more than a second. */
    private static final int SHOWN = 40;

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
        final SlowestClasses slowest = new SlowestClasses();
        LauncherFactory.create().execute(request, summary, slowest);
        final PrintWriter out = new PrintWriter(System.out, true);
        summary.getSummary().printFailuresTo(out, 30);
        slowest.list().stream()
                .limit(SHOWN)
                .filter(time -> time.getValue() >= 1)
                .forEach(time -> out.printf(Locale.ROOT, "%6.1f s %s%n", time.getValue(), time.getKey()));
        out.printf(
                Locale.ROOT,
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
