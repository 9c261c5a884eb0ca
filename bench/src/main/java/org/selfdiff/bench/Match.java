package org.selfdiff.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Measures a row: both sides stand ready and make steps in turn, so that a busy machine slows both alike. */
final class Match {
    /** Steps whose values are compared; they also warm up. */
    private static final int WARM_UP = 3;

    private static final int FEWEST = 3;

    private final Workload workload;

    private final StepKind kind;

    private final int threads;

    private final Setting setting;

    Match(final Workload workload, final StepKind kind, final int threads, final Setting setting) {
        this.workload = workload;
        this.kind = kind;
        this.threads = threads;
        this.setting = setting;
    }

    /**
     * Measures.
     *
     * @param seconds time for everything; a few steps are made however long they take
     */
    Row play(final double seconds) throws IOException {
        final long end = System.nanoTime() + (long) (seconds * 1e9);
        try (ChildProcess ours = new ChildProcess(Side.OURS, workload, kind, threads, setting);
                ChildProcess peer = new ChildProcess(Side.PEER, workload, kind, threads, setting)) {
            final List<StepTime> ourSteps = new ArrayList<>();
            final List<StepTime> peerSteps = new ArrayList<>();
            long longest = 0;
            for (int round = 0; round < WARM_UP + FEWEST || System.nanoTime() + longest < end; round++) {
                final long start = System.nanoTime();
                // who is second finds warmer or colder caches, so take turns in that, too
                if (round % 2 == 0) {
                    ourSteps.add(ours.step());
                    peerSteps.add(peer.step());
                } else {
                    peerSteps.add(peer.step());
                    ourSteps.add(ours.step());
                }
                longest = round < WARM_UP ? 0 : Math.max(longest, System.nanoTime() - start);
            }
            return new Row(workload, kind, threads, measurement(ours, ourSteps), measurement(peer, peerSteps));
        }
    }

    private static Measurement measurement(final ChildProcess child, final List<StepTime> steps) throws IOException {
        final List<Double> first =
                steps.subList(0, WARM_UP).stream().map(StepTime::value).toList();
        return new Measurement(first, steps.subList(WARM_UP, steps.size()), child.finish(), child.version());
    }
}
