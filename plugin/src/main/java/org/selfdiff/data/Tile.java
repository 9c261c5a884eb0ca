package org.selfdiff.data;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.selfdiff.imaging.stain.StainTransform;
import org.selfdiff.run.RunFailed;

/**
 * A rectangle of a slide or picture, not its pixels.
 *
 * @param image the slide or picture
 * @param area which part of it, and at which resolution
 * @param mask where its labels come from
 * @param group what may not be on both sides of a split: picture, slide or patient
 * @param stain how its colours are changed when it is read
 * @param findings what was found out about it when it was cut
 */
public record Tile(
        Path image,
        Area area,
        Optional<TileMask> mask,
        String group,
        Optional<StainTransform> stain,
        Findings findings) {

    /**
     * A rectangle and a resolution.
     *
     * @param x left column in pixels of level 0
     * @param y upper row in pixels of level 0
     * @param width in pixels as they are read; what reaches past the picture is its reflection
     * @param height in pixels as they are read
     * @param downsample pixels of level 0 that one pixel covers along a side, at least 1
     * @param mpp micrometres along the side of a pixel, {@code NaN} if unknown
     */
    public record Area(int x, int y, int width, int height, double downsample, double mpp) {

        /** Checks the ranges. */
        public Area {
            if (width < 1 || height < 1 || !(downsample >= 1)) {
                throw new IllegalArgumentException("a tile of " + width + " x " + height + " at 1:" + downsample);
            }
        }
    }

    /**
     * What was found out about a tile when it was cut.
     *
     * @param level of the slide that it is read from
     * @param tissue share of tissue, 0 to 1, {@code NaN} if not looked for
     * @param sharpness 0 to 1, see {@link org.selfdiff.imaging.tissue.Sharpness}; {@code NaN} if not measured, or nothing
     *     to judge
     * @param label class that its annotations name, empty if none
     * @param files how its files were then, empty if not noted
     * @param channels 1 if the picture is grey all over, though its file may hold three equal samples a pixel; else, or
     *     if not looked for, 3
     */
    public record Findings(
            int level,
            double tissue,
            double sharpness,
            Optional<String> label,
            Optional<Fingerprint> files,
            int channels) {

        /** Nothing was looked for. */
        public static Findings none() {
            return new Findings(0, Double.NaN, Double.NaN, Optional.empty(), Optional.empty(), BatchSettings.COLOUR);
        }
    }

    /** Checks that nothing is missing. */
    public Tile {
        Objects.requireNonNull(image);
        Objects.requireNonNull(area);
        Objects.requireNonNull(mask);
        Objects.requireNonNull(group);
        Objects.requireNonNull(stain);
        Objects.requireNonNull(findings);
    }

    /** A rectangle of a picture at its finest, with a mask that is a picture of the same size. */
    public static Tile of(
            final Path image,
            final Optional<Path> mask,
            final int x,
            final int y,
            final int width,
            final int height,
            final double mpp,
            final String group) {
        return new Tile(
                image,
                new Area(x, y, width, height, 1, mpp),
                mask.map(TileMask::picture),
                group,
                Optional.empty(),
                Findings.none());
    }

    /** Left column in pixels of level 0. */
    public int x() {
        return area.x;
    }

    /** Upper row in pixels of level 0. */
    public int y() {
        return area.y;
    }

    /** In pixels as they are read. */
    public int width() {
        return area.width;
    }

    /** In pixels as they are read. */
    public int height() {
        return area.height;
    }

    /** The same tile without its mask. */
    public Tile unlabelled() {
        return new Tile(image, area, Optional.empty(), group, stain, findings);
    }

    /** The same tile with another mask. */
    Tile masked(final TileMask other) {
        return new Tile(image, area, Optional.of(other), group, stain, findings);
    }

    /** The same tile with its colours as they are in the file. */
    public Tile asScanned() {
        return new Tile(image, area, mask, group, Optional.empty(), findings);
    }

    /** The same tile with its colours changed when it is read. */
    public Tile stained(final StainTransform change) {
        return new Tile(image, area, mask, group, Optional.of(change), findings);
    }

    /** The same tile with its sharpness known. */
    public Tile with(final double sharpness) {
        return found(new Findings(
                findings.level, findings.tissue, sharpness, findings.label, findings.files, findings.channels));
    }

    /** The same tile, cut from files that were as noted. */
    public Tile with(final Fingerprint files) {
        return found(new Findings(
                findings.level,
                findings.tissue,
                findings.sharpness,
                findings.label,
                Optional.of(files),
                findings.channels));
    }

    /** The same tile of a picture that is known to be grey (1) or not (3). */
    public Tile withChannels(final int channels) {
        return found(new Findings(
                findings.level, findings.tissue, findings.sharpness, findings.label, findings.files, channels));
    }

    private Tile found(final Findings other) {
        return new Tile(image, area, mask, group, stain, other);
    }

    /**
     * Refuses a picture that is not as it was when the tile was cut.
     *
     * @throws RunFailed naming the picture
     */
    void requireSamePicture() throws RunFailed {
        if (findings.files.isPresent()) {
            findings.files.get().image().requireOf(image);
        }
    }

    /** The same for the mask, if there is one. */
    void requireSameMask() throws RunFailed {
        final Optional<Fingerprint.State> state = findings.files.flatMap(Fingerprint::mask);
        if (state.isPresent() && mask.isPresent()) {
            state.get().requireOf(mask.get().file());
        }
    }

    /** Where it is, for messages. */
    public String place() {
        return image + ", tile at column " + area.x + ", row " + area.y;
    }
}
