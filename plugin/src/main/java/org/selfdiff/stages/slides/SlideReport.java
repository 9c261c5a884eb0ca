package org.selfdiff.stages.slides;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * What became of one slide or picture.
 *
 * @param image the slide
 * @param mask its mask or annotations
 * @param group its group; empty if the slide failed and its group cannot be told from its path either
 * @param slide what its file says, empty if it could not be read
 * @param tissue what tissue was found, empty if none was looked for
 * @param kept tiles in the result
 * @param dropped tiles of the grid that were left out, by reason
 * @param note what the user should know, or what went wrong; empty if all is well
 * @param failed whether the slide could not be used
 * @param overview PNG with tissue and kept tiles drawn, empty if not asked for or impossible
 */
public record SlideReport(
        Path image,
        Optional<Path> mask,
        String group,
        Optional<File> slide,
        Optional<Tissue> tissue,
        int kept,
        Dropped dropped,
        String note,
        boolean failed,
        Optional<byte[]> overview) {

    /**
     * What the file says, and how it was read.
     *
     * @param format its name
     * @param decoder who decodes it
     * @param width of level 0 in pixels
     * @param height of level 0 in pixels
     * @param levels how many
     * @param mpp micrometres per pixel of level 0 (that of the override if there is one), {@code NaN} if unknown
     * @param magnification of the objective, {@code NaN} if unknown
     * @param level that tiles are read from
     * @param downsample pixels of level 0 along the side of a tile's pixel
     * @param tileMpp micrometres along the side of a tile's pixel, {@code NaN} if unknown
     */
    public record File(
            String format,
            String decoder,
            long width,
            long height,
            int levels,
            double mpp,
            double magnification,
            int level,
            double downsample,
            double tileMpp) {}

    /**
     * Tissue found.
     *
     * @param share of the slide, 0 to 1
     * @param mm2 square millimetres, {@code NaN} if the size of a pixel is unknown
     */
    public record Tissue(double share, double mm2) {}

    /**
     * Tiles that were left out.
     *
     * @param tissue too little tissue
     * @param annotations on the wrong side of the annotations
     * @param sharpness out of focus
     */
    public record Dropped(int tissue, int annotations, int sharpness) {

        /** None. */
        public static Dropped none() {
            return new Dropped(0, 0, 0);
        }

        /** All of them. */
        public int all() {
            return tissue + annotations + sharpness;
        }
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof SlideReport r
                && image.equals(r.image)
                && mask.equals(r.mask)
                && group.equals(r.group)
                && slide.equals(r.slide)
                && tissue.equals(r.tissue)
                && kept == r.kept
                && dropped.equals(r.dropped)
                && note.equals(r.note)
                && failed == r.failed
                && Arrays.equals(overview.orElse(null), r.overview.orElse(null));
    }

    @Override
    public int hashCode() {
        return image.hashCode() + 31 * kept;
    }
}
