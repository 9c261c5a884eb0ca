package org.selfdiff.imaging.draw;

/** Colours that people with colour-blindness can tell apart (Okabe and Ito 2008), as {@code 0xRRGGBB}. */
public final class Colours {
    /** White. */
    public static final int WHITE = 0xffffff;

    /** Text and axes. */
    public static final int INK = 0x222222;

    /** Foreground that was found: bluish green. */
    public static final int TRUE_POSITIVE = 0x009e73;

    /** Foreground that is not there: vermilion. */
    public static final int FALSE_POSITIVE = 0xd55e00;

    /** Foreground that was missed: blue. */
    public static final int FALSE_NEGATIVE = 0x0072b2;

    private static final int[] CYCLE = {0x0072b2, 0xd55e00, 0x009e73, 0xcc79a7, 0xe69f00, 0x56b4e9, 0xf0e442};

    /** Classes lie over pink and blue tissue, so that they begin with colours that it has not. */
    private static final int[] CLASSES = {0x009e73, 0xf0e442, 0x56b4e9, 0xd55e00, 0xe69f00, 0x0072b2, 0xcc79a7};

    private Colours() {}

    /** Colour of a series of a chart, from 0. */
    public static int series(final int index) {
        return CYCLE[index % CYCLE.length];
    }

    /** Colour of a class other than background, from 1. */
    public static int ofClass(final int index) {
        return CLASSES[(index - 1) % CLASSES.length];
    }
}
