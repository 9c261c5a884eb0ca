package org.selfdiff.stages.bags;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.selfdiff.data.EncodedBy;
import org.selfdiff.data.Tile;
import org.selfdiff.data.features.FeatureReference;
import org.selfdiff.data.features.TridentFile;
import org.selfdiff.run.RunFailed;

/**
 * Writes features of tiles as one HDF5 file for each slide, in TRIDENT's layout. Features come in the order of the
 * tiles; a slide's file is written when its last tile is there, so that no more than the slides under way are in memory.
 */
public final class WriteFeatures {
    private final Request request;

    private final Map<Path, Slide> slides = new LinkedHashMap<>();

    private final List<Written> written = new ArrayList<>();

    private int next;

    /**
     * What is written.
     *
     * @param folder where the files go
     * @param tiles all tiles
     * @param encodedBy what made the features, if known
     */
    public record Request(Path folder, List<Tile> tiles, Optional<EncodedBy> encodedBy) {}

    /**
     * A file that was written.
     *
     * @param slide name of the slide
     * @param file where it is
     * @param tiles how many it holds
     */
    public record Written(String slide, Path file, int tiles) {}

    /** A slide's tiles, and the features that are there already. */
    private static final class Slide {
        private final String name;

        private final Tile first;

        /** Those that have features, so far. */
        private List<Tile> tiles = new ArrayList<>();

        private List<float[]> features = new ArrayList<>();

        /** Tiles that are still to come. */
        private int left;

        Slide(final String name, final Tile first) {
            this.name = name;
            this.first = first;
        }
    }

    private WriteFeatures(final Request request) {
        this.request = request;
    }

    /**
     * Looks through the tiles.
     *
     * @throws RunFailed naming a slide whose name another one has too, or whose tiles are not all squares of one size
     */
    public static WriteFeatures of(final Request request) throws RunFailed {
        final WriteFeatures writing = new WriteFeatures(request);
        final Map<String, Path> names = new LinkedHashMap<>();
        for (final Tile tile : request.tiles) {
            Slide slide = writing.slides.get(tile.image());
            if (slide == null) {
                slide = new Slide(name(tile.image()), tile);
                writing.slides.put(tile.image(), slide);
                final Path other = names.put(slide.name, tile.image());
                if (other != null) {
                    throw new RunFailed(
                            "Two slides would have the file " + slide.name + ".h5: the other is " + other,
                            tile.image().toString(),
                            "Write them into folders of their own.");
                }
            }
            final Tile.Area first = slide.first.area();
            if (tile.width() != tile.height()
                    || tile.width() != first.width()
                    || tile.area().downsample() != first.downsample()) {
                throw new RunFailed(
                        "The tile has " + tile.width() + " x " + tile.height() + " pixels at a downsample of "
                                + tile.area().downsample() + ", the first one of its slide " + first.width() + " x "
                                + first.height() + " at " + first.downsample(),
                        tile.place(),
                        "The layout knows squares of one size in a slide. Write tiles of different sizes into folders of"
                                + " their own.");
            }
            slide.left++;
        }
        return writing;
    }

    private static String name(final Path image) {
        final String name = image.getFileName().toString();
        final int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    /**
     * Takes the features of the next tile.
     *
     * @throws RunFailed when a file cannot be written
     */
    public void take(final float[] features) throws RunFailed {
        take(Optional.of(features));
    }

    /**
     * Takes the features of the next tile, or none: then it is left out.
     *
     * @return where they stand, or will stand as soon as the slide's last tile was taken
     * @throws RunFailed when a file cannot be written
     */
    public Optional<FeatureReference> take(final Optional<float[]> features) throws RunFailed {
        final Tile tile = request.tiles.get(next++);
        final Slide slide = slides.get(tile.image());
        slide.left--;
        Optional<FeatureReference> place = Optional.empty();
        if (features.isPresent()) {
            place = Optional.of(new FeatureReference(file(slide), slide.tiles.size()));
            slide.tiles.add(tile);
            slide.features.add(features.get());
        }
        if (slide.left == 0 && !slide.tiles.isEmpty()) {
            write(slide);
            slide.tiles = List.of();
            slide.features = List.of();
        }
        return place;
    }

    private Path file(final Slide slide) {
        return request.folder.resolve(slide.name + ".h5");
    }

    private void write(final Slide slide) throws RunFailed {
        final Tile.Area area = slide.tiles.get(0).area();
        final Path file = file(slide);
        TridentFile.write(
                file,
                new TridentFile.Tiles(
                        slide.name,
                        slide.tiles.stream().mapToLong(Tile::x).toArray(),
                        slide.tiles.stream().mapToLong(Tile::y).toArray(),
                        area.width(),
                        (int) Math.round(area.width() * area.downsample()),
                        area.mpp() / area.downsample(),
                        request.encodedBy.map(EncodedBy::encoder),
                        request.encodedBy.map(EncodedBy::fingerprint)),
                slide.features.toArray(float[][]::new));
        written.add(new Written(slide.name, file, slide.tiles.size()));
    }

    /** The files that were written, in the order in which they were. */
    public List<Written> written() {
        return List.copyOf(written);
    }
}
