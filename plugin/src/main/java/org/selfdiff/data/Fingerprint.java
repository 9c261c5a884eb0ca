package org.selfdiff.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.selfdiff.run.RunFailed;

/**
 * How the files of a tile were when it was cut, so that a picture or mask that is another one by now is noticed when its
 * pixels are read.
 *
 * @param image the slide or picture
 * @param mask its mask or annotations
 */
public record Fingerprint(State image, Optional<State> mask) {
    /** Files up to this size are looked at as a whole; of larger ones, {@link #SAMPLES} parts. */
    private static final int WHOLE = 1 << 20;

    private static final int SAMPLES = 16;

    private static final int SAMPLE = 64 << 10;

    /**
     * The state of a file. Another size is another file; another time is one only if the content differs as well, since a
     * workflow may be copied with its pictures. Of files over 1 MiB the content is looked at in 16 parts of 64 KiB: a file
     * that was changed in place, at the same size and between them, passes for the same.
     *
     * @param bytes its size
     * @param changed time of its last change, in milliseconds since 1970
     * @param content CRC-32C of its content
     */
    public record State(long bytes, long changed, long content) {
        /** The state of a file now. */
        static State of(final Path file) throws IOException {
            final long bytes = Files.size(file);
            return new State(bytes, Files.getLastModifiedTime(file).toMillis(), content(file, bytes));
        }

        private static long content(final Path file, final long bytes) throws IOException {
            final CRC32C sum = new CRC32C();
            final ByteBuffer part = ByteBuffer.allocate(bytes <= WHOLE ? (int) bytes : SAMPLE);
            final int parts = bytes <= WHOLE ? 1 : SAMPLES;
            try (SeekableByteChannel channel = Files.newByteChannel(file)) {
                for (int i = 0; i < parts; i++) {
                    channel.position(parts == 1 ? 0 : (bytes - SAMPLE) * i / (parts - 1));
                    part.clear();
                    while (part.hasRemaining() && channel.read(part) >= 0) {
                        // until the part is full or the file ends
                    }
                    sum.update(part.flip());
                }
            }
            return sum.getValue();
        }

        private boolean holdsFor(final Path file) throws IOException {
            final long now = Files.size(file);
            return now == bytes
                    && (Files.getLastModifiedTime(file).toMillis() == changed || content(file, now) == content);
        }

        private String text() {
            return bytes + ":" + changed + ":" + Long.toHexString(content);
        }

        private static State parse(final String text) {
            final String[] parts = text.split(":");
            if (parts.length != 3) {
                throw new NumberFormatException(text);
            }
            return new State(Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2], 16));
        }

        /**
         * Refuses a file that is not as it was. One that cannot be looked at passes: who reads it says why it cannot be read.
         *
         * @param file where it lies now
         * @throws RunFailed if it has changed since
         */
        void requireOf(final Path file) throws RunFailed {
            try {
                if (holdsFor(file)) {
                    return;
                }
                throw new RunFailed(
                        "The file has changed since it was tiled: it has " + Files.size(file) + " bytes of "
                                + Files.getLastModifiedTime(file) + " and had " + bytes + " of "
                                + Instant.ofEpochMilli(changed),
                        file.toString(),
                        "Run the Tiler again, or bring the file back as it was; two runs that write pictures need a"
                                + " folder each. Where you changed the path in the table, remove its fingerprints.");
            } catch (final IOException e) {
                return;
            }
        }
    }

    /** The files as they are now. */
    public static Fingerprint of(final Path image, final Optional<Path> mask) throws IOException {
        return new Fingerprint(
                State.of(image), mask.isPresent() ? Optional.of(State.of(mask.get())) : Optional.empty());
    }

    /** One line; {@link #parse} reads it. */
    public String text() {
        return image.text() + mask.map(state -> " " + state.text()).orElse("");
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @param where the text stands, for the message
     * @throws RunFailed if it is no fingerprint
     */
    public static Fingerprint parse(final String text, final String where) throws RunFailed {
        final String[] states = text.strip().split(" ");
        try {
            return new Fingerprint(
                    State.parse(states[0]), states.length > 1 ? Optional.of(State.parse(states[1])) : Optional.empty());
        } catch (final NumberFormatException e) {
            throw new RunFailed(
                    "\"" + text + "\" is no fingerprint of files",
                    where,
                    "Leave the column as the Tiler writes it, or remove it.",
                    e);
        }
    }
}
