package org.selfdiff.headless.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/**
 * Starts Equinox with the built bundles, hands the command line to the runner and ends with its exit status. System
 * property {@code selfdiff.root} names the project's folder.
 */
public final class Boot {
    private static final String RUNNER = "org.selfdiff.headless.runner";

    private static final int BROKEN = 6;

    private static final long STOP_MILLISECONDS = 300;

    /** Bytes that the framework's state may take. */
    private static final long ROOM = 1 << 20;

    private Boot() {}

    /** Runs a command line of the runner. */
    public static void main(final String[] arguments) {
        int status = BROKEN;
        try {
            status = run(Path.of(System.getProperty("selfdiff.root", "")).toAbsolutePath(), arguments);
        } catch (NoRoom e) {
            System.err.println(e.getMessage());
            System.err.println("  remedy: free some space there, or set TMPDIR to another folder");
        } catch (IOException | BundleException | ReflectiveOperationException e) {
            System.err.println("The embedded runner could not be started: " + e);
            System.err.println("  remedy: ./selfdiff clean && ./selfdiff build");
            e.printStackTrace();
        }
        System.exit(status);
    }

    /** Where the framework keeps its state; what it would say of a full disk helps nobody. */
    private static Path storage() throws IOException {
        final Path place = Path.of(System.getProperty("java.io.tmpdir"));
        try {
            if (Files.getFileStore(place).getUsableSpace() >= ROOM) {
                return Files.createTempDirectory(place, "selfdiff-osgi");
            }
        } catch (IOException e) {
            throw new NoRoom(place, e);
        }
        throw new NoRoom(place, null);
    }

    /** The temporary folder is missing, full or not to be written to. */
    private static final class NoRoom extends IOException {
        private static final long serialVersionUID = 1L;

        private NoRoom(final Path place, final IOException cause) {
            super("The temporary folder " + place + " is missing, full or not to be written to", cause);
        }
    }

    private static int run(final Path root, final String[] arguments)
            throws IOException, BundleException, ReflectiveOperationException {
        final Path storage = storage();
        final Map<String, String> settings = new HashMap<>();
        settings.put(Constants.FRAMEWORK_STORAGE, storage.toString());
        // As Eclipse's own launcher has it: plug-ins see javax packages without importing them.
        settings.put("osgi.compatibility.bootdelegation", "true");
        settings.put("osgi.instance.area", storage.resolve("workspace").toUri().toString());
        final Framework framework = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow(() -> new IOException("no OSGi framework on the class path"))
                .newFramework(settings);
        framework.init();
        final List<Bundle> bundles = new ArrayList<>();
        for (Path place : BundlePlaces.of(root)) {
            bundles.add(framework.getBundleContext().installBundle("reference:" + place.toUri()));
        }
        framework.start();
        start(bundles);
        final Bundle runner = bundles.stream()
                .filter(bundle -> RUNNER.equals(bundle.getSymbolicName()))
                .findFirst()
                .orElseThrow();
        final Object application = runner.loadClass(RUNNER + ".RunApplication")
                .getDeclaredConstructor()
                .newInstance();
        // The class lives in another loader, so it is called by name.
        final Runnable farewell =
                (Runnable) application.getClass().getMethod("farewell").invoke(application);
        final AtomicBoolean finished = new AtomicBoolean();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            final boolean cancelled = !finished.get();
                            close(farewell, framework, storage);
                            if (cancelled) {
                                vanish();
                            }
                        },
                        "close"));
        final int status =
                (int) application.getClass().getMethod("run", String[].class).invoke(application, (Object) arguments);
        finished.set(true);
        return status;
    }

    private static void start(final List<Bundle> bundles) throws BundleException {
        for (Bundle bundle : bundles) {
            if (bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null) {
                final boolean platform = bundle.getSymbolicName().startsWith("org.eclipse.");
                bundle.start(platform ? 0 : Bundle.START_ACTIVATION_POLICY);
            }
        }
    }

    /** One after the other: a cancelled run still needs its classes, and the framework its folder. */
    private static void close(final Runnable farewell, final Framework framework, final Path storage) {
        farewell.run();
        try {
            framework.stop();
            framework.waitForStop(STOP_MILLISECONDS);
        } catch (BundleException | InterruptedException e) {
            // The process ends anyway.
        }
        delete(storage);
    }

    /**
     * Ends the process at once. A cancelled step of a training may still be computing in native code; an orderly exit
     * would take LibTorch's memory from under it, and the user's last line would be a crash report.
     */
    private static void vanish() {
        System.out.flush();
        try {
            new ProcessBuilder(
                            "bash",
                            "-c",
                            "kill -KILL " + ProcessHandle.current().pid())
                    .start()
                    .waitFor();
        } catch (IOException | InterruptedException e) {
            // Then the orderly exit has to do.
        }
    }

    private static void delete(final Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            // A temporary folder that cannot be removed is the system's to clean.
        }
    }
}
