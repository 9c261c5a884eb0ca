package org.selfdiff.stages.classification;

import java.util.List;
import org.selfdiff.data.Augmentation;
import org.selfdiff.data.Tile;
import org.selfdiff.engine.DeviceChoice;
import org.selfdiff.nn.cnn.ResidualClassifier;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.compute.TileInput;
import org.selfdiff.train.TrainingPlan;

/**
 * How networks that classify pictures are trained.
 *
 * @param width channels of the network's first level
 * @param levels how often it halves height and width
 * @param blocks residual blocks of a level
 * @param augmentation random changes of the pictures that are trained on
 * @param balanced whether all classes count alike however many pictures they have
 * @param plan how long and how
 * @param device where it runs
 */
public record ClassifierSettings(
        int width,
        int levels,
        int blocks,
        Augmentation augmentation,
        boolean balanced,
        TrainingPlan plan,
        DeviceChoice device) {

    /** The network for some tiles: grey if all of them are found grey. */
    ResidualClassifier network(final List<Tile> tiles, final int classes) throws RunFailed {
        return new ResidualClassifier(TileInput.channels(tiles), classes, width, levels, blocks).checked();
    }
}
