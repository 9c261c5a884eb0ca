package org.selfdiff.bench;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The program of one side: makes a step whenever a line {@link #STEP} comes in and answers with its times. Arguments:
 * side, workload, kind of step.
 *
 * <p>Answers start with {@link #MARK}, so that other output does no harm: {@code ready <version>}, per step
 * {@code <wall ns> <CPU ns> <value>}, and at the end of the input {@code peak <kB>}.
 */
public final class Child {
    /** Asks for a step. */
    static final String STEP = "step";

    /** Start of every answer. */
    static final String MARK = "@ ";

    /** Java's own measure of a process's CPU time moves in steps of 10 ms. */
    private static final Function CLOCK = NativeLibrary.getProcess().getFunction("clock_gettime");

    private static final int PROCESS_CPU_TIME = 2;

    private Child() {}

    /** Serves until the input ends. */
    public static void main(final String[] arguments) throws Exception {
        final Workload workload = Workload.named(arguments[1]);
        final StepKind kind = StepKind.valueOf(arguments[2]);
        final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (Contender contender = Side.valueOf(arguments[0]).start(workload, kind);
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            out.println(MARK + "ready " + contender.version());
            for (int index = 0; STEP.equals(in.readLine()); index++) {
                out.println(MARK + timed(contender, index));
            }
            out.println(MARK + "peak " + peakKilobytes());
        }
    }

    private static String timed(final Contender contender, final int index) throws Exception {
        final long cpu = cpuTime();
        final long wall = System.nanoTime();
        final double value = contender.step(index);
        return (System.nanoTime() - wall) + " " + (cpuTime() - cpu) + " " + value;
    }

    /** CPU time of all threads of this process so far, in ns. */
    private static long cpuTime() {
        try (Memory time = new Memory(16)) {
            CLOCK.invokeInt(new Object[] {PROCESS_CPU_TIME, time});
            return time.getLong(0) * 1_000_000_000 + time.getLong(8);
        }
    }

    /** The most memory that the process has had at once. */
    private static long peakKilobytes() throws IOException {
        for (final String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmHWM:")) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        return 0;
    }
}
