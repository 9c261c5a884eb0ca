package org.selfdiff.diffusion;

import java.util.ArrayList;
import java.util.List;
import org.selfdiff.tensors.ScriptMethod;

/**
 * A sampler's step as script, around a network {@code predict(x: Tensor, t: Tensor, e_0: Tensor, ..., p: List[Tensor])
 * -> Tensor} that the module defines earlier in its list. One call is one {@link SamplerStep}.
 *
 * @param clipping of clean pictures
 * @param order how many clean pictures a step looks at, 1 to 3
 * @param inputs how many inputs the network has beside picture and time-step, such as the tokens of a condition
 * @param guidance scale w of classifier-free guidance (Ho and Salimans, arXiv 2207.12598, as {@code e_0 + w (e_c -
 *     e_0)}); 1 for none
 * @param learnedVariance whether the network's output has twice the channels, the second half of them for the variance
 */
public record SampleScript(Clipping clipping, int order, int inputs, double guidance, boolean learnedVariance) {
    /** Name of the method. */
    public static final String NAME = "sample_step";

    /** Checks the numbers. */
    public SampleScript {
        if (order < 1 || order > SamplerStep.MOST || inputs < 0 || !Double.isFinite(guidance)) {
            throw new IllegalArgumentException("order " + order + ", inputs " + inputs + ", guidance " + guidance);
        }
        if (inputs == 0 && guidance != 1) {
            throw new IllegalArgumentException("guidance needs a condition");
        }
    }

    /** For pictures without a condition. */
    public SampleScript(final Clipping clipping, final int order) {
        this(clipping, order, 0, 1, false);
    }

    /** How many clean pictures the steps of a sampler look at. */
    public static int order(final List<SamplerStep> steps) {
        return steps.stream().mapToInt(step -> step.toward().size()).max().orElse(1);
    }

    /** Whether each picture is predicted with and without its condition. */
    public boolean guided() {
        return guidance != 1;
    }

    /**
     * The method {@code (x, z, c, h: List[Tensor], e: List[Tensor], p: List[Tensor]) -> (next, clean)}: x noisy
     * pictures; z fresh noise of their shape; c the step's {@link SamplerStep#numbers}; h the clean pictures of the
     * {@code order - 1} steps before, the latest first (of the right shape and finite where the step does not look);
     * e the network's further inputs, with guidance those of all pictures followed by as many without a condition; p
     * its parameters.
     */
    public ScriptMethod method() {
        final List<String> lines = new ArrayList<>();
        predict(lines);
        lines.add("seen = torch.add(torch.mul(x, CLEAN_OF_X), torch.mul(out, CLEAN_OF_OUTPUT))");
        clip(lines);
        lines.add("next = torch.add(torch.mul(x, KEEP), torch.mul(clean, TOWARD))");
        for (int k = 1; k < order; k++) {
            lines.add("next = torch.add(next, torch.mul(h[" + (k - 1) + "], " + StepNumber.toward(k) + "))");
        }
        lines.add("next = torch.add(next, torch.mul(out, OF_OUTPUT))");
        lines.add(
                learnedVariance
                        ? "sigma = torch.mul(torch.exp(torch.mul(torch.mul(torch.add(v, 1), 0.5), SPREAD)), SIGMA)"
                        : "sigma = SIGMA");
        lines.add("return (torch.add(next, torch.mul(z, sigma)), clean)");
        final String head = "def " + NAME + "(self: " + ScriptMethod.SELF
                + ",\n    x: Tensor,\n    z: Tensor,\n    c: Tensor,\n    h: List[Tensor],\n    e: List[Tensor],"
                + "\n    p: List[Tensor]) -> Tuple[Tensor, Tensor]:\n  ";
        return new ScriptMethod(NAME, head + named(String.join("\n  ", lines)) + "\n");
    }

    private void predict(final List<String> lines) {
        final StringBuilder call = new StringBuilder("self." + DiffusionScript.PREDICT + "(y, t, ");
        for (int i = 0; i < inputs; i++) {
            call.append("e[").append(i).append("], ");
        }
        lines.add(guided() ? "y = torch.cat([x, x])" : "y = x");
        lines.add("t = torch.expand(torch.reshape(TIME, [1]), [torch.size(y, 0)])");
        lines.add("out = " + call + "p)");
        if (guided()) {
            lines.add("n = torch.size(x, 0)");
            lines.add("given = torch.narrow(out, 0, 0, n)");
            lines.add("free = torch.narrow(out, 0, n, n)");
            lines.add("out = torch.add(free, torch.mul(torch.sub(given, free), " + guidance + "))");
        }
        if (learnedVariance) {
            lines.add("m = torch.size(x, 1)");
            // guidance is for the picture; the variance is that of the condition
            lines.add("v = torch.narrow(" + (guided() ? "given" : "out") + ", 1, m, m)");
            lines.add("out = torch.narrow(out, 1, 0, m)");
        }
    }

    private void clip(final List<String> lines) {
        if (clipping instanceof Clipping.Range range) {
            lines.add("clean = torch.clamp(seen, " + -range.limit() + ", " + range.limit() + ")");
        } else if (clipping instanceof Clipping.Dynamic dynamic) {
            lines.add("s = torch.quantile(torch.flatten(torch.abs(seen), 1), " + dynamic.ratio() + ", 1, True)");
            lines.add("s = torch.reshape(torch.clamp(s, 1., " + dynamic.largest() + "), [-1, 1, 1, 1])");
            lines.add("clean = torch.div(torch.minimum(torch.maximum(seen, torch.neg(s)), s), s)");
        } else {
            lines.add("clean = seen");
        }
    }

    private static String named(final String text) {
        String named = text;
        for (final StepNumber number : StepNumber.values()) {
            named = named.replaceAll("\\b" + number + "\\b", "torch.select(c, 0, " + number.ordinal() + ")");
        }
        return named;
    }
}
