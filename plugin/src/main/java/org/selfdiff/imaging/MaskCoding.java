package org.selfdiff.imaging;

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

    /** The Tiler asks for numbers where it is given several names; it has no setting for colours, nor needs them. */
    private static final String COLOURED =
            "Choose colours as mask values and tell the colour of each class (in the Tiler, leave the class names empty), "
                    + "or save the mask with its class numbers as grey values.";

    /** The rules. */
    public enum Kind {
        /**
         * The grey value is the label, whatever the number of bits; grey RGB counts as grey. Of palettes the colours
         * count, not the order; those of Pascal VOC stand for their numbers.
         */
        LABELS,
        /** Whatever is not black is 1: for masks of 0 and 255, and for maps that number each object. */
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

    /** The rule as a text, such as {@code FOREGROUND} or {@code COLOURS #000000, #ff0000}. */
    public String text() {
        return colours.isEmpty()
                ? kind.name()
                : kind.name() + " "
                        + String.join(
                                ", ", colours.stream().map(MaskCoding::hex).toList());
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @throws RunFailed if it is something else
     */
    public static MaskCoding parse(final String text) throws RunFailed {
        if (text.equals(Kind.FOREGROUND.name())) {
            return foreground();
        } else if (text.equals(Kind.LABELS.name())) {
            return labels();
        } else if (text.startsWith(Kind.COLOURS.name())) {
            return colours(text.substring(Kind.COLOURS.name().length()));
        }
        throw new RunFailed(
                "\"" + text + "\" is no rule for the values of masks", "model card", "Train the model again.");
    }

    /** Says where a pixel is, for messages. */
    public interface Place {
        /** The file, the column and the row. */
        String of(int column, int row);
    }

    /**
     * Reads a mask from the bytes of a PNG file.
     *
     * @param where the cell that holds them, for messages
     * @throws RunFailed if they are no whole PNG, or as {@link #labels}
     */
    public LabelMap readPng(final byte[] png, final String where, final DecodeLimits limits) throws RunFailed {
        return labels(RawMask.ofPng(png, where, limits), in(where));
    }

    /** A place in a file that is read as a whole. */
    public static Place in(final String file) {
        return (column, row) -> file + ", column " + column + ", row " + row;
    }

    /**
     * The labels by this rule.
     *
     * @throws RunFailed naming a pixel that the rule does not cover: a colour where numbers are expected, a colour of no
     *     class, an entry of a palette whose order means nothing, something that is transparent
     */
    public LabelMap labels(final RawMask raw, final Place place) throws RunFailed {
        if (raw.hidden() >= 0) {
            throw new RunFailed(
                    "The mask is transparent where it is not black, so that it shows something else than it holds",
                    at(place, raw, raw.hidden()),
                    "Save it without transparency, background black.");
        }
        return switch (kind) {
            case LABELS -> asLabels(raw, place);
            case FOREGROUND -> asForeground(raw);
            case COLOURS -> asColours(raw, place);
        };
    }

    private static LabelMap asLabels(final RawMask raw, final Place place) throws RunFailed {
        final boolean palette = raw.palette().length > 0;
        final boolean indices = raw.colouredPalette();
        final int[] labels = raw.values().clone();
        for (int i = 0; i < labels.length; i++) {
            if (indices && raw.colourAt(i) != numbered(labels[i])) {
                throw new RunFailed(
                        "The mask has a palette of colours, whose order differs from file to file: number " + labels[i]
                                + " is " + hex(raw.colourAt(i)) + " here",
                        at(place, raw, i),
                        COLOURED);
            } else if (palette && !indices) {
                labels[i] = raw.colourAt(i) & 0xff; // grey masks are often stored with a palette in any order
            } else if (raw.colour()) {
                if (!RawMask.isGrey(labels[i])) {
                    throw new RunFailed(
                            "The mask holds the colour " + hex(labels[i]) + " where a class number is expected",
                            at(place, raw, i),
                            COLOURED);
                }
                labels[i] &= 0xff;
            }
        }
        return new LabelMap(raw.width(), raw.height(), labels);
    }

    /**
     * The colour that a number has in every mask of Pascal VOC and of the tools that follow it: three bits of the number at
     * a time go to red, green and blue, highest first.
     */
    static int numbered(final int number) {
        int colour = 0;
        for (int bit = 0; bit < 24; bit++) {
            final int channel = bit % 3;
            colour |= (number >> bit & 1) << 16 - 8 * channel + 7 - bit / 3;
        }
        return colour;
    }

    private static LabelMap asForeground(final RawMask raw) {
        final boolean palette = raw.palette().length > 0;
        final int[] labels = new int[raw.values().length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (palette ? raw.colourAt(i) : raw.values()[i]) == 0 ? 0 : 1;
        }
        return new LabelMap(raw.width(), raw.height(), labels);
    }

    private LabelMap asColours(final RawMask raw, final Place place) throws RunFailed {
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
                        at(place, raw, i),
                        "Add the colour to the list of class colours, or correct the mask.");
            }
            labels[i] = label;
        }
        return new LabelMap(raw.width(), raw.height(), labels);
    }

    private static String hex(final int colour) {
        return String.format(Locale.ROOT, "#%06x", colour);
    }

    private static String at(final Place place, final RawMask raw, final int pixel) {
        return place.of(pixel % raw.width(), pixel / raw.width());
    }
}
