package org.selfdiff.nodes.common;

import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.widget.choices.Label;
import org.selfdiff.imaging.MaskCoding;
import org.selfdiff.run.RunFailed;

/** What the values of a mask mean, as a user chooses it. */
public enum MaskValues {
    /** Two classes. */
    @Label(
            value = "Non-zero is foreground",
            description = "For masks of 0 and 255, and for maps that number each object. Two classes.")
    FOREGROUND,
    /** The grey value is the class. */
    @Label(
            value = "Class numbers",
            description = "The grey value is the number of the class, from 0. Annotations, and masks whose values the "
                    + "Tiler has names for, go by their names.")
    LABELS,
    /** Each class has a colour. */
    @Label(value = "Colours", description = "Each class has a colour, in pictures and palettes alike.")
    COLOURS;

    /** For {@link Colours}. */
    public interface Reference extends ParameterReference<MaskValues> {}

    /** Whether colours are asked for. */
    public static final class Colours implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(Reference.class).isOneOf(COLOURS);
        }
    }

    /** What a setting with the colours starts with. */
    public static final String COLOURS_OF_TWO = "#000000, #ffffff";

    /** What such a setting is called. */
    public static final String COLOURS_TITLE = "Class colours";

    /** What such a setting says. */
    public static final String COLOURS_DESCRIPTION =
            "The colour of each class in the masks, background first, separated by commas, such as "
                    + "<tt>#000000, #ff0000, #00ff00</tt>.";

    /**
     * The rule as the readers know it.
     *
     * @param colours of the classes, for {@link #COLOURS}
     * @throws RunFailed if they are asked for and are none
     */
    public MaskCoding coding(final String colours) throws RunFailed {
        return switch (this) {
            case FOREGROUND -> MaskCoding.foreground();
            case LABELS -> MaskCoding.labels();
            case COLOURS -> MaskCoding.colours(colours);
        };
    }
}
