package org.selfdiff.data;

import java.nio.file.Path;
import java.util.List;
import org.selfdiff.imaging.annotation.AnnotationFiles;

/**
 * Where the labels of a tile come from: a picture whose values are labels, or annotations whose regions are drawn as
 * labels when they are read.
 *
 * @param file the picture or the annotations
 * @param classes names of the classes 1, 2 and so on, in order; for a picture those of its values, empty if nobody has
 *     named them
 * @param excluded for annotations the classes whose regions are no label, and cut holes into the others
 */
public record TileMask(Path file, List<String> classes, List<String> excluded) {

    /** Copies the lists. */
    public TileMask {
        classes = List.copyOf(classes);
        excluded = List.copyOf(excluded);
    }

    /** A picture whose values are labels. */
    public static TileMask picture(final Path file) {
        return new TileMask(file, List.of(), List.of());
    }

    /** Whether the labels are drawn from annotations. */
    public boolean drawn() {
        return AnnotationFiles.hasName(file);
    }
}
