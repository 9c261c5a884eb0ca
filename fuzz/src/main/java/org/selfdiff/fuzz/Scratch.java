package org.selfdiff.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.selfdiff.imaging.DecodeLimits;

/** Files for readers that want a path, and the limits that they are given. */
public final class Scratch {
    /** 65,536 pixels, so that a reader that goes beyond them is noticed. */
    public static final DecodeLimits LIMITS = new DecodeLimits(1 << 16);

    /** Lies in the session's own folder for temporary files, which goes with the session. */
    private static final Path FOLDER = make();

    private Scratch() {}

    /**
     * A reader of a file.
     *
     * @param name the file's name, whose ending may matter
     */
    public static Reader file(final String name, final Reader.OfFile reader) {
        final Path file = FOLDER.resolve(name);
        return input -> {
            Files.write(file, input);
            reader.read(file);
        };
    }

    /** The folder of the session's files. */
    public static Path folder() {
        return FOLDER;
    }

    private static Path make() {
        try {
            return Files.createTempDirectory("selfdiff-fuzz");
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
