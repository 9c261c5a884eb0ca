package org.selfdiff.stages.bags;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.selfdiff.data.features.FeatureFile;
import org.selfdiff.data.features.RawRows;
import org.selfdiff.run.RunFailed;

/**
 * Embeddings in files of features, read when a step asks for them. A file is opened for each reading, which takes some
 * milliseconds, so that threads share nothing and thousands of slides hold no file open.
 *
 * @param width numbers of an embedding
 * @param files the files
 * @param file number of each tile's file
 * @param row row of each tile there
 */
public record FiledFeatures(int width, List<Path> files, int[] file, int[] row) implements BagFeatures {

    /** Copies the list. */
    public FiledFeatures {
        files = List.copyOf(files);
        if (file.length != row.length) {
            throw new IllegalArgumentException(file.length + " files, " + row.length + " rows");
        }
    }

    @Override
    public void copy(final int[] tiles, final float[] into) throws RunFailed {
        each(tiles, (number, rows, places) -> {
            try (FeatureFile open = FeatureFile.open(files.get(number))) {
                requireWidth(open);
                final Optional<RawRows> raw = open.raw();
                if (raw.isPresent()) {
                    raw.get().copy(rows, places, into);
                } else {
                    open.copy(rows, places, into);
                }
            }
        });
    }

    /** Reads rows of one of the files. */
    interface Reading {
        /**
         * Reads.
         *
         * @param number of the file
         * @param rows there
         * @param places where each goes
         */
        void read(int number, int[] rows, int[] places) throws RunFailed;
    }

    /** Tiles by the files that they are in. */
    void each(final int[] tiles, final Reading reading) throws RunFailed {
        for (int f = 0; f < files.size(); f++) {
            final int number = f;
            final int[] places = IntStream.range(0, tiles.length)
                    .filter(i -> tiles[i] >= 0 && file[tiles[i]] == number)
                    .toArray();
            if (places.length > 0) {
                reading.read(f, IntStream.of(places).map(i -> row[tiles[i]]).toArray(), places);
            }
        }
    }

    private void requireWidth(final FeatureFile open) throws RunFailed {
        if (open.width() != width) {
            throw new RunFailed(
                    "The features have " + open.width() + " numbers, those before " + width,
                    open.path().toString(),
                    "Use features of one encoder; make the table of tiles again if files were changed.");
        }
    }

    /** Of names, sizes, times and rows. */
    @Override
    public String fingerprint() throws RunFailed {
        final StringBuilder text = new StringBuilder();
        for (final Path path : files) {
            try {
                text.append(path.getFileName())
                        .append(' ')
                        .append(Files.size(path))
                        .append(' ')
                        .append(Files.getLastModifiedTime(path).toMillis())
                        .append(' ');
            } catch (IOException e) {
                throw new RunFailed(
                        "The file cannot be read (" + e.getClass().getSimpleName() + ")",
                        path.toString(),
                        "Put the file back, or read the features again.",
                        e);
            }
        }
        return text.append(java.util.Arrays.hashCode(file))
                .append(' ')
                .append(java.util.Arrays.hashCode(row))
                .toString();
    }
}
