package org.selfdiff.bench.slides;

import java.nio.file.Path;

/**
 * A slide that is read.
 *
 * @param kind how it is compressed
 * @param path where it is
 * @param width of its finest level in pixels
 * @param height of its finest level in pixels
 * @param tiles of all levels
 * @param tileBytes mean length of a tile in the file
 */
record SlideFile(SlideKind kind, Path path, long width, long height, long tiles, double tileBytes) {

    /** For instance {@code JPEG 4:2:0, quality 80: 40000 x 40000, 33000 tiles of 256 x 256, 20.1 kB each}. */
    String describe() {
        return String.format(
                java.util.Locale.ROOT,
                "%s: %d x %d, %d tiles of 256 x 256 in all levels, %.1f kB a tile",
                kind.text(),
                width,
                height,
                tiles,
                tileBytes / 1000);
    }
}
