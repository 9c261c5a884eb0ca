package org.selfdiff.imaging.tissue;

import java.util.Locale;
import org.selfdiff.imaging.stain.GlassColour;

/**
 * How a mask came about, for reports.
 *
 * @param method such as {@code saturation} or {@code given mask}
 * @param saturation HSV saturation from which on a pixel is tissue, 0 to 255; {@code NaN} if it plays no part
 * @param density sum of the stains' densities from which on a pixel is tissue; {@code NaN} if it plays no part
 * @param glass the colour that was taken for empty glass
 */
public record TissueThresholds(String method, double saturation, double density, GlassColour glass) {

    /** Such as {@code combined, saturation from 20, density from 0.15, glass 243 243 242}. */
    public String text() {
        final StringBuilder text = new StringBuilder(method);
        if (!Double.isNaN(saturation)) {
            text.append(String.format(Locale.ROOT, ", saturation from %.0f", saturation));
        }
        if (!Double.isNaN(density)) {
            text.append(String.format(Locale.ROOT, ", density from %.2f", density));
        }
        if (glass.seen()) {
            text.append(String.format(Locale.ROOT, ", glass %.0f %.0f %.0f", glass.red(), glass.green(), glass.blue()));
        }
        return text.toString();
    }
}
