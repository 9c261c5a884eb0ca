package org.selfdiff.model;

import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.selfdiff.run.RunFailed;
import org.selfdiff.weights.JsonFields;

/**
 * A class that a model tells apart; its index is its place in the card's list, 0 is the background.
 *
 * @param name its name, for instance {@code nucleus}
 * @param colour the colour it is shown in, 0xRRGGBB
 */
public record ModelClass(String name, int colour) {
    private static final Pattern COLOUR = Pattern.compile("#[0-9A-Fa-f]{6}");

    /** Refuses a colour beyond 0xFFFFFF. */
    public ModelClass {
        Objects.requireNonNull(name);
        if (colour < 0 || colour > 0xFFFFFF) {
            throw new IllegalArgumentException("colour " + colour);
        }
    }

    /** {@code #RRGGBB}. */
    public String colourText() {
        return String.format(Locale.ROOT, "#%06X", colour);
    }

    static ModelClass of(final JsonFields json) throws RunFailed {
        final String name = json.text("name");
        final String colour = json.text("colour");
        if (!COLOUR.matcher(colour).matches()) {
            throw json.wrong("colour", "written as #RRGGBB");
        }
        json.done();
        return new ModelClass(name, Integer.parseInt(colour.substring(1), 16));
    }
}
