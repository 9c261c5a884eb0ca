package org.selfdiff.stages.diffusion;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.selfdiff.data.Tile;
import org.selfdiff.diffusion.Ddim;
import org.selfdiff.engine.DeviceChoice;
import org.selfdiff.run.RunControl;
import org.selfdiff.train.Precision;
import org.selfdiff.train.TrainingPlan;

/** The program that {@link ResumeTest} kills. */
final class TrainingChild {
    private TrainingChild() {}

    /** Trains on the discs in a folder: arguments are folder, number of tiles, folder for checkpoints, model file. */
    public static void main(final String[] args) throws Exception {
        final Path folder = Path.of(args[0]);
        final List<Tile> tiles = new ArrayList<>();
        for (int i = 0; i < Integer.parseInt(args[1]); i++) {
            tiles.add(Tile.of(folder.resolve("disc" + i + ".png"), Optional.empty(), 0, 0, 16, 16, 0.5, "disc" + i));
        }
        final TrainingPlan plan = TrainingPlan.ofSteps(40, 4, 3e-3).with(Precision.AUTO);
        final TrainingPlan often = new TrainingPlan(
                plan.length(),
                plan.batchSize(),
                plan.optimiser(),
                plan.warmupSteps(),
                plan.finalRate(),
                plan.emaDecay(),
                plan.clipNorm(),
                plan.precision(),
                plan.validateEvery(),
                Duration.ZERO);
        PretrainDiffusion.run(
                new PretrainDiffusion.Request(
                        tiles,
                        new DenoiserSpec.Plain(PretrainDiffusionTest.SMALL),
                        Optional.empty(),
                        Optional.empty(),
                        PretrainDiffusionTest.PROCESS,
                        often,
                        true,
                        5,
                        DeviceChoice.CPU,
                        Optional.of(Path.of(args[2])),
                        0,
                        new Ddim(1, 0),
                        Path.of(args[3])),
                RunControl.silent());
        System.exit(0);
    }
}
