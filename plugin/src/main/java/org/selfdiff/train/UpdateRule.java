package org.selfdiff.train;

import java.util.List;

/**
 * How a step changes parameters, where that is not alike for all of them.
 *
 * @param groups parts that are trained alike; together they hold every trained parameter once, in the order of the
 *     weights that training starts from
 * @param averageShare share of the new weights in the moving average
 * @param clipEach whether the gradient of each parameter is clipped by its own norm, as DINO does, instead of all by the
 *     global norm
 */
public record UpdateRule(List<ParameterGroup> groups, Schedule averageShare, boolean clipEach) {

    /** Copies the list. */
    public UpdateRule {
        groups = List.copyOf(groups);
        if (groups.isEmpty()) {
            throw new IllegalArgumentException("no group of parameters");
        }
    }

    /** All parameters alike, by the numbers of a plan. */
    public static UpdateRule of(final TrainingPlan plan, final List<String> names, final long steps) {
        final ParameterGroup all = new ParameterGroup(
                names, plan.rate(steps), Schedule.constant(plan.optimiser().weightDecay()));
        return new UpdateRule(List.of(all), new Ema(plan.emaDecay()), false);
    }

    /** The numbers of a step as the script reads them: share of the average, then rate and decay of each group. */
    float[] numbers(final long step) {
        final float[] numbers = new float[1 + 2 * groups.size()];
        numbers[0] = (float) averageShare.at(step);
        for (int i = 0; i < groups.size(); i++) {
            numbers[1 + 2 * i] = (float) groups.get(i).rate().at(step);
            numbers[2 + 2 * i] = (float) groups.get(i).weightDecay().at(step);
        }
        return numbers;
    }
}
