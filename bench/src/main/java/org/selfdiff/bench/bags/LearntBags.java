package org.selfdiff.bench.bags;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.selfdiff.engine.DeviceChoice;
import org.selfdiff.model.ModelInput;
import org.selfdiff.nn.mil.MilSpec;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.bags.Bag;
import org.selfdiff.stages.bags.BagTargets;
import org.selfdiff.stages.bags.BagUnit;
import org.selfdiff.stages.bags.CoxLoss;
import org.selfdiff.stages.bags.LearnBags;
import org.selfdiff.train.Precision;
import org.selfdiff.train.TrainingPlan;

/**
 * Two classes of bags that are learnt as the MIL Learner learns them.
 *
 * @param network sizes
 * @param folds number of folds
 * @param steps of each fold
 * @param rate learning rate
 */
record LearntBags(MilSpec network, int folds, int steps, double rate) {

    LearnBags.Result run(final List<Bag> bags, final int[] labels, final long seed, final Path model)
            throws RunFailed, RunCancelled {
        return LearnBags.run(
                new LearnBags.Request(
                        bags,
                        BagUnit.SLIDE,
                        BagTargets.classes(List.of("negative", "positive"), labels),
                        network,
                        new ModelInput.Features(network.width(), "measurement", "ab"),
                        new LearnBags.Split(folds, Optional.empty(), 1),
                        new LearnBags.Training(
                                0,
                                true,
                                CoxLoss.Ties.BRESLOW,
                                TrainingPlan.ofSteps(steps, 1, rate).with(Precision.FP32),
                                seed),
                        DeviceChoice.parse("cpu"),
                        Optional.empty(),
                        model),
                RunControl.silent());
    }
}
