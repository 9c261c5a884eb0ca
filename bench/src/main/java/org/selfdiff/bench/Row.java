package org.selfdiff.bench;

import java.util.function.ToDoubleFunction;

/**
 * A comparison.
 *
 * @param workload network and batch
 * @param kind kind of step
 * @param threads threads of each side
 * @param ours SelfDiff
 * @param peer LibTorch's C++ API
 */
record Row(Workload workload, StepKind kind, int threads, Measurement ours, Measurement peer) {

    /** Our median over the peer's. */
    double ratio(final ToDoubleFunction<StepTime> time) {
        return ours.median(time) / peer.median(time);
    }

    /** Largest relative difference of the first values; not a number when one of them is not. */
    double difference() {
        double worst = 0;
        for (int i = 0; i < ours.first().size(); i++) {
            final double a = ours.first().get(i);
            final double b = peer.first().get(i);
            worst = Math.max(worst, Math.abs(a - b) / Math.abs(b));
        }
        return worst;
    }

    /** Whether both did the same work, as far as their first values tell. */
    boolean equalWork() {
        return difference() <= kind.tolerance();
    }
}
