package org.selfdiff.stages.slides;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.selfdiff.data.PictureFiles;
import org.selfdiff.imaging.Pictures;
import org.selfdiff.imaging.SeededRandom;
import org.selfdiff.run.AtomicFile;
import org.selfdiff.run.RunFailed;

/**
 * Notes of finished slides, one file each, so that a run over thousands of slides that was stopped goes on where it was.
 * A note counts only for the same settings, the same files, by length and time of change, and the same version of the
 * method; one that cannot be read counts as absent, and the slide is cut again.
 */
final class SlideJournal {
    /**
     * Version of the method that finds tiles. To be raised with every change after which the same slide, by the same
     * settings, may have other tiles or another report: how slides are read, how tissue, ink and sharpness are found, how
     * annotations are read, where the grid lies.
     */
    static final int METHOD = 2;

    private static final long LARGEST = 1L << 30;

    private final Path folder;

    private final String settings;

    private final CutTiles.AnnotationRule rule;

    private final Optional<Path> tissueMasks;

    private SlideJournal(
            final Path folder,
            final String settings,
            final CutTiles.AnnotationRule rule,
            final Optional<Path> tissueMasks) {
        this.folder = folder;
        this.settings = settings;
        this.rule = rule;
        this.tissueMasks = tissueMasks;
    }

    /** A journal in a folder, which is made if it is absent. */
    static SlideJournal in(final Path folder, final CutTiles.Request request, final CutTiles.AnnotationRule rule)
            throws RunFailed {
        return in(folder, request, rule, METHOD);
    }

    static SlideJournal in(
            final Path folder, final CutTiles.Request request, final CutTiles.AnnotationRule rule, final int method)
            throws RunFailed {
        try {
            Files.createDirectories(folder);
        } catch (final IOException e) {
            throw new RunFailed(
                    "The folder for finished slides cannot be made: " + e.getMessage(),
                    folder.toString(),
                    "Choose a folder that you may write to.",
                    e);
        }
        final String settings = String.join(
                "\n",
                Integer.toString(method),
                request.reading().toString(),
                request.grid().toString(),
                request.tissue().toString(),
                rule.toString(),
                Double.toString(request.minSharpness()),
                request.grouping().toString(),
                Boolean.toString(request.overviews()));
        return new SlideJournal(folder, settings, rule, request.tissue().masks());
    }

    /** The note of a slide. */
    Optional<CutSlide> find(final PictureFiles.Entry entry) {
        try {
            final Path file = file(entry);
            if (!Files.isRegularFile(file) || Files.size(file) > LARGEST) {
                return Optional.empty();
            }
            return SlideNote.read(Files.readString(file), entry, rule);
        } catch (final IOException e) {
            return Optional.empty(); // not readable, or no text
        }
    }

    /** Notes a finished slide. */
    void note(final PictureFiles.Entry entry, final CutSlide slide) throws RunFailed {
        try {
            AtomicFile.write(file(entry), SlideNote.text(slide).getBytes(StandardCharsets.UTF_8));
        } catch (final IOException e) {
            throw new RunFailed(
                    "The note of " + entry.image().getFileName() + " cannot be written: " + e.getMessage(),
                    folder.toString(),
                    "Choose another folder for finished slides, or make room in it.",
                    e);
        }
    }

    /** Named by the slide, by a hash of its path and of all that decides about the outcome. */
    private Path file(final PictureFiles.Entry entry) throws IOException {
        long key = SeededRandom.mix(
                SeededRandom.mix(settings), SeededRandom.mix(state(entry.image()) + entry.name() + entry.group()));
        if (entry.mask().isPresent()) {
            key = SeededRandom.mix(key, SeededRandom.mix(state(entry.mask().get())));
        }
        if (tissueMasks.isPresent()) {
            final Optional<Path> given = Pictures.named(tissueMasks.get(), Pictures.stem(entry.image()));
            key = SeededRandom.mix(key, SeededRandom.mix(given.isPresent() ? state(given.get()) : ""));
        }
        final String stem = Pictures.stem(entry.image());
        final String start =
                stem.substring(0, stem.offsetByCodePoints(0, Math.min(60, stem.codePointCount(0, stem.length()))));
        return folder.resolve(start + "-" + String.format(Locale.ROOT, "%016x", key) + ".json");
    }

    private static String state(final Path file) throws IOException {
        return file.toAbsolutePath().normalize() + "\n" + Files.size(file) + "\n"
                + Files.getLastModifiedTime(file).toMillis();
    }
}
