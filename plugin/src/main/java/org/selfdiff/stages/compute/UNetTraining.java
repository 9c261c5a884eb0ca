package org.selfdiff.stages.compute;

import com.google.gson.JsonObject;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.selfdiff.data.Batch;
import org.selfdiff.data.Tile;
import org.selfdiff.data.TileBatches;
import org.selfdiff.nn.InitialWeights;
import org.selfdiff.nn.Parameter;
import org.selfdiff.nn.UNetSpec;
import org.selfdiff.nn.unet.UNet;
import org.selfdiff.run.RunFailed;
import org.selfdiff.train.LossLog;
import org.selfdiff.train.TrainingPlan;
import org.selfdiff.weights.ModelInput;
import org.selfdiff.weights.NamedWeights;
import org.selfdiff.weights.Weight;

/** What the two stages that train a U-Net share. */
public final class UNetTraining {
    /** Value of black; the same in pre-training and fine-tuning, or what was learnt would not be recognised. */
    public static final double LOW = -1;

    /** Value of white. */
    public static final double HIGH = 1;

    private UNetTraining() {}

    /** The network's parameters in order. */
    public static List<Parameter> parameters(final UNetSpec spec) {
        return new UNet(spec).parameters();
    }

    /** Fresh weights. */
    public static NamedWeights fresh(final UNetSpec spec, final long seed) {
        final Map<String, Weight> weights = new LinkedHashMap<>();
        for (final Parameter parameter : parameters(spec)) {
            weights.put(parameter.name(), new Weight(parameter.dimensions(), InitialWeights.draw(parameter, seed)));
        }
        return new NamedWeights(weights);
    }

    /** Refuses tiles that the network cannot take. */
    public static void requireFit(final TileBatches tiles, final UNetSpec network) throws RunFailed {
        if (network.inputChannels() != Batch.CHANNELS) {
            throw new RunFailed(
                    "The network takes " + network.inputChannels() + " channels, tiles have " + Batch.CHANNELS,
                    "network",
                    "Use a network for colour pictures.");
        }
        final int multiple = network.sideMultiple();
        if (tiles.width() != tiles.height() || tiles.width() % multiple != 0) {
            throw new RunFailed(
                    "The tiles have " + tiles.width() + " x " + tiles.height() + " pixels, but a network of "
                            + network.levels() + " levels takes squares whose sides are multiples of " + multiple,
                    "table of tiles",
                    "Cut tiles of such a size, or use fewer levels.");
        }
    }

    /** What the model is fed with; its micrometres per pixel are the mean if all tiles are within a tenth of it. */
    public static ModelInput input(final List<Tile> tiles) {
        final DoubleSummaryStatistics mpp =
                tiles.stream().mapToDouble(tile -> tile.area().mpp()).summaryStatistics();
        final double mean = mpp.getAverage();
        final boolean alike = mpp.getMin() > 0.9 * mean && mpp.getMax() < 1.1 * mean;
        return new ModelInput(Batch.CHANNELS, tiles.get(0).width(), LOW, HIGH, alike ? mean : Double.NaN);
    }

    /**
     * Everything that decides about the outcome, by name; time budget, patience and intervals of checkpoints may change
     * when a run goes on.
     */
    public static Map<String, String> request(
            final Map<String, String> settings, final String data, final String type) {
        final Map<String, String> request = new TreeMap<>(settings);
        request.remove("budget");
        request.remove("precision");
        request.put("data", data);
        request.put("numbers", type);
        return request;
    }

    /** As the {@code training} of a card. */
    public static JsonObject training(
            final TrainingPlan plan, final LossLog log, final String stopped, final List<Tile> tiles) {
        final JsonObject json = new JsonObject();
        SlideStain.note(tiles, json);
        plan.settings().forEach(json::addProperty);
        json.addProperty("stepsMade", log.entries().size());
        if (!log.entries().isEmpty()) {
            json.addProperty(
                    "finalLoss", log.entries().get(log.entries().size() - 1).smoothed());
        }
        json.addProperty("stopped", stopped);
        return json;
    }
}
