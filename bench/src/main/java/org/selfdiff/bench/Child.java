package org.selfdiff.bench;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * The program of one side: makes a step whenever a line {@link #STEP} comes in and answers with its times. Arguments:
 * side, workload, kind of step.
 *
 * <p>Answers start with {@link AnsweringProcess#MARK}: {@code ready <version>}, per step
 * {@code <wall ns> <CPU ns> <value>}, and at the end of the input {@code peak <kB>}.
 */
public final class Child {
    /** Asks for a step. */
    static final String STEP = "step";

    private Child() {}

    /** Serves until the input ends. */
    public static void main(final String[] arguments) throws Exception {
        final Workload workload = Workload.named(arguments[1]);
        final StepKind kind = StepKind.valueOf(arguments[2]);
        final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (Contender contender = Side.valueOf(arguments[0]).start(workload, kind);
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            out.println(AnsweringProcess.MARK + "ready " + contender.version());
            for (int index = 0; STEP.equals(in.readLine()); index++) {
                out.println(AnsweringProcess.MARK + timed(contender, index));
            }
            out.println(AnsweringProcess.MARK + "peak " + ProcessMeter.peakKilobytes());
        }
    }

    private static String timed(final Contender contender, final int index) throws Exception {
        final long cpu = ProcessMeter.cpuTime();
        final long wall = System.nanoTime();
        final double value = contender.step(index);
        return (System.nanoTime() - wall) + " " + (ProcessMeter.cpuTime() - cpu) + " " + value;
    }
}
