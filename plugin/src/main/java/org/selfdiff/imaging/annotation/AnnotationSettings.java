package org.selfdiff.imaging.annotation;

import org.selfdiff.imaging.DecodeLimits;

/**
 * How annotation files are read, and what one may cost.
 *
 * @param faulty what happens to faulty outlines
 * @param defaultClass class of regions that their file gives none, not blank; {@code Nucleus} suits MoNuSeg files,
 *     {@code Gland} the pictures of the GlaS challenge
 * @param pictureLabels what the values of a label picture are
 * @param maxVertices most vertices in a file, 1 to 100,000,000
 * @param maxRegions most regions in a file, 1 to 100,000,000
 * @param pictures what a label picture, or the mask of one object, may cost
 */
public record AnnotationSettings(
        FaultyPolygons faulty,
        String defaultClass,
        PictureLabels pictureLabels,
        int maxVertices,
        int maxRegions,
        DecodeLimits pictures) {
    private static final int STANDARD_VERTICES = 20_000_000;

    private static final int STANDARD_REGIONS = 5_000_000;

    private static final int MOST = 100_000_000;

    /** What the values of a label picture are; 0 is background in any case. */
    public enum PictureLabels {
        /** Each value is an object of {@link AnnotationSettings#defaultClass}, and its name. */
        OBJECTS,
        /** Each value is a class, and its name. */
        CLASSES
    }

    /** Checks the ranges. */
    public AnnotationSettings {
        if (defaultClass.isBlank()) {
            throw new IllegalArgumentException("defaultClass is blank");
        }
        if (maxVertices < 1 || maxVertices > MOST || maxRegions < 1 || maxRegions > MOST) {
            throw new IllegalArgumentException("limits must be 1 to " + MOST);
        }
    }

    /** Faults fail, regions without a class are {@code Unclassified}, 20 million vertices, 5 million regions. */
    public static AnnotationSettings standard() {
        return new AnnotationSettings(
                FaultyPolygons.FAIL,
                "Unclassified",
                PictureLabels.OBJECTS,
                STANDARD_VERTICES,
                STANDARD_REGIONS,
                DecodeLimits.standard());
    }

    /** The same with another choice for faulty outlines. */
    public AnnotationSettings withFaulty(final FaultyPolygons choice) {
        return new AnnotationSettings(choice, defaultClass, pictureLabels, maxVertices, maxRegions, pictures);
    }

    /** The same with another class for regions without one. */
    public AnnotationSettings withDefaultClass(final String name) {
        return new AnnotationSettings(faulty, name, pictureLabels, maxVertices, maxRegions, pictures);
    }

    /** The same with another meaning of label pictures. */
    public AnnotationSettings withPictureLabels(final PictureLabels meaning) {
        return new AnnotationSettings(faulty, defaultClass, meaning, maxVertices, maxRegions, pictures);
    }

    /** The same with other limits. */
    public AnnotationSettings withLimits(final int vertices, final int regions) {
        return new AnnotationSettings(faulty, defaultClass, pictureLabels, vertices, regions, pictures);
    }
}
