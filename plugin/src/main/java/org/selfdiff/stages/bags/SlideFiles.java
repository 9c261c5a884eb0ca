package org.selfdiff.stages.bags;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.selfdiff.run.RunFailed;

/** Slides found by their names, with or without extensions. */
final class SlideFiles {
    private static final int DEPTH = 8;

    private SlideFiles() {}

    /** All files of a folder and its sub-folders by their names; of two with one name the first. */
    static Map<String, Path> in(final Path folder) throws RunFailed {
        final Map<String, Path> byName = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder, DEPTH)) {
            all.filter(Files::isRegularFile)
                    .sorted()
                    .forEach(file -> byName.putIfAbsent(file.getFileName().toString(), file));
        } catch (IOException | UncheckedIOException e) {
            throw new RunFailed(
                    "The folder of slides cannot be read (" + e.getClass().getSimpleName() + ")",
                    folder.toString(),
                    "Choose the folder that holds the slides, or leave the setting empty.",
                    e);
        }
        return byName;
    }

    /** The file of a name, or of that name with an extension. */
    static Optional<Path> find(final Map<String, Path> files, final String slide) {
        if (files.containsKey(slide)) {
            return Optional.of(files.get(slide));
        }
        final String start = slide + ".";
        return files.entrySet().stream()
                .filter(file -> file.getKey().startsWith(start))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
