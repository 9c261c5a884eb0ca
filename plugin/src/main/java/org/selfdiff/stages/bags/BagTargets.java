package org.selfdiff.stages.bags;

import java.util.List;
import org.selfdiff.model.ModelTask.Bags.Target;

/**
 * What is to be learnt of bags.
 *
 * @param kind of prediction
 * @param names of classes or labels, in the order of the network's outputs; empty for numbers
 * @param values of each bag. {@link Target#CLASS}: the class's number. {@link Target#LABELS}: 1 or 0 for each label.
 *     {@link Target#REGRESSION}: the number. {@link Target#SURVIVAL}: the time, and 1 for an event or 0 for none until
 *     then
 */
public record BagTargets(Target kind, List<String> names, double[][] values) {

    /** Copies the names. */
    public BagTargets {
        names = List.copyOf(names);
    }

    /** One class for each bag. */
    public static BagTargets classes(final List<String> names, final int[] labels) {
        final double[][] values = new double[labels.length][];
        for (int i = 0; i < values.length; i++) {
            values[i] = new double[] {labels[i]};
        }
        return new BagTargets(Target.CLASS, names, values);
    }

    /** Number of the network's outputs. */
    public int outputs() {
        return switch (kind) {
            case CLASS, LABELS -> names.size();
            case REGRESSION, SURVIVAL -> 1;
        };
    }

    /** The class of a bag, for {@link Target#CLASS}. */
    public int label(final int bag) {
        return (int) values[bag][0];
    }

    /** Whether a bag is positive: of a label, or of the event where there are no labels. */
    boolean positive(final int bag, final int label) {
        return switch (kind) {
            case CLASS -> label(bag) == label;
            case LABELS -> values[bag][label] == 1;
            case SURVIVAL -> values[bag][1] == 1;
            case REGRESSION -> true;
        };
    }

    /** What must occur in every fold, in words: classes, labels or the event. */
    List<String> needed() {
        return switch (kind) {
            case CLASS -> names.stream().map(name -> "class " + name).toList();
            case LABELS -> names.stream().map(name -> "label " + name).toList();
            case SURVIVAL -> List.of("event");
            case REGRESSION -> List.of();
        };
    }
}
