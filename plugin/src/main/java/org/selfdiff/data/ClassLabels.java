package org.selfdiff.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.selfdiff.imaging.LabelMap;
import org.selfdiff.imaging.MaskCoding;
import org.selfdiff.run.RunFailed;

/**
 * Which labels of tiles are which classes of a model. Where masks or annotations have names for what they hold, names
 * decide, and it makes no difference which classes occur and in which order; numbers decide only where there are none.
 *
 * @param coding what the values of masks mean
 * @param names of the model's classes, the background first
 */
public record ClassLabels(MaskCoding coding, List<String> names) {

    /** Copies the list. */
    public ClassLabels {
        names = List.copyOf(names);
    }

    /**
     * Checks that the coding can give these classes.
     *
     * @param setting what messages call the place where the coding is chosen
     * @throws RunFailed if it tells apart another number of classes
     */
    public void requireFit(final String setting) throws RunFailed {
        final int told =
                coding.kind() == MaskCoding.Kind.COLOURS ? coding.colours().size() : 2;
        if (coding.kind() != MaskCoding.Kind.LABELS && told != names.size()) {
            throw new RunFailed(
                    "There are " + names.size() + " classes (" + String.join(", ", names) + "), but "
                            + (coding.kind() == MaskCoding.Kind.FOREGROUND
                                    ? "whatever is not 0 in a mask counts as one class"
                                    : told + " colours"),
                    setting,
                    coding.kind() == MaskCoding.Kind.FOREGROUND
                            ? "Choose that masks hold class numbers."
                            : "Give each class a colour, background first.");
        }
    }

    /** The names without the background. */
    List<String> foreground() {
        return names.subList(1, names.size());
    }

    /** What annotations are drawn as: every class by its place, and the background, if it is annotated, last. */
    List<String> drawn() {
        final List<String> drawn = new ArrayList<>(foreground());
        drawn.add(names.get(0));
        return drawn;
    }

    /** Drawn labels as classes: the background is 0. */
    LabelMap ofDrawn(final LabelMap drawn) {
        final int background = names.size();
        final int[] labels = drawn.labels().clone();
        for (int i = 0; i < labels.length; i++) {
            labels[i] = labels[i] == background ? 0 : labels[i];
        }
        return new LabelMap(drawn.width(), drawn.height(), labels);
    }

    /**
     * Refuses names that the model does not know.
     *
     * @param place of the tile
     * @throws RunFailed naming the file and the class
     */
    public void requireKnown(final TileMask mask, final String place) throws RunFailed {
        for (final String name : mask.classes()) {
            if (!names.contains(name)) {
                throw new RunFailed(
                        "There are labels of the class \"" + name + "\", which is none of " + String.join(", ", names),
                        mask.file() + ", " + place,
                        "Use the same names everywhere: correct the class names, or leave the class out in the Tiler.");
            }
        }
    }

    /**
     * Numbers that have names as classes.
     *
     * @param named names of the numbers 1, 2 and so on
     * @param place of the tile
     * @throws RunFailed if there is a number that has none
     */
    LabelMap byName(final LabelMap numbers, final List<String> named, final String place) throws RunFailed {
        final int[] classes = new int[named.size() + 1];
        Arrays.setAll(classes, i -> i == 0 ? 0 : names.indexOf(named.get(i - 1)));
        final int[] labels = numbers.labels().clone();
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] >= classes.length) {
                throw new RunFailed(
                        "The mask holds the label " + labels[i] + ", and names are given for 1 to " + named.size()
                                + " (" + String.join(", ", named) + ")",
                        place,
                        "Name all classes in the Tiler, or correct the mask.");
            }
            labels[i] = classes[labels[i]];
        }
        return new LabelMap(numbers.width(), numbers.height(), labels);
    }
}
