package org.selfdiff.fuzz;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Searches for inputs that make a reader fail otherwise than by a message, hang, or fill the memory. Prints how many
 * inputs each target was given. Exit code 1 when something was found, 2 when the command line was not understood.
 */
public final class Fuzz {
    private static final Path ROOT = Path.of("target", "fuzz");

    private Fuzz() {}

    /** Runs; see {@link Options#USAGE}. */
    public static void main(final String[] arguments) throws Exception {
        if (List.of(arguments).contains("--list")) {
            Targets.all().forEach(target -> System.out.println(target.name()));
            return;
        }
        final Options options;
        try {
            options = Options.parse(arguments);
        } catch (final IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        if (!possible()) {
            System.out.println("*** FUZZING IS SKIPPED: Jazzer has no native part for " + platform()
                    + ". Nothing was searched. ***");
            return;
        }
        System.exit(run(options) ? 0 : 1);
    }

    private static String platform() {
        return System.getProperty("os.name") + " on " + System.getProperty("os.arch");
    }

    /** Whether Jazzer has a native part for this machine. */
    static boolean possible() {
        final String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        final String name = system.startsWith("mac") ? "macos" : system.startsWith("windows") ? "windows" : system;
        final String processor =
                System.getProperty("os.arch").equals("amd64") ? "x86_64" : System.getProperty("os.arch");
        return Fuzz.class.getResource("/com/code_intelligence/jazzer/driver/jazzer_driver_" + name + "_" + processor)
                != null;
    }

    private static boolean run(final Options options) throws IOException, InterruptedException, ExecutionException {
        final long began = System.nanoTime();
        final Outcome planted = new Session(Targets.PLANTED, ROOT, 0, 100).run();
        final boolean guided = planted.problem().contains("the planted fault");
        System.out.println(
                guided
                        ? "The search is guided: the planted fault was found after " + planted.executions() + " inputs."
                        : "The search is NOT guided: the planted fault was not found. " + planted.problem());
        System.out.println(Outcome.title());
        final ExecutorService jobs = Executors.newFixedThreadPool(options.jobs());
        final List<Future<Outcome>> sessions = new ArrayList<>();
        for (final Target target : options.targets()) {
            sessions.add(jobs.submit(() -> new Session(target, ROOT, options.secondsEach(), options.percent()).run()));
        }
        jobs.shutdown();
        boolean clean = guided;
        long executions = 0;
        for (final Future<Outcome> session : sessions) {
            final Outcome outcome = session.get();
            System.out.println(outcome.line());
            if (!outcome.clean()) {
                System.out.println(
                        "    input and stack: " + ROOT.resolve(outcome.target()).toAbsolutePath());
            }
            clean &= outcome.clean();
            executions += outcome.executions();
        }
        System.out.printf(
                Locale.ROOT,
                "%d executions over %d targets in %.0f s, %s%n",
                executions,
                options.targets().size(),
                (System.nanoTime() - began) / 1e9,
                clean ? "nothing found" : "NOT CLEAN");
        return clean;
    }
}
