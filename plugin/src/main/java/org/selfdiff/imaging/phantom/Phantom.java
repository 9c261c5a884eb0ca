package org.selfdiff.imaging.phantom;

import java.util.EnumMap;
import java.util.Map;
import org.selfdiff.imaging.LabelMap;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.SeededRandom;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;

/**
 * A synthetic picture in the manner of hematoxylin and eosin, and what it truly shows. Nuclei of three kinds lie in
 * glands, sheets of cells, connective tissue and infiltrates; red cells, smudges out of focus and connective tissue
 * tinged with hematoxylin look like nuclei and are none, so that no threshold on colour finds the mask. It resembles
 * tissue, and is no model of any disease.
 *
 * @param picture the picture
 * @param nuclei number of the nucleus at each pixel, from 1; 0 elsewhere
 * @param types {@link NucleusType#label()} at each pixel; 0 elsewhere
 * @param counts nuclei in the picture by kind
 * @param scene what it mainly shows
 * @param staining colours of its stains
 * @param blur standard deviation of its blur in pixels
 */
public record Phantom(
        Picture picture,
        LabelMap nuclei,
        LabelMap types,
        Map<NucleusType, Integer> counts,
        String scene,
        Staining staining,
        double blur) {
    private static final double DRAWN_AT_MPP = 0.5;

    private static final long ARRANGE = 1;

    private static final long STAIN = 2;

    private static final long PHOTOGRAPH = 3;

    /**
     * Draws a picture. It depends on the arguments alone.
     *
     * @param width in pixels, at least 16
     * @param height in pixels, at least 16
     * @param mpp micrometres along the side of a pixel, 0.1 to 2
     * @param seed of the set
     * @param index of the picture in the set
     * @param control asked in every row of pixels whether to go on; sees no progress
     */
    public static Phantom draw(
            final int width,
            final int height,
            final double mpp,
            final long seed,
            final int index,
            final RunControl control)
            throws RunCancelled {
        if (width < 16 || height < 16 || !(mpp >= 0.1 && mpp <= 2)) {
            throw new IllegalArgumentException(width + " x " + height + " at " + mpp + " micrometres");
        }
        final double scale = DRAWN_AT_MPP / mpp;
        final Specimen specimen = new Specimen(width, height, scale, control);
        final SeededRandom arranging = new SeededRandom(seed, index, ARRANGE);
        final Scene.Kind kind = Scene.kind(arranging);
        Scene.arrange(specimen, kind, arranging);
        final Staining staining = Staining.draw(new SeededRandom(seed, index, STAIN));
        final SeededRandom photographing = new SeededRandom(seed, index, PHOTOGRAPH);
        final Camera camera = Camera.draw(photographing, scale);
        final Map<NucleusType, Integer> counts = new EnumMap<>(NucleusType.class);
        for (final NucleusType type : NucleusType.values()) {
            counts.put(type, (int)
                    specimen.nuclei.stream().filter(n -> n.type() == type).count());
        }
        final int[] types = new int[width * height];
        for (int i = 0; i < types.length; i++) {
            types[i] = specimen.owner[i] == 0
                    ? 0
                    : specimen.nuclei.get(specimen.owner[i] - 1).type().label();
        }
        return new Phantom(
                camera.photograph(specimen, staining, photographing),
                new LabelMap(width, height, specimen.owner),
                new LabelMap(width, height, types),
                counts,
                kind.name().toLowerCase(java.util.Locale.ROOT),
                staining,
                camera.blur());
    }
}
