package org.selfdiff.fuzz;

/** What Jazzer calls. The target is named by the property {@code selfdiff.fuzz.target}. */
public final class Entry {
    /** Property that names the target. */
    static final String TARGET = "selfdiff.fuzz.target";

    private static final Target CHOSEN = Targets.named(System.getProperty(TARGET));

    private Entry() {}

    /**
     * Reads every seed once before the first input is timed: loading and instrumenting classes takes seconds. What a seed
     * does wrong is found when its turn comes.
     */
    public static void fuzzerInitialize() throws java.io.IOException {
        for (final byte[] seed : Corpus.of(CHOSEN).values()) {
            try {
                CHOSEN.reader().read(seed);
            } catch (final Exception | Error e) {
                continue;
            }
        }
    }

    /** One input. */
    public static void fuzzerTestOneInput(final byte[] input) {
        Property.check(CHOSEN, input);
    }
}
