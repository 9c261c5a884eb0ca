package org.selfdiff.headless.runner;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.core.runtime.Platform;
import org.eclipse.equinox.app.IApplication;
import org.eclipse.equinox.app.IApplicationContext;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.selfdiff.headless.runner.command.Commands;
import org.selfdiff.headless.runner.command.Surroundings;
import org.selfdiff.headless.runner.console.Terminal;
import org.selfdiff.headless.runner.execute.CancelFlag;
import org.selfdiff.headless.runner.knime.RegistryCatalogue;

/** Entry point within Equinox: the application {@code org.selfdiff.headless.runner.run}. */
public final class RunApplication implements IApplication {
    /** A cancelled run gets this long to save the state of its trainings and to clean up; most need a fraction of it. */
    private static final long FAREWELL_MILLISECONDS = 2500;

    private final CancelFlag cancel = new CancelFlag();

    private final CountDownLatch done = new CountDownLatch(1);

    @Override
    public Object start(final IApplicationContext context) {
        Runtime.getRuntime().addShutdownHook(new Thread(farewell(), "cancel"));
        final Object arguments = context.getArguments().get(IApplicationContext.APPLICATION_ARGS);
        return run(arguments instanceof String[] texts ? texts : new String[0]);
    }

    @Override
    public void stop() {
        // Nothing outlives start().
    }

    /**
     * Runs a command line.
     *
     * @return the exit status
     */
    public int run(final String[] arguments) {
        // Libraries of the nodes log through java.util.logging; what users must know comes as node messages.
        Logger.getLogger("").setLevel(Level.WARNING);
        final PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        final PrintStream errors =
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        final Path folder = Path.of(System.getProperty("selfdiff.folder", "")).toAbsolutePath();
        final Surroundings surroundings = new Surroundings(
                folder,
                Path.of(System.getProperty("selfdiff.root", folder.toString())),
                Terminal.detected(out),
                () -> new RegistryCatalogue(Platform.getExtensionRegistry()),
                versions(),
                cancel,
                Optional.ofNullable(System.getenv("KNIME_HOME"))
                        .filter(home -> !home.isBlank())
                        .map(Path::of));
        try {
            return new Commands(surroundings, errors).run(List.of(arguments)).status();
        } finally {
            done.countDown();
        }
    }

    /**
     * What whoever started this must do when the process is told to end, by Ctrl-C for instance: asks the run to stop and
     * lets it say goodbye. Does nothing when the run is over.
     */
    public Runnable farewell() {
        return () -> {
            if (done.getCount() == 0) {
                return;
            }
            cancel.raise();
            try {
                done.await(FAREWELL_MILLISECONDS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    private static Map<String, String> versions() {
        final Map<String, String> versions = new LinkedHashMap<>();
        versions.put("java", Runtime.version().toString());
        final Bundle here = FrameworkUtil.getBundle(RunApplication.class);
        if (here != null) {
            for (Bundle bundle : here.getBundleContext().getBundles()) {
                versions.put(bundle.getSymbolicName(), bundle.getVersion().toString());
            }
        }
        return versions;
    }
}
