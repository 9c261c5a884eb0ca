package org.selfdiff.diffusion;

import java.util.function.ToDoubleFunction;

/** The numbers of a {@link SamplerStep} in the order in which they are handed to the script. */
enum StepNumber {
    TIME(SamplerStep::time),
    CLEAN_OF_X(SamplerStep::cleanOfX),
    CLEAN_OF_OUTPUT(SamplerStep::cleanOfOutput),
    KEEP(SamplerStep::keep),
    OF_OUTPUT(SamplerStep::ofOutput),
    TOWARD(step -> toward(step, 0)),
    TOWARD_BEFORE(step -> toward(step, 1)),
    TOWARD_EARLIER(step -> toward(step, 2)),
    SIGMA(SamplerStep::sigma),
    SPREAD(SamplerStep::spread);

    private final ToDoubleFunction<SamplerStep> value;

    StepNumber(final ToDoubleFunction<SamplerStep> value) {
        this.value = value;
    }

    /** This number of a step. */
    double of(final SamplerStep step) {
        return value.applyAsDouble(step);
    }

    /** Factor of the clean picture of some steps before. */
    static StepNumber toward(final int before) {
        return switch (before) {
            case 0 -> TOWARD;
            case 1 -> TOWARD_BEFORE;
            default -> TOWARD_EARLIER;
        };
    }

    private static double toward(final SamplerStep step, final int before) {
        return before < step.toward().size() ? step.toward().get(before) : 0;
    }
}
