package org.selfdiff.train;

/** A number that changes over a training: a learning rate, a weight decay, the momentum of a teacher. */
@FunctionalInterface
public interface Schedule {

    /**
     * The number of a step.
     *
     * @param step steps made before it, from 0
     */
    double at(long step);

    /** The same number at every step. */
    static Schedule constant(final double value) {
        return new Constant(value);
    }

    /**
     * The same number at every step.
     *
     * @param value the number
     */
    record Constant(double value) implements Schedule {
        @Override
        public double at(final long step) {
            return value;
        }
    }

    /**
     * From one number to another along half a cosine, {@code to + (from - to) (1 + cos(pi step / steps)) / 2}, as DINO
     * schedules weight decay and momentum; the last step does not quite reach {@code to}.
     */
    static Schedule cosine(final double from, final double to, final long steps) {
        return step -> to + (from - to) * (1 + Math.cos(Math.PI * step / steps)) / 2;
    }
}
