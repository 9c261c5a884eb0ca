package org.selfdiff.engine;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.WString;
import java.util.Map;

/**
 * Environment variables that OpenMP reads when LibTorch is loaded. Without them, threads that wait spin: on a machine
 * that is busy with other things a training step then takes ten times as long.
 */
final class ProcessEnvironment {
    private static final Map<String, String> QUIET_WAITING =
            Map.of("OMP_WAIT_POLICY", "PASSIVE", "GOMP_SPINCOUNT", "0", "KMP_BLOCKTIME", "0");

    private ProcessEnvironment() {}

    /**
     * Sets what the user has not set himself.
     *
     * @return how it went, for the versions of a run
     */
    static String setQuietWaiting(final Platform platform) {
        try {
            for (final Map.Entry<String, String> e : QUIET_WAITING.entrySet()) {
                if (System.getenv(e.getKey()) == null) {
                    set(platform, e.getKey(), e.getValue());
                }
            }
            return "passive";
        } catch (LinkageError e) {
            return "default"; // only speed is lost
        }
    }

    private static void set(final Platform platform, final String name, final String value) {
        if (platform == Platform.WINDOWS_X86_64) {
            NativeLibrary.getInstance("kernel32")
                    .getFunction("SetEnvironmentVariableW")
                    .invokeInt(new Object[] {new WString(name), new WString(value)});
        } else {
            final Function setenv = NativeLibrary.getProcess().getFunction("setenv");
            setenv.invokeInt(new Object[] {name, value, 1});
        }
    }
}
