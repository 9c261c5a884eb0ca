package org.selfdiff.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The machine that measures. */
public final class Machine {
    private Machine() {}

    /** Processor, Java and load, a sentence. */
    public static String describe() throws IOException {
        final String processor = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .findFirst()
                .map(line -> line.substring(line.indexOf(':') + 2))
                .orElse("unknown processor");
        return processor + ", " + Runtime.getRuntime().availableProcessors() + " processors, Java "
                + Runtime.version().feature() + " by " + System.getProperty("java.vendor") + ", load "
                + Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
    }
}
