package org.selfdiff.diffusion.conditions;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.selfdiff.run.RunControl;

/** The mean of all embeddings of a label; a group for each label, or one for all rows where there are no labels. */
public record Centroid() implements ConditionStrategy {

    @Override
    public Maker prepare(final Sources sources, final long seed, final RunControl control) {
        final List<Condition> means = new ArrayList<>();
        for (final Map.Entry<Optional<String>, List<Integer>> entry :
                sources.byLabel().entrySet()) {
            means.add(new Condition(mean(sources, entry.getValue()), List.of(), List.of(), entry.getKey()));
        }
        return new Maker() {
            @Override
            public int groups() {
                return means.size();
            }

            @Override
            public Condition make(final int group, final int copy) {
                return means.get(group);
            }
        };
    }

    private static float[] mean(final Sources sources, final List<Integer> rows) {
        final float[] mean = new float[sources.width()];
        for (int d = 0; d < mean.length; d++) {
            double sum = 0;
            for (final int row : rows) {
                sum += sources.vectors().get(row)[d];
            }
            mean[d] = (float) (sum / rows.size());
        }
        return mean;
    }
}
