package org.selfdiff.stages.bags;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.selfdiff.engine.DeviceChoice;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.draw.IntervalChart;
import org.selfdiff.metrics.classification.DeLong;
import org.selfdiff.metrics.classification.RocCurve;
import org.selfdiff.metrics.statistics.Interval;
import org.selfdiff.model.ModelInput;
import org.selfdiff.model.ModelTask.Bags.Target;
import org.selfdiff.nn.mil.MilSpec;
import org.selfdiff.run.Pace;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.compute.Setting;

/**
 * Trains several methods on the same folds of patients, several times with other folds and beginnings, and compares what they
 * say of bags that they never saw. A repetition has the same folds for all methods, so that differences are paired.
 */
public final class CompareBags {
    private static final double CONFIDENCE = 0.95;

    private static final int MOST_REPETITIONS = 100;

    private static final int CHART_WIDTH = 900;

    private CompareBags() {}

    /**
     * What is compared.
     *
     * @param bags slides or patients
     * @param unit which of the two
     * @param targets two classes; the second is the one that is looked for
     * @param methods with their names, at least one
     * @param input what the embeddings are
     * @param folds number of folds, at least 2
     * @param repetitions how often, with seeds one after the other, 1 to 100
     * @param training how each network is trained; its seed is that of the first repetition
     * @param device where it runs
     */
    public record Request(
            List<Bag> bags,
            BagUnit unit,
            BagTargets targets,
            List<Named> methods,
            ModelInput.Features input,
            int folds,
            int repetitions,
            LearnBags.Training training,
            DeviceChoice device) {

        /** Copies the lists. */
        public Request {
            bags = List.copyOf(bags);
            methods = List.copyOf(methods);
        }
    }

    /**
     * A method.
     *
     * @param name for tables and charts
     * @param network its sizes
     */
    public record Named(String name, MilSpec network) {}

    /**
     * A method on all folds of a repetition.
     *
     * @param method its name
     * @param repetition from 0
     * @param fold of each bag
     * @param predictions probabilities of each bag, by networks that never saw it
     * @param seconds that training took
     */
    public record Trial(String method, int repetition, int[] fold, List<double[]> predictions, double seconds) {}

    /**
     * Where a method stands. All numbers but those of single repetitions are of each bag's mean probability over them.
     *
     * @param method its name
     * @param auroc area under the ROC curve
     * @param interval of 95 % by DeLong, within 0 and 1; none where all bags are told apart
     * @param single areas of the repetitions
     * @param averagePrecision area under precision over recall
     * @param balancedAccuracy mean of sensitivity and specificity at a probability of one half
     * @param p two-sided, of the paired DeLong test against the method with the largest area; {@code NaN} for that one
     * @param seconds of a repetition, on average
     */
    public record Standing(
            String method,
            double auroc,
            Interval interval,
            double[] single,
            double averagePrecision,
            double balancedAccuracy,
            double p,
            double seconds) {}

    /**
     * What came of it.
     *
     * @param trials method by method, repetition by repetition
     * @param standings in the order of the methods
     * @param chart of the areas
     */
    public record Result(List<Trial> trials, List<Standing> standings, Picture chart) {}

    /**
     * Compares.
     *
     * @throws RunFailed if there are not two classes, as {@link LearnBags#run}, or if the temporary folder is full
     */
    public static Result run(final Request request, final RunControl control) throws RunFailed, RunCancelled {
        Setting.check("repetitions", request.repetitions, 1, MOST_REPETITIONS);
        if (request.targets.kind() != Target.CLASS || request.targets.names().size() != 2) {
            throw new RunFailed(
                    "Methods are compared on two classes, and here are "
                            + request.targets.names().size() + ": " + String.join(", ", request.targets.names()),
                    "column of labels",
                    "Choose a column with two classes, or score the predictions of one MIL Learner for each method.");
        }
        if (request.methods.isEmpty()) {
            throw new RunFailed("No method is chosen", "settings \"Methods\"", "Choose one and more.");
        }
        final int count = request.methods.size() * request.repetitions;
        final Pace pace = new Pace("trainings of all folds", 0, count);
        final List<Trial> trials = new ArrayList<>();
        final Path model = temporary();
        try {
            for (final Named method : request.methods) {
                for (int r = 0; r < request.repetitions; r++) {
                    final int done = trials.size();
                    control.progress((double) done / count, method.name + "; " + pace.line(done));
                    trials.add(trial(
                            request, method, r, model, control.part((double) done / count, (done + 1.0) / count)));
                }
            }
        } finally {
            delete(model);
        }
        final List<Standing> standings = standings(request, trials);
        return new Result(trials, standings, chart(request, standings));
    }

    private static Trial trial(
            final Request request, final Named method, final int repetition, final Path model, final RunControl control)
            throws RunFailed, RunCancelled {
        final LearnBags.Training t = request.training;
        final long begun = System.nanoTime();
        final LearnBags.Result result = LearnBags.run(
                new LearnBags.Request(
                        request.bags,
                        request.unit,
                        request.targets,
                        method.network,
                        request.input,
                        new LearnBags.Split(request.folds, Optional.empty(), 1),
                        new LearnBags.Training(t.bagTiles(), t.balanced(), t.ties(), t.plan(), t.seed() + repetition),
                        request.device,
                        Optional.empty(),
                        model),
                control);
        return new Trial(
                method.name, repetition, result.fold(), result.predictions(), (System.nanoTime() - begun) / 1e9);
    }

    /** Models are not kept: whoever has chosen a method trains it with the MIL Learner. */
    private static Path temporary() throws RunFailed {
        try {
            return Files.createTempFile("selfdiff-comparison", ".safetensors");
        } catch (final IOException e) {
            throw new RunFailed(
                    "No temporary file can be made: " + e,
                    System.getProperty("java.io.tmpdir"),
                    "Make room there, or choose another folder by -Djava.io.tmpdir.",
                    e);
        }
    }

    private static void delete(final Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (final IOException e) {
            file.toFile().deleteOnExit(); // nobody needs it any more
        }
    }

    /** Where the methods stand. */
    static List<Standing> standings(final Request request, final List<Trial> trials) {
        final boolean[] truth = new boolean[request.bags.size()];
        for (int i = 0; i < truth.length; i++) {
            truth[i] = request.targets.label(i) == 1;
        }
        final List<double[]> means = new ArrayList<>();
        final List<DeLong> areas = new ArrayList<>();
        for (int m = 0; m < request.methods.size(); m++) {
            means.add(mean(of(request, trials, m), truth.length));
            areas.add(DeLong.of(truth, means.get(m)));
        }
        final int best = areas.indexOf(Collections.max(areas, (a, b) -> Double.compare(a.area(), b.area())));
        final List<Standing> standings = new ArrayList<>();
        for (int m = 0; m < request.methods.size(); m++) {
            final List<Trial> own = of(request, trials, m);
            standings.add(new Standing(
                    request.methods.get(m).name,
                    areas.get(m).area(),
                    areas.get(m).logitInterval(CONFIDENCE),
                    own.stream()
                            .mapToDouble(t -> DeLong.of(truth, second(t)).area())
                            .toArray(),
                    RocCurve.of(truth, means.get(m)).averagePrecision(),
                    balanced(truth, means.get(m)),
                    m == best
                            ? Double.NaN
                            : DeLong.compare(areas.get(best), areas.get(m)).p(),
                    own.stream().mapToDouble(Trial::seconds).average().orElse(Double.NaN)));
        }
        return standings;
    }

    private static List<Trial> of(final Request request, final List<Trial> trials, final int method) {
        return trials.subList(method * request.repetitions, (method + 1) * request.repetitions);
    }

    private static double[] second(final Trial trial) {
        return trial.predictions.stream().mapToDouble(p -> p[1]).toArray();
    }

    private static double[] mean(final List<Trial> trials, final int bags) {
        final double[] mean = new double[bags];
        for (final Trial trial : trials) {
            final double[] one = second(trial);
            for (int i = 0; i < bags; i++) {
                mean[i] += one[i] / trials.size();
            }
        }
        return mean;
    }

    private static double balanced(final boolean[] truth, final double[] probability) {
        final double[] right = new double[2];
        final int[] all = new int[2];
        for (int i = 0; i < truth.length; i++) {
            final int k = truth[i] ? 1 : 0;
            all[k]++;
            right[k] += probability[i] > 0.5 == truth[i] ? 1 : 0;
        }
        return (right[0] / all[0] + right[1] / all[1]) / 2;
    }

    private static Picture chart(final Request request, final List<Standing> standings) {
        final String often = request.repetitions == 1 ? "" : ", dots: each of " + request.repetitions + " repetitions";
        return new IntervalChart(
                        request.bags.size() + " " + request.unit.word() + "s, " + request.folds + " folds" + often,
                        "AUROC with 95 % interval",
                        standings.stream()
                                .map(s -> new IntervalChart.Row(
                                        s.method,
                                        s.auroc,
                                        s.interval.low(),
                                        s.interval.high(),
                                        request.repetitions == 1 ? new double[0] : s.single))
                                .toList(),
                        0.5)
                .draw(CHART_WIDTH);
    }
}
