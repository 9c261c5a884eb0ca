package org.selfdiff.imaging.stain;

/**
 * Colours of the tissue of one slide.
 *
 * @param name what messages call it: the path of the file
 * @param glass colour of the empty glass
 * @param colours {@code 0xRRGGBB}, in an order that does not depend on how they were collected
 */
public record StainSample(String name, GlassColour glass, int[] colours) {

    /** The glass in red, green, blue. */
    double[] white() {
        return new double[] {glass.red(), glass.green(), glass.blue()};
    }

    /** Densities of all colours, three in a row. */
    double[] densities() {
        final OpticalDensity density = new OpticalDensity(white());
        final double[] out = new double[3 * colours.length];
        final double[] one = new double[3];
        for (int i = 0; i < colours.length; i++) {
            density.of(colours[i], one);
            System.arraycopy(one, 0, out, 3 * i, 3);
        }
        return out;
    }
}
