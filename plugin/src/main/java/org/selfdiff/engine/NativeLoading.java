package org.selfdiff.engine;

import ai.djl.pytorch.jni.JniUtils;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.selfdiff.run.RunFailed;

/**
 * Hands LibTorch's files to DJL. DJL remembers a failed start for the life of the JVM, so all that can be checked is
 * checked before.
 */
final class NativeLoading {
    /** System property with the number of threads. */
    static final String THREADS = "selfdiff.threads";

    /** Held so that the level is not forgotten; DJL warns about missing CUDA libraries where none is wanted. */
    private static final Logger DJL_LOG = Logger.getLogger("ai.djl");

    private final Platform platform;

    private final Natives natives;

    NativeLoading(final Platform platform, final Natives natives) {
        this.platform = platform;
        this.natives = natives;
    }

    /** What DJL reads, from the environment first and then from the system properties. */
    private Map<String, String> settings() {
        final Map<String, String> settings = new TreeMap<>();
        settings.put("PYTORCH_LIBRARY_PATH", natives.library().toString());
        settings.put("PYTORCH_VERSION", natives.version().number());
        settings.put("PYTORCH_FLAVOR", natives.version().flavour());
        settings.put("OPT_OUT_TRACKING", "true");
        settings.put("DJL_OFFLINE", "true");
        settings.put("DJL_DEFAULT_ENGINE", "PyTorch");
        return settings;
    }

    /** Refuses what would make DJL fail or load something else. */
    void check() throws RunFailed {
        threads();
        if (natives.library().toString().contains(File.pathSeparator)) {
            // DJL would take it for two folders, and then look elsewhere
            throw new RunFailed(
                    "The name of LibTorch's folder holds the character " + File.pathSeparator,
                    natives.library().toString(),
                    "Rename the folder, or move LibTorch to another.");
        }
        for (final Map.Entry<String, String> setting : settings().entrySet()) {
            final String inherited = System.getenv(setting.getKey());
            if (inherited != null && !inherited.equals(setting.getValue())) {
                throw new RunFailed(
                        "The environment variable " + setting.getKey() + " would make DJL use something else: \""
                                + inherited + "\" instead of \"" + setting.getValue() + "\"",
                        "environment",
                        "Remove the variable and restart. To use a LibTorch of your own, set "
                                + NativeSearch.USER_SETTING + " instead.");
            }
        }
    }

    /** Loads the libraries and starts DJL; returns the versions. */
    Map<String, String> load() throws RunFailed {
        DJL_LOG.setLevel(Level.SEVERE);
        final String waiting = ProcessEnvironment.setQuietWaiting(platform);
        NativeHeap.keepFreedMemory();
        settings().forEach(System::setProperty);
        System.setProperty("ai.djl.offline", "true");
        final int threads = threads();
        Path copied = null;
        final Thread thread = Thread.currentThread();
        final ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(NativeLoading.class.getClassLoader());
        try {
            copied = offerJni(Path.of(System.getProperty("java.io.tmpdir")));
            final String version = ai.djl.engine.Engine.getEngine("PyTorch").getVersion();
            JniUtils.setNumThreads(threads);
            final Map<String, String> versions = new LinkedHashMap<>();
            versions.put("djl", ai.djl.engine.Engine.getDjlVersion());
            versions.put("libtorch", version);
            versions.put("flavour", natives.version().flavour());
            versions.put("threads", Integer.toString(threads));
            versions.put("openmp waiting", waiting);
            versions.put("os", platform.classifier() + ", " + System.getProperty("os.version"));
            versions.put("java", Runtime.version().toString());
            return versions;
        } catch (RuntimeException | LinkageError e) {
            throw new RunFailed(
                    "LibTorch " + natives.version() + " does not load: " + deepest(e),
                    natives.library().toString(),
                    "Restart after mending it: a system that is too old, a library missing beside it, or a damaged"
                            + " installation of the SelfDiff native libraries.",
                    e);
        } finally {
            thread.setContextClassLoader(before);
            forget(copied);
        }
    }

    /** DJL looks beside LibTorch first and then in its cache; a user's folder is not written to, so a cache is made. */
    Path offerJni(final Path temporary) throws RunFailed {
        if (natives.library().equals(natives.jni().getParent())) {
            return null;
        }
        final String djl = ai.djl.util.Platform.detectPlatform("pytorch").getApiVersion();
        final String folder = "pytorch/" + natives.version().number() + '-'
                + natives.version().flavour() + '-' + platform.classifier();
        Path cache = null;
        try {
            cache = Files.createTempDirectory(temporary, "selfdiff-jni");
            final Path file =
                    Files.createDirectories(cache.resolve(folder)).resolve(djl + '-' + platform.library("djl_torch"));
            Files.copy(natives.jni(), file);
        } catch (final IOException e) {
            remove(cache);
            throw new RunFailed(
                    "The temporary folder has no room for a copy of LibTorch's bridge (" + natives.jni()
                            + "), or may not" + " be written to: " + e,
                    temporary.toString(),
                    "Free some space there, or give Java another one (-Djava.io.tmpdir=..., in KNIME a line of knime.ini),"
                            + " and start again.",
                    e);
        }
        System.setProperty("ENGINE_CACHE_DIR", cache.toString());
        return cache;
    }

    private static void remove(final Path cache) {
        if (cache == null) {
            return;
        }
        try (var files = Files.walk(cache)) {
            for (final Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            DJL_LOG.log(Level.FINE, "temporary folder stays", e);
        }
    }

    private static void forget(final Path cache) {
        if (cache == null) {
            return;
        }
        System.clearProperty("ENGINE_CACHE_DIR");
        try (var files = Files.walk(cache)) {
            for (final Path file : files.sorted().toList()) {
                // the last one registered goes first; Windows keeps a loaded library until then
                file.toFile().deleteOnExit();
            }
        } catch (IOException e) {
            DJL_LOG.log(Level.FINE, "temporary folder stays", e);
        }
    }

    static int threads() throws RunFailed {
        final String property = System.getProperty(THREADS);
        final String text = property != null ? property : System.getenv("OMP_NUM_THREADS");
        if (text == null || text.isBlank()) {
            return Runtime.getRuntime().availableProcessors();
        }
        try {
            final int n = Integer.parseInt(text.strip());
            if (n >= 1 && n <= 1024) {
                return n;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        if (property == null) {
            return Runtime.getRuntime().availableProcessors(); // OMP_NUM_THREADS may hold a list for nested levels
        }
        throw new RunFailed(
                "\"" + text + "\" is not a number of threads",
                "system property " + THREADS,
                "Give a number from 1 to 1024.");
    }

    private static String deepest(final Throwable e) {
        Throwable t = e;
        while (t.getCause() != null && t.getCause() != t) {
            t = t.getCause();
        }
        return t.getClass().getSimpleName() + ": " + t.getMessage();
    }
}
