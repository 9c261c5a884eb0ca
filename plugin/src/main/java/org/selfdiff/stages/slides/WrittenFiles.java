package org.selfdiff.stages.slides;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * What was written into a folder of exported tiles, so that files that are gone since, or that somebody has corrected by
 * hand, are noticed. A file of the folder holds it, a line for each file: CRC-32C, bytes and name. Safe for several threads.
 */
final class WrittenFiles {
    /** Name of the file that holds it. */
    static final String NAME = "tiles.written";

    private final Map<String, Written> files = new TreeMap<>();

    private record Written(long sum, long bytes) {}

    /** Notes a file. */
    synchronized void add(final Path file, final byte[] content) {
        files.put(file.getFileName().toString(), new Written(sum(content), content.length));
    }

    private static long sum(final byte[] content) {
        final CRC32C sum = new CRC32C();
        sum.update(content);
        return sum.getValue();
    }

    /** The file that {@link #of} reads. */
    synchronized byte[] bytes() {
        final StringBuilder text = new StringBuilder();
        files.forEach((name, file) -> text.append(Long.toHexString(file.sum))
                .append(' ')
                .append(file.bytes)
                .append(' ')
                .append(name)
                .append('\n'));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** What a folder says of itself; empty where it says nothing that is understood. */
    static Optional<WrittenFiles> of(final Path folder) {
        final WrittenFiles written = new WrittenFiles();
        try {
            for (final String line : Files.readAllLines(folder.resolve(NAME))) {
                final String[] parts = line.split(" ", 3);
                written.files.put(parts[2], new Written(Long.parseLong(parts[0], 16), Long.parseLong(parts[1])));
            }
            return Optional.of(written);
        } catch (final IOException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    /** Whether all files are there. */
    synchronized boolean complete(final Path folder) {
        return files.keySet().stream().allMatch(name -> Files.isRegularFile(folder.resolve(name)));
    }

    /** A file that is there and holds something else than was written. */
    synchronized Optional<Path> changed(final Path folder) throws IOException {
        for (final Map.Entry<String, Written> file : files.entrySet()) {
            final Path path = folder.resolve(file.getKey());
            if (Files.isRegularFile(path)
                    && (Files.size(path) != file.getValue().bytes
                            || sum(Files.readAllBytes(path)) != file.getValue().sum)) {
                return Optional.of(path);
            }
        }
        return Optional.empty();
    }
}
