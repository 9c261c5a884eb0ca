package org.selfdiff.diffusion.conditions;

import org.selfdiff.run.RunControl;

/** The embedding of a picture itself: variants of it come from the sampler's noise (DiNO-Diffusion, arXiv 2407.11594). */
public record Reconstruction() implements ConditionStrategy {

    @Override
    public Maker prepare(final Sources sources, final long seed, final RunControl control) {
        return new Maker() {
            @Override
            public int groups() {
                return sources.size();
            }

            @Override
            public Condition make(final int group, final int copy) {
                return Condition.of(
                        sources.vectors().get(group), group, sources.labels().get(group));
            }
        };
    }
}
