package org.selfdiff.imaging.tissue;

/**
 * How tissue is found. Lengths and areas are those of the object, so that they mean the same on every slide; where the
 * size of a pixel is not known, nothing is opened, closed, filled or removed by size.
 *
 * @param method what tells tissue from glass
 * @param closingUm radius of the disk that closes gaps, in micrometres, 0 to 10,000; 0 closes none
 * @param openingUm radius of the disk that must fit into tissue, in micrometres, 0 to 10,000; 0 opens nothing
 * @param minAreaUm2 tissue of a smaller area is a speck, in square micrometres, at least 0; no part of 1 %
 *     of the picture is a speck
 * @param maxHoleUm2 holes of at most this area count as tissue, in square micrometres, at least 0; no hole of more than
 *     1 % of the picture does
 * @param findPens whether pen marks are told from tissue
 * @param findEdges whether long straight edges are told from tissue
 */
public record TissueSettings(
        TissueMethod method,
        double closingUm,
        double openingUm,
        double minAreaUm2,
        double maxHoleUm2,
        boolean findPens,
        boolean findEdges) {
    private static final double MAX_RADIUS = 10_000;

    /** Checks the ranges. */
    public TissueSettings {
        if (!(closingUm >= 0 && closingUm <= MAX_RADIUS && openingUm >= 0 && openingUm <= MAX_RADIUS)) {
            throw new IllegalArgumentException("radii of 0 to " + MAX_RADIUS + ": " + closingUm + ", " + openingUm);
        }
        if (!(minAreaUm2 >= 0 && maxHoleUm2 >= 0)) {
            throw new IllegalArgumentException("areas of at least 0: " + minAreaUm2 + ", " + maxHoleUm2);
        }
    }

    /**
     * For whole slides: both clues, gaps up to 60 micrometres closed, what is thinner than 10 micrometres or smaller
     * than a square of 140 micrometres removed, holes up to a square of 200 micrometres filled.
     */
    public static TissueSettings standard() {
        return new TissueSettings(TissueMethod.COMBINED, 30, 5, 20_000, 40_000, true, true);
    }

    /** The threshold on saturation and nothing else. */
    public static TissueSettings saturationOnly() {
        return new TissueSettings(TissueMethod.SATURATION, 0, 0, 0, 0, false, false);
    }

    /** These settings with another method. */
    public TissueSettings with(final TissueMethod other) {
        return new TissueSettings(other, closingUm, openingUm, minAreaUm2, maxHoleUm2, findPens, findEdges);
    }
}
