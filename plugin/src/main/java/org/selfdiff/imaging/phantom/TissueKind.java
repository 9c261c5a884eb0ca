package org.selfdiff.imaging.phantom;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a place on a slide phantom is; its number in a label map is its {@link #label()}. */
public enum TissueKind {
    /** No tissue. */
    GLASS("Glass", 0xffffff),
    /** Connective tissue with fibres, vessels and infiltrates. */
    STROMA("Stroma", 0x96c896),
    /** Glands that are lined in order. */
    NORMAL("Normal", 0x3c78d8),
    /** Dense sheets of large nuclei. */
    TUMOR("Tumor", 0xc80000);

    private final String title;

    private final int colour;

    TissueKind(final String title, final int colour) {
        this.title = title;
        this.colour = colour;
    }

    /** 0 for glass, then 1, 2, 3. */
    public int label() {
        return ordinal();
    }

    /** What has a name in annotations, {@link #GLASS} if it is empty: no region lies there. */
    static TissueKind of(final String title) {
        for (final TissueKind kind : values()) {
            if (kind.title.equals(title)) {
                return kind;
            }
        }
        return GLASS;
    }

    /** The names in annotations, in the order of the labels from 1 on. */
    public static List<String> titles() {
        return Arrays.stream(values()).skip(1).map(TissueKind::title).toList();
    }

    /** For every name in annotations the colour, {@code 0xRRGGBB}, in which viewers show it. */
    public static Map<String, Integer> colours() {
        return Arrays.stream(values()).collect(Collectors.toMap(TissueKind::title, k -> k.colour));
    }

    /** Name of the class in annotations. */
    public String title() {
        return title;
    }
}
