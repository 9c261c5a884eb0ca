package org.selfdiff.bench;

/** What is measured. */
public enum StepKind {
    /** Forward, loss, backward, clipping, AdamW and moving average in 32-bit floats. */
    TRAIN_FP32("training step, fp32", true, 1e-4),

    /** The same with the network's layers in brain floats and 32-bit parameters. */
    TRAIN_BF16("training step, bf16", true, 2e-3),

    /** Forward without gradients and a DDIM update, in 32-bit floats; with guidance where the workload has it. */
    SAMPLE_FP32("sampling step, fp32", false, 1e-4),

    /** The same with the network's layers in brain floats. */
    SAMPLE_BF16("sampling step, bf16", false, 2e-3);

    private final String text;

    private final boolean training;

    private final double tolerance;

    StepKind(final String text, final boolean training, final double tolerance) {
        this.text = text;
        this.training = training;
        this.tolerance = tolerance;
    }

    /** For the table. */
    public String text() {
        return text;
    }

    /** Whether weights change. */
    public boolean training() {
        return training;
    }

    /** Whether the layers compute in brain floats. */
    public boolean brainFloats() {
        return this == TRAIN_BF16 || this == SAMPLE_BF16;
    }

    /** Largest relative difference of the first losses for which both did the same work. */
    public double tolerance() {
        return tolerance;
    }
}
