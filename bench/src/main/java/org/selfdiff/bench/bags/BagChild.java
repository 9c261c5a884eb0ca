package org.selfdiff.bench.bags;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.selfdiff.bench.AnsweringProcess;
import org.selfdiff.bench.Contender;
import org.selfdiff.bench.ProcessMeter;
import org.selfdiff.bench.peer.PeerBags;
import org.selfdiff.nn.mil.MilNetwork;

/**
 * The program of one side: makes a step whenever a line comes in and answers with nanoseconds of the clock and of the
 * processor and the step's number. Arguments: {@code ours}, {@code answer} (ours, without training) or {@code peer};
 * method; {@code true} for published sizes; tiles.
 */
public final class BagChild {
    private BagChild() {}

    /** Serves until the input ends. */
    public static void main(final String[] arguments) throws Exception {
        final BagWorkload workload = BagWorkload.of(arguments[1], arguments[2], arguments[3]);
        final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (Contender contender = start(arguments[0], workload);
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            out.println(AnsweringProcess.MARK + "ready " + contender.version());
            for (int index = 0; in.readLine() != null; index++) {
                final long cpu = ProcessMeter.cpuTime();
                final long wall = System.nanoTime();
                final double value = contender.step(index);
                out.println(AnsweringProcess.MARK + (System.nanoTime() - wall) + " " + (ProcessMeter.cpuTime() - cpu)
                        + " " + value);
            }
            out.println(AnsweringProcess.MARK + "peak " + ProcessMeter.peakKilobytes());
        }
    }

    private static Contender start(final String side, final BagWorkload workload) throws Exception {
        if (!side.equals("peer")) {
            return new OwnBags(workload, side.equals("ours"));
        }
        final MilNetwork network = workload.network();
        return new PeerBags(
                network.function(network.shows() ? MilNetwork.SHOW : MilNetwork.CLASSIFY),
                workload.parameters(),
                workload.weights(),
                workload.prepared());
    }
}
