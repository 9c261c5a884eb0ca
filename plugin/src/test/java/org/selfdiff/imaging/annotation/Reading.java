package org.selfdiff.imaging.annotation;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;

/** Reads texts as annotation files. */
final class Reading {
    static final AnnotationSettings STRICT = AnnotationSettings.standard();

    static final AnnotationSettings REPAIR = STRICT.withFaulty(FaultyPolygons.REPAIR);

    private final Path folder;

    Reading(final Path folder) {
        this.folder = folder;
    }

    Path file(final String text) throws Exception {
        return Files.write(folder.resolve("a.txt"), text.getBytes(StandardCharsets.UTF_8));
    }

    Annotations read(final String text, final AnnotationSettings settings) throws Exception {
        return AnnotationFiles.read(file(text), "slide_1.svs", settings, RunControl.silent());
    }

    Annotations read(final String text) throws Exception {
        return read(text, STRICT);
    }

    /** Fails, and the message names the file and holds these words. */
    RunFailed fails(final String text, final AnnotationSettings settings, final String... words) {
        final RunFailed failed = assertThrows(RunFailed.class, () -> read(text, settings), text);
        assertTrue(failed.where().contains("a.txt"), failed.getMessage());
        for (final String word : words) {
            assertTrue(failed.getMessage().contains(word), failed.getMessage() + " lacks " + word);
        }
        return failed;
    }

    RunFailed fails(final String text, final String... words) {
        return fails(text, STRICT, words);
    }
}
