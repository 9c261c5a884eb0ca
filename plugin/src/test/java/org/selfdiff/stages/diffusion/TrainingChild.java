package org.selfdiff.stages.diffusion;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.selfdiff.data.Embeddings;
import org.selfdiff.data.Tile;
import org.selfdiff.diffusion.Ddim;
import org.selfdiff.engine.DeviceChoice;
import org.selfdiff.nn.unet.ContextUNetSpec;
import org.selfdiff.run.RunControl;
import org.selfdiff.train.Precision;
import org.selfdiff.train.TrainingPlan;

/** The program that {@link ResumeTest} kills. */
final class TrainingChild {
    private TrainingChild() {}

    /**
     * Trains on the discs in a folder: arguments are folder, number of tiles, folder for checkpoints, model file, and
     * whether the network is told embeddings.
     */
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
        final boolean told = Boolean.parseBoolean(args[4]);
        PretrainDiffusion.run(
                new PretrainDiffusion.Request(
                        tiles,
                        told
                                ? new DenoiserSpec.Context(new ContextUNetSpec(
                                        3, 3, List.of(8, 8), List.of(true, true), List.of(1, 1), 1, 2, false, 4))
                                : new DenoiserSpec.Plain(PretrainDiffusionTest.SMALL),
                        Optional.empty(),
                        told ? Optional.of(conditions(tiles.size())) : Optional.empty(),
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

    private static PretrainDiffusion.Conditions conditions(final int count) {
        final List<float[]> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(new float[] {i, 100 + i * i});
        }
        return new PretrainDiffusion.Conditions(new Embeddings(rows, 2, Optional.empty()), 0.3);
    }
}
