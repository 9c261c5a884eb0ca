package org.selfdiff.stages.classification;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.selfdiff.metrics.classification.OneVersusRest;
import org.selfdiff.metrics.classification.RocCurve;
import org.selfdiff.metrics.statistics.Bootstrap;
import org.selfdiff.metrics.statistics.Interval;
import org.selfdiff.run.Pace;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.run.Workers;
import org.selfdiff.stages.compute.Setting;

/**
 * What synthetic pictures are worth to a classifier (the augmentation experiment of DiNO-Diffusion, Jimenez-Perez et al.,
 * arXiv 2407.11594): the same classifier is trained on real pictures alone, with synthetic ones beside them at several
 * ratios, and on synthetic ones alone, from several seeds each, and always scored on the same real pictures. Intervals
 * and differences are from a bootstrap that draws seeds and groups of test pictures.
 */
public final class CompareAugmentation {
    private static final double TRAINING_SHARE = 0.95;

    private CompareAugmentation() {}

    /**
     * What is asked for.
     *
     * @param contest real, synthetic and test pictures, and the classifier
     * @param ratios synthetic pictures for each real one, above 0; as many as each needs must be there
     * @param syntheticOnly whether one is trained on synthetic pictures alone, as many as the largest ratio asks for
     * @param seeds trainings of each kind
     * @param seed of everything random
     * @param confidence of the intervals
     * @param resamples of the bootstrap
     */
    public record Request(
            Contest contest,
            List<Double> ratios,
            boolean syntheticOnly,
            int seeds,
            long seed,
            double confidence,
            int resamples) {

        /** Copies the list. */
        public Request {
            ratios = List.copyOf(ratios);
        }
    }

    /**
     * A kind of training.
     *
     * @param name in words
     * @param ratio synthetic pictures for each real one; {@code NaN} without real ones
     * @param real number of real pictures
     * @param synthetic number of synthetic pictures
     */
    public record Arm(String name, double ratio, int real, int synthetic) {}

    /**
     * A line of the table.
     *
     * @param arm kind of training
     * @param label class, or {@link Score#ALL_CLASSES} for their mean
     * @param area under the ROC curve, mean over seeds
     * @param interval of the area
     * @param deviation of the area between seeds
     * @param difference of the area to the first arm's
     * @param differenceInterval of the difference
     * @param p share of resamples on the other side of no difference, two-sided
     */
    public record Line(
            Arm arm,
            String label,
            double area,
            Interval interval,
            double deviation,
            double difference,
            Interval differenceInterval,
            double p) {}

    /**
     * What came of it.
     *
     * @param lines arm by arm, the mean of all classes first; the first arm is that of real pictures alone
     * @param test number of test pictures
     */
    public record Result(List<Line> lines, int test) {}

    /**
     * Runs the stage.
     *
     * @throws RunFailed when a setting, the pictures or the device do not do, or a training diverges
     * @throws RunCancelled when the user stops it
     */
    public static Result run(final Request request, final RunControl control) throws RunFailed, RunCancelled {
        Setting.check("number of seeds", request.seeds, 1, 1000);
        Setting.check("confidence", request.confidence, 0.5, 0.999);
        Setting.check("resamples", request.resamples, 10, 1_000_000);
        if (request.ratios.isEmpty()) {
            throw new RunFailed("There are no ratios", "setting \"Ratios\"", "Give one or more, such as 1, 2, 4.");
        }
        for (final double ratio : request.ratios) {
            Setting.check("ratio of synthetic to real pictures", ratio, 0.01, 1000);
        }
        request.contest.check();
        final List<Arm> arms = arms(request);
        for (final Arm arm : arms) {
            TrainingRows.draw(request.contest.synthetic().count(), arm.synthetic, 0);
        }
        final List<List<List<double[]>>> found = new ArrayList<>();
        final int trainings = arms.size() * request.seeds;
        final Pace pace = new Pace("trainings", 0, trainings);
        int done = 0;
        for (final Arm arm : arms) {
            final List<List<double[]>> ofArm = new ArrayList<>();
            for (int s = 0; s < request.seeds; s++) {
                control.progress(TRAINING_SHARE * done / trainings, arm.name + ", " + pace.line(done));
                final long seed = request.seed + s;
                ofArm.add(request.contest.trained(
                        arm.real > 0,
                        TrainingRows.draw(request.contest.synthetic().count(), arm.synthetic, seed),
                        seed,
                        control.part(TRAINING_SHARE * done / trainings, TRAINING_SHARE * (done + 1) / trainings)));
                done++;
            }
            found.add(ofArm);
        }
        return new Result(
                lines(request, arms, found, control.part(TRAINING_SHARE, 1)),
                request.contest.test().count());
    }

    private static List<Arm> arms(final Request request) {
        final int real = request.contest.real().count();
        final List<Arm> arms = new ArrayList<>();
        arms.add(new Arm("real", 0, real, 0));
        for (final double ratio : request.ratios) {
            arms.add(new Arm("real + synthetic 1:" + plain(ratio), ratio, real, (int) Math.round(ratio * real)));
        }
        if (request.syntheticOnly) {
            final double most =
                    request.ratios.stream().mapToDouble(r -> r).max().getAsDouble();
            arms.add(new Arm("synthetic", Double.NaN, 0, (int) Math.round(most * real)));
        }
        return arms;
    }

    private static String plain(final double ratio) {
        return ratio == Math.rint(ratio) ? Long.toString((long) ratio) : Double.toString(ratio);
    }

    /** Values in a row for each arm: the mean of the classes, then each class. */
    private static List<Line> lines(
            final Request request,
            final List<Arm> arms,
            final List<List<List<double[]>>> found,
            final RunControl control)
            throws RunFailed, RunCancelled {
        final Labels test = request.contest.test();
        final int width = test.classes().size() + 1;
        final Resampling groups = new Resampling(
                test.count(), Optional.of(request.contest.testGroups()), request.resamples, request.seed);
        final int units = groups.units();
        final Resampling seeds =
                new Resampling(request.seeds, Optional.empty(), request.resamples, request.seed ^ 0x5eedL);
        final List<Bootstrap> sure;
        try (Workers workers = Workers.all()) {
            // the first numbers are groups of test pictures, those behind them seeds
            sure = Bootstrap.all(
                    units + request.seeds,
                    drawn -> statistics(
                            found,
                            test,
                            groups.cases(Arrays.copyOf(drawn, units)),
                            Arrays.stream(drawn, units, drawn.length)
                                    .map(s -> s - units)
                                    .toArray(),
                            width),
                    request.resamples,
                    r -> IntStream.concat(
                                    Arrays.stream(groups.draw(r)),
                                    Arrays.stream(seeds.draw(r)).map(s -> s + units))
                            .toArray(),
                    workers,
                    control);
        }
        final List<Integer> all = IntStream.range(0, test.count()).boxed().toList();
        final List<Line> lines = new ArrayList<>();
        for (int a = 0; a < arms.size(); a++) {
            final List<double[]> bySeed = new ArrayList<>();
            for (final List<double[]> scores : found.get(a)) {
                bySeed.add(areas(test, scores, all));
            }
            for (int k = 0; k < width; k++) {
                final Bootstrap area = sure.get(a * width + k);
                final Bootstrap difference = sure.get((arms.size() + a) * width + k);
                final int column = k;
                lines.add(new Line(
                        arms.get(a),
                        k == 0 ? Score.ALL_CLASSES : test.classes().get(k - 1),
                        area.estimate(),
                        interval(area, request.confidence),
                        deviation(bySeed.stream().mapToDouble(s -> s[column]).toArray()),
                        a == 0 ? Double.NaN : difference.estimate(),
                        a == 0 ? Interval.NONE : interval(difference, request.confidence),
                        a == 0 || difference.resamples() < 2 ? Double.NaN : difference.twoSidedSign()));
            }
        }
        return lines;
    }

    private static Interval interval(final Bootstrap sure, final double confidence) {
        return sure.resamples() < 2 ? Interval.NONE : sure.percentile(confidence);
    }

    /** Means over seeds of all areas of all arms, then their differences to those of the first arm. */
    private static double[] statistics(
            final List<List<List<double[]>>> found,
            final Labels test,
            final List<Integer> cases,
            final int[] seeds,
            final int width) {
        final Labels labels = test.at(cases);
        final double[] values = new double[2 * found.size() * width];
        for (int a = 0; a < found.size(); a++) {
            final double[][] known = new double[found.get(a).size()][];
            for (final int seed : seeds) {
                if (known[seed] == null) {
                    known[seed] = areas(labels, found.get(a).get(seed), cases);
                }
                for (int k = 0; k < width; k++) {
                    values[a * width + k] += known[seed][k] / seeds.length;
                }
            }
            for (int k = 0; k < width; k++) {
                values[(found.size() + a) * width + k] = values[a * width + k] - values[k];
            }
        }
        return values;
    }

    /** The mean of the areas that there are, then each class's; {@code NaN} where all or no cases are of a class. */
    private static double[] areas(final Labels labels, final List<double[]> scores, final List<Integer> cases) {
        final double[][] drawn = cases.stream().map(scores::get).toArray(double[][]::new);
        final double[] areas = new double[labels.classes().size() + 1];
        int defined = 0;
        for (int k = 1; k < areas.length; k++) {
            areas[k] = RocCurve.of(labels.column(k - 1), OneVersusRest.column(drawn, k - 1))
                    .area();
            if (!Double.isNaN(areas[k])) {
                areas[0] += areas[k];
                defined++;
            }
        }
        areas[0] = defined == 0 ? Double.NaN : areas[0] / defined;
        return areas;
    }

    private static double deviation(final double[] values) {
        final double mean = Arrays.stream(values).average().orElse(Double.NaN);
        return values.length < 2
                ? Double.NaN
                : Math.sqrt(
                        Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (values.length - 1));
    }
}
