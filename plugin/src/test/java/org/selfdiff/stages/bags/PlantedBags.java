package org.selfdiff.stages.bags;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.selfdiff.engine.DeviceChoice;
import org.selfdiff.imaging.SeededRandom;
import org.selfdiff.model.ModelInput;
import org.selfdiff.nn.mil.MilSpec;
import org.selfdiff.run.RunFailed;
import org.selfdiff.train.Precision;
import org.selfdiff.train.TrainingPlan;

/** Bags with something planted, and requests to learn it. */
final class PlantedBags {
    static final int WIDTH = 6;

    private PlantedBags() {}

    /** Odd bags hold a region of 2 x 2 tiles that are moved along the first axis. */
    static List<Bag> regions(final int grid, final int count, final long seed) {
        final List<Bag> bags = new ArrayList<>();
        for (int b = 0; b < count; b++) {
            final SeededRandom random = new SeededRandom(seed, b);
            final int x = 2 * random.nextInt(grid / 2);
            final int y = 2 * random.nextInt(grid / 2);
            final List<float[]> features = noise(grid * grid, random);
            for (int i = 0; i < grid * grid; i++) {
                if (b % 2 == 1 && i % grid / 2 == x / 2 && i / grid / 2 == y / 2) {
                    features.get(i)[0] += 4;
                }
            }
            bags.add(bag(b, grid, features));
        }
        return bags;
    }

    /** All tiles of a bag are moved along the first axis by so much, along the second by so much. */
    static List<Bag> moved(final int grid, final double[] first, final double[] second, final long seed) {
        final List<Bag> bags = new ArrayList<>();
        for (int b = 0; b < first.length; b++) {
            final List<float[]> features = noise(grid * grid, new SeededRandom(seed, b));
            for (final float[] tile : features) {
                tile[0] += (float) first[b];
                tile[1] += (float) second[b];
            }
            bags.add(bag(b, grid, features));
        }
        return bags;
    }

    private static List<float[]> noise(final int tiles, final SeededRandom random) {
        final List<float[]> features = new ArrayList<>();
        for (int i = 0; i < tiles; i++) {
            final float[] f = new float[WIDTH];
            for (int k = 0; k < WIDTH; k++) {
                f[k] = (float) random.gaussian();
            }
            features.add(f);
        }
        return features;
    }

    private static Bag bag(final int number, final int grid, final List<float[]> features) {
        final int n = features.size();
        return new Bag(
                "s" + number,
                "p" + number,
                IntStream.range(0, n).toArray(),
                BagFeatures.of(features),
                IntStream.range(0, n).map(i -> i % grid).toArray(),
                IntStream.range(0, n).map(i -> i / grid).toArray());
    }

    /** Odd bags are tumours. */
    static BagTargets halves(final int count) {
        return BagTargets.classes(
                List.of("normal", "tumour"),
                IntStream.range(0, count).map(i -> i % 2).toArray());
    }

    static MilSpec network(final MilSpec.Method method, final int outputs) {
        return new MilSpec(method, WIDTH, 16, 8, outputs, 2, 1, 2);
    }

    /** Three folds, whole bags. */
    static LearnBags.Request request(
            final List<Bag> bags,
            final BagTargets targets,
            final MilSpec.Method method,
            final int steps,
            final int batch,
            final Path model)
            throws RunFailed {
        return new LearnBags.Request(
                bags,
                BagUnit.SLIDE,
                targets,
                network(method, targets.outputs()).checked(),
                new ModelInput.Features(WIDTH, "test", "ab"),
                new LearnBags.Split(3, Optional.empty(), 1),
                new LearnBags.Training(
                        0,
                        true,
                        CoxLoss.Ties.BRESLOW,
                        TrainingPlan.ofSteps(steps, batch, 3e-3).with(Precision.FP32),
                        7),
                DeviceChoice.parse("cpu"),
                Optional.empty(),
                model);
    }

    static LearnBags.Request with(
            final LearnBags.Request r, final LearnBags.Split split, final Optional<Path> checkpoints) {
        return new LearnBags.Request(
                r.bags(),
                r.unit(),
                r.targets(),
                r.network(),
                r.input(),
                split,
                r.training(),
                r.device(),
                checkpoints,
                r.modelFile());
    }
}
