package org.selfdiff.stages.bags;

/**
 * How the numbers of one network are read: {@code shift + factor * output}.
 *
 * @param shift mean of the numbers that it was trained on; for risks, minus its mean risk, so that networks of several
 *     folds have a common zero
 * @param factor deviation of the numbers that it was trained on
 */
record AnswerScale(double shift, double factor) {
    /** As they come. */
    static final AnswerScale NONE = new AnswerScale(0, 1);

    double of(final double output) {
        return shift + factor * output;
    }
}
