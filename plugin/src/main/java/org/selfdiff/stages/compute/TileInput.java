package org.selfdiff.stages.compute;

import com.google.gson.JsonObject;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import org.selfdiff.data.BatchSettings;
import org.selfdiff.data.Tile;
import org.selfdiff.data.TileBatches;
import org.selfdiff.model.ModelInput;
import org.selfdiff.run.RunFailed;

/** Tiles as what a network that is trained from scratch is fed with. */
public final class TileInput {
    /** Value of black; the same in pre-training and fine-tuning, or what was learnt would not be recognised. */
    public static final double LOW = -1;

    /** Value of white. */
    public static final double HIGH = 1;

    private TileInput() {}

    /** Channels that show all that the tiles hold: 1 if all pictures were found grey, else 3. */
    public static int channels(final List<Tile> tiles) {
        return !tiles.isEmpty()
                        && tiles.stream().allMatch(tile -> tile.findings().channels() == 1)
                ? 1
                : BatchSettings.COLOUR;
    }

    /** The input of a network whose tiles are not known yet: as small as it can be. */
    public static ModelInput.Pixels planned(final int channels, final int sideMultiple) {
        return ModelInput.Pixels.between(LOW, HIGH, channels, sideMultiple, Double.NaN);
    }

    /** What the model is fed with; its micrometres per pixel are the mean if all tiles are within a tenth of it. */
    public static ModelInput.Pixels of(final List<Tile> tiles, final int channels) {
        final DoubleSummaryStatistics mpp =
                tiles.stream().mapToDouble(tile -> tile.area().mpp()).summaryStatistics();
        final double mean = mpp.getAverage();
        final boolean alike = mpp.getMin() > 0.9 * mean && mpp.getMax() < 1.1 * mean;
        return ModelInput.Pixels.between(LOW, HIGH, channels, tiles.get(0).width(), alike ? mean : Double.NaN);
    }

    /**
     * Refuses tiles that a network cannot take, and a network that is neither for grey nor for colour pictures.
     *
     * @param channels that the network takes
     * @param multiple sides are multiples of this
     */
    public static void requireFit(final TileBatches tiles, final int channels, final int multiple) throws RunFailed {
        requireChannels(channels, "network");
        if (tiles.width() != tiles.height() || tiles.width() % multiple != 0) {
            throw new RunFailed(
                    "The tiles have " + tiles.width() + " x " + tiles.height()
                            + " pixels, but the network takes squares whose sides are multiples of " + multiple,
                    "table of tiles",
                    "Cut tiles of such a size, or use fewer levels.");
        }
    }

    /**
     * Refuses a network that is neither for grey nor for colour pictures.
     *
     * @param channels that it takes
     * @param where the file or setting it comes from
     */
    public static void requireChannels(final int channels, final String where) throws RunFailed {
        if (channels != 1 && channels != BatchSettings.COLOUR) {
            throw new RunFailed(
                    "The network takes pictures of " + channels + " channels, not 1 or 3",
                    where,
                    "Use a network for grey or colour pictures.");
        }
    }

    /** What a card says of the training, with the look that all tiles were brought to. */
    public static JsonObject noted(final JsonObject training, final List<Tile> tiles) {
        final JsonObject noted = new JsonObject();
        SlideStain.note(tiles, noted);
        training.entrySet().forEach(entry -> noted.add(entry.getKey(), entry.getValue()));
        return noted;
    }
}
