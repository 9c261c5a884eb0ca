package org.selfdiff.stages.bags;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.selfdiff.engine.DeviceChoice;
import org.selfdiff.imaging.SeededRandom;
import org.selfdiff.model.Model;
import org.selfdiff.model.ModelInput;
import org.selfdiff.model.ModelTask;
import org.selfdiff.nn.mil.MilNetwork;
import org.selfdiff.nn.mil.RegionGrid;
import org.selfdiff.run.Pace;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.compute.ComputeSession;
import org.selfdiff.stages.compute.DeviceCalls;
import org.selfdiff.tensors.ScriptModule;
import org.selfdiff.tensors.Tensor;
import org.selfdiff.train.Precision;

/**
 * Says something about bags with focus (after Cersovsky et al. 2023): a first pass looks at all regions, or at some that
 * are drawn, a second one only at the share of them that the first attended to most. Where regions are drawn, this is
 * repeated. The answers of the ensemble's members and of the repeats are averaged.
 */
public final class PredictBags {
    private static final String STAGE = "PredictBags";

    private PredictBags() {}

    /**
     * What is asked for.
     *
     * @param model a model of {@link LearnBags}
     * @param bags slides or patients, see {@link #unit}
     * @param passes how they are looked at
     * @param calibrated whether probabilities are corrected by the model's temperature
     * @param device where it runs
     */
    public record Request(Path model, List<Bag> bags, Passes passes, boolean calibrated, DeviceChoice device) {}

    /**
     * How bags are looked at.
     *
     * @param focus share of the regions that the second pass looks at, above 0; 1 for no second pass
     * @param tiles how many tiles the first pass sees, drawn by region; 0 for all
     * @param repeats how often this is done where tiles are drawn, at least 1
     * @param seed of what is drawn
     */
    public record Passes(double focus, int tiles, int repeats, long seed) {
        /** One pass over all tiles. */
        public static final Passes WHOLE = new Passes(1, 0, 1, 0);
    }

    /**
     * What came of it.
     *
     * @param predictions of each bag: probabilities of classes or labels, a number, or a risk
     * @param attention of each bag to its tiles and regions
     */
    public record Result(List<double[]> predictions, List<Attention> attention) {}

    /**
     * Attention of the first pass, mean over members and repeats.
     *
     * @param tiles to each tile, summing to 1
     * @param region number of each tile's region, in reading order
     * @param regions to each region, summing to 1
     */
    public record Attention(double[] tiles, int[] region, double[] regions) {}

    /** What a bag of a model is. */
    public static BagUnit unit(final org.selfdiff.model.ModelCard card, final String where) throws RunFailed {
        return BagModel.of(card, where).unit();
    }

    /**
     * Runs the stage.
     *
     * @throws RunFailed when the model, a bag or the device does not do
     * @throws RunCancelled when the user stops it
     */
    public static Result run(final Request request, final RunControl control) throws RunFailed, RunCancelled {
        final Model model = Model.open(request.model, ModelTask.Bags.class, "MIL Learner");
        if (!(request.passes.focus > 0 && request.passes.focus <= 1)) {
            throw new RunFailed(
                    "The focus is " + request.passes.focus,
                    "setting \"focus\"",
                    "Choose a share above 0, 1 for no focus.");
        }
        final BagModel ensemble = BagModel.of(model.card(), request.model.toString());
        requireWidth(request, model, ensemble);
        final List<double[]> predictions = new ArrayList<>();
        final List<Attention> attention = new ArrayList<>();
        final Pace pace = new Pace(ensemble.unit().word() + "s", 0, request.bags.size());
        try (ComputeSession session = ComputeSession.open(request.device, Precision.FP32, STAGE, control);
                ScriptModule module = session.compile(BagScript.methods(ensemble.network(), session.type()))) {
            final List<List<Tensor>> members = new ArrayList<>();
            for (int k = 0; k < ensemble.members(); k++) {
                members.add(DeviceCalls.upload(
                        model.weights(new MilNetwork(ensemble.network()), BagModel.prefix(k)), session.scope()));
            }
            final Looks looks = new Looks(
                    request, ensemble, ((ModelTask.Bags) model.card().task()).target(), session, module, members);
            for (final Bag bag : request.bags) {
                control.checkCancelled();
                looks.at(bag, predictions.size(), predictions, attention, control);
                control.progress((double) predictions.size() / request.bags.size(), pace.line(predictions.size()));
            }
        }
        return new Result(predictions, attention);
    }

    private static void requireWidth(final Request request, final Model model, final BagModel ensemble)
            throws RunFailed {
        final String encoder = model.card().input() instanceof ModelInput.Features features
                ? features.encoder()
                : "the model's encoder";
        for (final Bag bag : request.bags) {
            if (bag.features().width() != ensemble.network().width()) {
                throw new RunFailed(
                        "The embeddings have " + bag.features().width() + " numbers, the model takes "
                                + ensemble.network().width(),
                        ensemble.unit().word() + " " + bag.name(),
                        "Embed with " + encoder + ".");
            }
        }
    }

    /** Looks of all members at a bag. */
    private record Looks(
            Request request,
            BagModel ensemble,
            ModelTask.Bags.Target target,
            ComputeSession session,
            ScriptModule module,
            List<List<Tensor>> members) {

        void at(
                final Bag bag,
                final int number,
                final List<double[]> predictions,
                final List<Attention> attention,
                final RunControl control)
                throws RunFailed, RunCancelled {
            final RegionGrid grid = ensemble.network().grid();
            final int[] region = bag.regionOfTiles(grid);
            final int regions = IntStream.of(region).max().orElse(0) + 1;
            final Passes passes = request.passes;
            final int repeats = passes.tiles == 0 || passes.tiles >= bag.size() ? 1 : passes.repeats;
            final Attention seen = new Attention(new double[bag.size()], region, new double[regions]);
            final List<double[]> said = new ArrayList<>();
            for (int r = 0; r < repeats; r++) {
                final int[] drawn = bag.drawnRegions(grid, passes.tiles, new SeededRandom(passes.seed, number, r));
                final Bag.Regions first = bag.some(grid, drawn);
                for (int m = 0; m < members.size(); m++) {
                    final int member = m;
                    said.add(DeviceCalls.call(
                            session,
                            "prediction",
                            control,
                            () -> twice(bag, drawn, first, member, seen, 1.0 / (repeats * members.size()))));
                }
            }
            predictions.add(BagModel.mean(said));
            attention.add(seen);
        }

        private double[] twice(
                final Bag bag,
                final int[] drawn,
                final Bag.Regions regions,
                final int member,
                final Attention seen,
                final double share)
                throws RunFailed {
            final int width = ensemble.network().width();
            final List<Tensor> parameters = members.get(member);
            final BagScript.Answer first = BagScript.ask(module, session.scope(), parameters, regions, width);
            for (int i = 0; i < regions.tile().length; i++) {
                if (regions.tile()[i] >= 0) {
                    seen.tiles[regions.tile()[i]] += share * first.tiles()[i];
                }
            }
            for (int i = 0; i < drawn.length; i++) {
                seen.regions[drawn[i]] += share * first.regions()[i];
            }
            final int kept = (int) Math.ceil(request.passes.focus * drawn.length);
            final BagScript.Answer answer;
            if (kept == drawn.length) {
                answer = first;
            } else {
                final int[] chosen = IntStream.of(top(first.regions(), kept))
                        .map(i -> drawn[i])
                        .toArray();
                final Bag.Regions again = bag.some(ensemble.network().grid(), chosen);
                answer = BagScript.ask(module, session.scope(), parameters, again, width);
            }
            return BagModel.said(
                    target,
                    answer.outputs(),
                    ensemble.scales().get(member),
                    request.calibrated ? ensemble.temperature() : 1);
        }
    }

    /** The numbers of the largest values, in rising order. */
    private static int[] top(final double[] values, final int count) {
        return IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -values[i]).thenComparing(i -> i))
                .limit(count)
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
    }
}
