package org.selfdiff.fuzz;

/** What Jazzer calls. The target is named by the property {@code selfdiff.fuzz.target}. */
public final class Entry {
    /** Property that names the target. */
    static final String TARGET = "selfdiff.fuzz.target";

    private static final Target CHOSEN = Targets.named(System.getProperty(TARGET));

    private Entry() {}

    /** One input. */
    public static void fuzzerTestOneInput(final byte[] input) {
        Property.check(CHOSEN, input);
    }
}
