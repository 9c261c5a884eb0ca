package org.selfdiff.stages.slides;

import java.nio.file.Path;
import java.util.Optional;
import org.selfdiff.data.PictureFiles;

/** Lets the fuzzer read the note of a finished slide, which only a tiler that goes on does otherwise. */
public final class JournalDoor {
    private static final PictureFiles.Entry SLIDE =
            new PictureFiles.Entry(Path.of("slide.png"), "slide", Optional.empty(), Optional.empty(), "");

    private JournalDoor() {}

    /** Reads a text; false if it is no note. */
    public static boolean read(final String text) {
        return SlideNote.read(text, SLIDE, CutTiles.AnnotationRule.labels()).isPresent();
    }
}
