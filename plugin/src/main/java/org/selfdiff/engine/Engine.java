package org.selfdiff.engine;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.selfdiff.run.RunFailed;

/**
 * LibTorch, started once in the life of the JVM. Nothing is ever downloaded: the libraries are those that are installed
 * with the plug-in, or those in the folder that the user names with {@code SELFDIFF_LIBTORCH} (system property or
 * environment variable; only tested versions).
 *
 * <p>The number of threads is the system property {@code selfdiff.threads}, else the environment variable
 * {@code OMP_NUM_THREADS}, else the number of processors.
 */
public final class Engine {
    private static Engine started;

    private static RunFailed poisoned;

    private final Natives natives;

    private final Map<String, String> versions;

    private final CudaProbe cuda;

    /** Devices that passed the self-test. */
    private final Set<Device> trusted = new HashSet<>();

    private Engine(final Natives natives, final Map<String, String> versions, final CudaProbe cuda) {
        this.natives = natives;
        this.versions = Collections.unmodifiableMap(versions);
        this.cuda = cuda;
    }

    /**
     * A device and why it was chosen.
     *
     * @param device the device
     * @param reason the reason, for the node's message and the model's provenance
     */
    public record Resolved(Device device, String reason) {
        /** For instance {@code cpu (no NVIDIA driver on this machine)}. */
        @Override
        public String toString() {
            return device + " (" + reason + ")";
        }
    }

    /**
     * Starts LibTorch and tests it on the CPU; later calls return the same engine at once.
     *
     * @throws RunFailed saying what was looked for, where, and what to do. Missing or unfit files can be mended and the
     *     call repeated; once loading itself has failed, the JVM must be restarted, and every call says so.
     */
    public static synchronized Engine start() throws RunFailed {
        if (started != null) {
            return started;
        }
        if (poisoned != null) {
            throw poisoned;
        }
        final Platform platform = Platform.current();
        final Natives natives = new NativeSearch(platform, InstalledFolders.list()).find(userFolder());
        final NativeLoading loading = new NativeLoading(platform, natives);
        loading.check();
        try {
            final Map<String, String> versions = loading.load();
            SelfTest.run(Device.CPU);
            final CudaProbe cuda = natives.version().flavour().equals("cpu")
                    ? new CudaProbe(java.util.List.of(), "LibTorch " + natives.version() + " is without CUDA")
                    : CudaProbe.ask(platform);
            started = new Engine(natives, versions, cuda);
            started.trusted.add(Device.CPU);
            return started;
        } catch (RunFailed e) {
            poisoned = e;
            throw e;
        }
    }

    /** Whether {@link #start()} has succeeded. */
    public static synchronized boolean isStarted() {
        return started != null;
    }

    /**
     * The device for a choice. A CUDA device is tested at its first use.
     *
     * @throws RunFailed when a CUDA device was asked for and is not there or does not work
     */
    public synchronized Resolved resolve(final DeviceChoice choice) throws RunFailed {
        return switch (choice.kind()) {
            case CPU -> new Resolved(Device.CPU, "as chosen");
            case AUTO -> automatic();
            case CUDA -> {
                if (choice.number() >= cuda.names().size()) {
                    throw new RunFailed(
                            "There is no device " + choice + ": "
                                    + (cuda.names().isEmpty() ? cuda.reason() : "devices are " + cuda.names()),
                            "setting Device",
                            remedy());
                }
                trust(Device.cuda(choice.number()));
                yield new Resolved(Device.cuda(choice.number()), cuda.names().get(choice.number()) + ", as chosen");
            }
        };
    }

    private Resolved automatic() {
        String reason = cuda.reason();
        for (int i = 0; i < cuda.names().size(); i++) {
            try {
                trust(Device.cuda(i));
                return new Resolved(Device.cuda(i), cuda.names().get(i) + ", found automatically");
            } catch (RunFailed e) {
                reason = e.what();
            }
        }
        return new Resolved(Device.CPU, reason);
    }

    private void trust(final Device device) throws RunFailed {
        if (!trusted.contains(device)) {
            SelfTest.run(device);
            trusted.add(device);
        }
    }

    private String remedy() {
        return natives.version().flavour().equals("cpu")
                ? "Choose auto or cpu; or set " + NativeSearch.USER_SETTING + " to a folder with a LibTorch with CUDA ("
                        + LibTorchVersion.TESTED + ") and restart."
                : "Choose auto or cpu, or one of the devices that are there.";
    }

    /** Names and versions of the software that computes, for provenance: djl, libtorch, flavour, threads, os, java. */
    public Map<String, String> versions() {
        return new LinkedHashMap<>(versions);
    }

    private static String userFolder() {
        final String property = System.getProperty(NativeSearch.USER_SETTING);
        return property != null ? property : System.getenv(NativeSearch.USER_SETTING);
    }
}
