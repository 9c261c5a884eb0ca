package org.selfdiff.data;

import java.nio.file.Path;
import java.util.List;

/**
 * Where the labels of a tile come from: a picture whose values are labels, or annotations whose regions are drawn as
 * labels when they are read.
 *
 * @param file the picture or the annotations
 * @param classes for annotations the names of the classes 1, 2 and so on, in order; empty for a picture
 */
public record TileMask(Path file, List<String> classes) {

    /** Copies the list. */
    public TileMask {
        classes = List.copyOf(classes);
    }

    /** A picture whose values are labels. */
    public static TileMask picture(final Path file) {
        return new TileMask(file, List.of());
    }

    /** Whether the labels are drawn from annotations. */
    public boolean drawn() {
        return !classes.isEmpty();
    }
}
