package org.selfdiff.data;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * A rectangle of a picture, not its pixels.
 *
 * @param image the picture
 * @param mask its mask, of the same size as the picture
 * @param x left column in pixels of the picture
 * @param y upper row in pixels of the picture
 * @param width in pixels; what reaches past the picture is its reflection
 * @param height in pixels
 * @param mpp micrometres along the side of a pixel, {@code NaN} if unknown
 * @param group what may not be on both sides of a split: picture, slide or patient
 */
public record Tile(Path image, Optional<Path> mask, int x, int y, int width, int height, double mpp, String group) {

    /** Checks the size. */
    public Tile {
        Objects.requireNonNull(image);
        Objects.requireNonNull(mask);
        Objects.requireNonNull(group);
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("a tile of " + width + " x " + height);
        }
    }

    /** The same tile without its mask. */
    public Tile unlabelled() {
        return new Tile(image, Optional.empty(), x, y, width, height, mpp, group);
    }

    /** Where it is, for messages. */
    public String place() {
        return image + ", tile at column " + x + ", row " + y;
    }
}
