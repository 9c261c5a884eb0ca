package org.selfdiff.bench;

import org.selfdiff.bench.own.OwnSampling;
import org.selfdiff.bench.own.OwnTraining;
import org.selfdiff.bench.peer.PeerSampling;
import org.selfdiff.bench.peer.PeerTraining;

/** The two sides of the comparison. Each runs in a process of its own, as two LibTorch do not share one. */
public enum Side {
    /** SelfDiff. */
    OURS,

    /** LibTorch's C++ API. */
    PEER;

    /** Loads this side's LibTorch and prepares its steps. */
    Contender start(final Workload workload, final StepKind kind) throws Exception {
        return switch (this) {
            case OURS -> kind.training()
                    ? new OwnTraining(workload, kind.brainFloats())
                    : new OwnSampling(workload, kind.brainFloats());
            case PEER -> kind.training()
                    ? new PeerTraining(workload, kind.brainFloats())
                    : new PeerSampling(workload, kind.brainFloats());
        };
    }
}
