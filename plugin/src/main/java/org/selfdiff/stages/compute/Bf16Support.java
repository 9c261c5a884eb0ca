package org.selfdiff.stages.compute;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.selfdiff.engine.Device;

/** Whether a device computes 16-bit brain floats natively, as far as this machine tells. */
final class Bf16Support {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    private Bf16Support() {}

    /** The feature that makes them fast; empty where there is none or it is not known. */
    static Optional<String> of(final Device device) {
        if (!device.isCpu()) {
            return Optional.of("GPU");
        }
        try {
            return Files.isReadable(CPU_INFO)
                    ? inCpuInfo(Files.readString(CPU_INFO, StandardCharsets.US_ASCII))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The feature in Linux's description of the processor. */
    static Optional<String> inCpuInfo(final String text) {
        for (final String feature : new String[] {"amx_bf16", "avx512_bf16"}) {
            if (text.lines().anyMatch(l -> l.startsWith("flags") && (l + " ").contains(" " + feature + " "))) {
                return Optional.of(feature);
            }
        }
        return Optional.empty();
    }
}
