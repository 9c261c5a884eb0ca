package org.selfdiff.bench.bags;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.selfdiff.nn.mil.MilSpec;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.bags.Bag;
import org.selfdiff.stages.bags.BagFeatures;
import org.selfdiff.stages.bags.LearnBags;

/**
 * Musk 1 (Dietterich et al. 1997; UCI, CC BY 4.0): ten-fold accuracy over repetitions, beside what papers state. A tenth
 * chooses the step and another is scored, so that eight tenths are learnt from; papers learn from nine.
 */
public final class MuskTable {
    private static final int WIDTH = 166;

    private static final int FOLDS = 10;

    /** Wang et al., arXiv 1610.02501; Ilse et al., arXiv 1802.04712; Li et al., arXiv 2011.08939. */
    private static final Map<MilSpec.Method, String> STATED = new LinkedHashMap<>();

    static {
        STATED.put(MilSpec.Method.MEAN, "-");
        STATED.put(MilSpec.Method.MAX, "0.889 ± 0.039 (mi-Net)");
        STATED.put(MilSpec.Method.ABMIL, "0.892 ± 0.040");
        STATED.put(MilSpec.Method.DSMIL, "0.932 ± 0.023");
        STATED.put(MilSpec.Method.REGIONAL, "-");
    }

    private MuskTable() {}

    /** Arguments: the data file; repetitions (5); steps of a fold (1200); a method, if not all. */
    public static void main(final String[] arguments) throws IOException, RunFailed, RunCancelled {
        final Path file = Path.of(arguments.length > 0 ? arguments[0] : "../../shared/data/mil-musk1/musk1.data");
        final int repetitions = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
        final int steps = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 1200;
        final List<Bag> bags = new ArrayList<>();
        final int[] labels = read(file, bags);
        final Path model = Files.createTempFile("musk", ".safetensors");
        System.out.println("| method | accuracy, mean ± deviation of " + repetitions + " | stated |\n|---|---|---|");
        for (final Map.Entry<MilSpec.Method, String> entry : STATED.entrySet()) {
            if (arguments.length > 3 && !arguments[3].equals(entry.getKey().name())) {
                continue;
            }
            // regions of one instance: they have no places
            final MilSpec spec = new MilSpec(entry.getKey(), WIDTH, 128, 64, 2, 1, 1, 4);
            final double[] accuracy = new double[repetitions];
            for (int r = 0; r < repetitions; r++) {
                final LearnBags.Result result =
                        new LearntBags(spec.checked(), FOLDS, steps, 1e-3).run(bags, labels, r + 1, model);
                for (int i = 0; i < labels.length; i++) {
                    final double[] p = result.predictions().get(i);
                    accuracy[r] += ((p[1] > p[0] ? 1 : 0) == labels[i] ? 1.0 : 0) / labels.length;
                }
            }
            double mean = 0;
            double square = 0;
            for (final double a : accuracy) {
                mean += a / repetitions;
                square += a * a / repetitions;
            }
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.3f ± %.3f | %s |%n",
                    entry.getKey(),
                    mean,
                    Math.sqrt(Math.max(0, square - mean * mean) * repetitions / Math.max(1, repetitions - 1)),
                    entry.getValue());
        }
        Files.delete(model);
    }

    /** Bags by molecule; each number less its mean over all instances, divided by its deviation. */
    private static int[] read(final Path file, final List<Bag> bags) throws IOException {
        final Map<String, List<float[]>> molecules = new LinkedHashMap<>();
        final Map<String, Integer> classes = new LinkedHashMap<>();
        for (final String line : Files.readAllLines(file)) {
            final String[] cells = line.trim().split(",");
            if (cells.length < WIDTH + 3) {
                continue;
            }
            final float[] values = new float[WIDTH];
            for (int i = 0; i < WIDTH; i++) {
                values[i] = Float.parseFloat(cells[i + 2]);
            }
            molecules.computeIfAbsent(cells[0], k -> new ArrayList<>()).add(values);
            classes.put(cells[0], (int) Float.parseFloat(cells[WIDTH + 2]));
        }
        final List<float[]> all =
                molecules.values().stream().flatMap(List::stream).toList();
        for (int i = 0; i < WIDTH; i++) {
            double mean = 0;
            double square = 0;
            for (final float[] values : all) {
                mean += values[i] / all.size();
                square += (double) values[i] * values[i] / all.size();
            }
            final double deviation = Math.sqrt(Math.max(1e-6, square - mean * mean));
            for (final float[] values : all) {
                values[i] = (float) ((values[i] - mean) / deviation);
            }
        }
        molecules.forEach((name, instances) -> {
            final int[] numbers = IntStream.range(0, instances.size()).toArray();
            bags.add(new Bag(name, name, numbers, BagFeatures.of(instances), numbers, numbers));
        });
        return classes.values().stream().mapToInt(Integer::intValue).toArray();
    }
}
