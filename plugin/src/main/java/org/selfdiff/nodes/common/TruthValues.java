package org.selfdiff.nodes.common;

import java.util.List;
import java.util.Optional;
import org.knime.node.parameters.widget.choices.Label;
import org.selfdiff.data.ClassLabels;
import org.selfdiff.imaging.MaskCoding;

/** What the values of masks mean that predictions of a model are compared with, as a user chooses it. */
public enum TruthValues {
    /** As the model's training had it. */
    @Label(value = "As in training", description = "As the Segmentation Learner was told of the masks it trained on.")
    MODEL,
    /** Two classes. */
    @Label(
            value = "Non-zero is foreground",
            description = "For masks of 0 and 255, and for maps that number each object. Two classes.")
    FOREGROUND,
    /** The grey value is the class. */
    @Label(value = "Class numbers", description = "The grey value is the number of the class, from 0.")
    LABELS;

    /**
     * What masks mean, and the classes.
     *
     * @param trained what they meant in training, if the model says so
     * @param classes the model's classes, background first
     */
    public ClassLabels of(final Optional<MaskCoding> trained, final List<String> classes) {
        final MaskCoding usual = classes.size() == 2 ? MaskCoding.foreground() : MaskCoding.labels();
        return new ClassLabels(
                switch (this) {
                    case MODEL -> trained.orElse(usual);
                    case FOREGROUND -> MaskCoding.foreground();
                    case LABELS -> MaskCoding.labels();
                },
                classes);
    }
}
