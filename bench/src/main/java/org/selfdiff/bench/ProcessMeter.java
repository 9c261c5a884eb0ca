package org.selfdiff.bench;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this process has used so far. */
public final class ProcessMeter {
    /** Java's own measure of a process's CPU time moves in steps of 10 ms. */
    private static final Function CLOCK = NativeLibrary.getProcess().getFunction("clock_gettime");

    private static final int PROCESS_CPU_TIME = 2;

    private ProcessMeter() {}

    /** CPU time of all threads of this process so far, in ns. */
    public static long cpuTime() {
        try (Memory time = new Memory(16)) {
            CLOCK.invokeInt(new Object[] {PROCESS_CPU_TIME, time});
            return time.getLong(0) * 1_000_000_000 + time.getLong(8);
        }
    }

    /** The most memory that the process has had at once, in kB. */
    public static long peakKilobytes() throws IOException {
        for (final String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmHWM:")) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        return 0;
    }
}
