package org.selfdiff.bench.embed;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.selfdiff.bench.AnsweringProcess;
import org.selfdiff.bench.Contender;
import org.selfdiff.bench.ProcessMeter;
import org.selfdiff.bench.peer.PeerEmbedding;

/**
 * The program of one side: embeds a batch whenever a line comes in and answers with nanoseconds of the clock and of the
 * processor and a number of the embeddings. Arguments: {@code ours} or {@code peer}; pictures at once; whether in brain
 * floats.
 */
public final class EmbedChild {
    private EmbedChild() {}

    /** Serves until the input ends. */
    public static void main(final String[] arguments) throws Exception {
        final EmbedWorkload workload = EmbedWorkload.of(arguments[1], arguments[2]);
        final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (Contender contender = arguments[0].equals("ours") ? new OwnEmbedding(workload) : peer(workload);
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

    private static Contender peer(final EmbedWorkload workload) {
        return new PeerEmbedding(
                workload.network(),
                workload.weights(),
                new PeerEmbedding.Pictures(workload.shape(), workload::pictures, EmbedWorkload::value),
                workload.brainFloats());
    }
}
