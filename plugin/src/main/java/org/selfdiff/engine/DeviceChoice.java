package org.selfdiff.engine;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.selfdiff.run.RunFailed;

/**
 * What the user asked for, before it is known what there is.
 *
 * @param kind automatic, CPU or CUDA
 * @param number the CUDA device, from 0; 0 for the other kinds
 */
public record DeviceChoice(Kind kind, int number) {
    /** The first usable CUDA device, else the CPU. */
    public static final DeviceChoice AUTO = new DeviceChoice(Kind.AUTO, 0);

    /** The CPU. */
    public static final DeviceChoice CPU = new DeviceChoice(Kind.CPU, 0);

    private static final Pattern CUDA = Pattern.compile("cuda(?::([0-9]{1,3}))?");

    /** How the device is chosen. */
    public enum Kind {
        /** CUDA where it works, else the CPU. */
        AUTO,
        /** The CPU. */
        CPU,
        /** A CUDA device, and a failure where it does not work. */
        CUDA
    }

    /**
     * Reads {@code auto}, {@code cpu}, {@code cuda} (the same as {@code cuda:0}) or {@code cuda:n}; case and
     * surrounding blanks do not matter.
     *
     * @throws RunFailed for any other text
     */
    public static DeviceChoice parse(final String text) throws RunFailed {
        final String word = text == null ? "" : text.strip().toLowerCase(Locale.ROOT);
        if (word.equals("auto")) {
            return AUTO;
        }
        if (word.equals("cpu")) {
            return CPU;
        }
        final Matcher cuda = CUDA.matcher(word);
        if (cuda.matches()) {
            return new DeviceChoice(Kind.CUDA, cuda.group(1) == null ? 0 : Integer.parseInt(cuda.group(1)));
        }
        throw new RunFailed(
                "There is no device \"" + text + "\"",
                "setting Device",
                "Write auto, cpu, cuda or cuda:1 (the number of the GPU, from 0).");
    }

    /** The text that {@link #parse} reads. */
    @Override
    public String toString() {
        return kind == Kind.CUDA ? "cuda:" + number : kind.name().toLowerCase(Locale.ROOT);
    }
}
