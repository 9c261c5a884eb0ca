package org.selfdiff.imaging;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.selfdiff.run.RunFailed;

/**
 * What the values of a mask file mean.
 *
 * @param kind the rule
 * @param colours for {@link Kind#COLOURS} the colour {@code 0xRRGGBB} of class 0, 1, 2 and so on; otherwise empty
 */
public record MaskCoding(Kind kind, List<Integer> colours) {

    /** The rules. */
    public enum Kind {
        /**
         * The value is the label: grey value (8 or 16 bits), or index of a coloured palette. Grey RGB counts as
         * grey.
         */
        LABELS,
        /** Whatever is not 0 (black) is 1: for masks of 0 and 255, and for maps that number each object. */
        FOREGROUND,
        /** Each class has a colour. */
        COLOURS
    }

    /** Copies the list. */
    public MaskCoding {
        colours = List.copyOf(colours);
        if ((kind == Kind.COLOURS) == colours.isEmpty()) {
            throw new IllegalArgumentException("colours belong to the kind COLOURS and to no other");
        }
    }

    /** The value is the label. */
    public static MaskCoding labels() {
        return new MaskCoding(Kind.LABELS, List.of());
    }

    /** Whatever is not 0 is 1. */
    public static MaskCoding foreground() {
        return new MaskCoding(Kind.FOREGROUND, List.of());
    }

    /**
     * Each class has a colour.
     *
     * @param text colours of class 0, 1 and so on as {@code #rrggbb}, separated by commas
     * @throws RunFailed if the text is something else or names a colour twice
     */
    public static MaskCoding colours(final String text) throws RunFailed {
        final List<Integer> colours = new ArrayList<>();
        for (final String part : text.strip().split("\\s*,\\s*", -1)) {
            final boolean good = part.matches("#[0-9a-fA-F]{6}");
            if (!good || colours.contains(Integer.parseInt(part.substring(1), 16))) {
                throw new RunFailed(
                        "\"" + part + "\" is " + (good ? "there twice" : "not a colour"),
                        "colours of the classes",
                        "List one colour for each class, background first, such as #000000, #ff0000, #00ff00.");
            }
            colours.add(Integer.parseInt(part.substring(1), 16));
        }
        return new MaskCoding(Kind.COLOURS, colours);
    }

    /**
     * Reads a mask.
     *
     * @return labels by this rule
     * @throws RunFailed naming the file, if it cannot be read (see {@link Pictures}), is a JPEG, or holds colours that
     *     the rule does not cover
     */
    public LabelMap read(final Path file, final DecodeLimits limits) throws RunFailed {
        return labels(RawMask.read(file, limits), file.toString());
    }

    /**
     * Reads a mask from the bytes of a PNG file.
     *
     * @param where the cell that holds them, for messages
     * @throws RunFailed as {@link #read}
     */
    public LabelMap readPng(final byte[] png, final String where, final DecodeLimits limits) throws RunFailed {
        return labels(RawMask.ofPng(png, where, limits), where);
    }

    private LabelMap labels(final RawMask raw, final String where) throws RunFailed {
        return switch (kind) {
            case LABELS -> asLabels(raw, where);
            case FOREGROUND -> asForeground(raw);
            case COLOURS -> asColours(raw, where);
        };
    }

    private static LabelMap asLabels(final RawMask raw, final String where) throws RunFailed {
        final boolean indices = raw.colouredPalette();
        final int[] labels = raw.values().clone();
        for (int i = 0; i < labels.length; i++) {
            if (raw.palette().length > 0 && !indices) {
                labels[i] = raw.colourAt(i) & 0xff; // grey masks are often stored with a palette in any order
            } else if (raw.colour()) {
                if (!RawMask.isGrey(labels[i])) {
                    throw new RunFailed(
                            "The mask holds the colour " + hex(labels[i]) + " where a class number is expected",
                            at(where, raw, i),
                            "Tell the colour of each class, or choose that any non-zero pixel is foreground.");
                }
                labels[i] &= 0xff;
            }
        }
        return new LabelMap(raw.width(), raw.height(), labels);
    }

    private static LabelMap asForeground(final RawMask raw) {
        final boolean byColour = raw.palette().length > 0 && !raw.colouredPalette();
        final int[] labels = new int[raw.values().length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (byColour ? raw.colourAt(i) : raw.values()[i]) == 0 ? 0 : 1;
        }
        return new LabelMap(raw.width(), raw.height(), labels);
    }

    private LabelMap asColours(final RawMask raw, final String where) throws RunFailed {
        final Map<Integer, Integer> classes = new HashMap<>();
        for (int c = 0; c < colours.size(); c++) {
            classes.put(colours.get(c), c);
        }
        final int[] labels = new int[raw.values().length];
        for (int i = 0; i < labels.length; i++) {
            final Integer label = classes.get(raw.colourAt(i));
            if (label == null) {
                throw new RunFailed(
                        "The mask holds the colour " + hex(raw.colourAt(i)) + ", which belongs to no class",
                        at(where, raw, i),
                        "Add the colour to the list of class colours, or correct the mask.");
            }
            labels[i] = label;
        }
        return new LabelMap(raw.width(), raw.height(), labels);
    }

    private static String hex(final int colour) {
        return String.format(Locale.ROOT, "#%06x", colour);
    }

    private static String at(final String where, final RawMask raw, final int pixel) {
        return where + ", column " + pixel % raw.width() + ", row " + pixel / raw.width();
    }
}
