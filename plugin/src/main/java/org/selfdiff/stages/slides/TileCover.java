package org.selfdiff.stages.slides;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.selfdiff.data.MaskReader;
import org.selfdiff.data.PictureCache;
import org.selfdiff.data.PictureFiles;
import org.selfdiff.data.Tile;
import org.selfdiff.imaging.MaskCoding;
import org.selfdiff.imaging.PictureSource;
import org.selfdiff.imaging.annotation.AnnotationFiles;
import org.selfdiff.imaging.annotation.Annotations;
import org.selfdiff.imaging.annotation.PixelGrid;
import org.selfdiff.imaging.annotation.RegionFilter;
import org.selfdiff.imaging.tiff.BlockCache;
import org.selfdiff.imaging.tiff.Masks;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;

/** What somebody has drawn over a slide: regions with classes, a mask, or nothing. */
sealed interface TileCover extends AutoCloseable {
    /** Share of a tile that is covered by what counts, 0 to 1. */
    double share(Tile.Area area) throws RunFailed;

    /** The class that covers most of a tile, and enough of it; of equals the first. */
    Optional<String> label(Tile.Area area) throws RunFailed;

    /** What the user should know. */
    List<String> warnings();

    @Override
    void close();

    /**
     * Reads it. A mask that does not fit its picture is known here, and not in the middle of a training.
     *
     * @throws RunFailed naming the file, if it cannot be read or has another size than the picture
     */
    static TileCover of(
            final PictureFiles.Entry entry,
            final PictureSource source,
            final CutTiles.Request request,
            final CutTiles.AnnotationRule rule,
            final RunControl control)
            throws RunFailed, RunCancelled {
        if (entry.mask().isEmpty()) {
            return new Nothing();
        }
        final Path file = entry.mask().get();
        if (AnnotationFiles.hasName(file)) {
            final String name = entry.image().getFileName().toString();
            final Annotations annotations = AnnotationFiles.read(file, name, rule.settings(), control);
            final PictureSource.Level finest = source.level(0);
            requireSize(annotations, finest, file, source.name());
            return new Regions(annotations, rule, annotations.outside(finest.width(), finest.height()));
        }
        // with several names its values are classes; else whatever is not 0 is one
        final MaskCoding coding = rule.valueNames().size() > 1 ? MaskCoding.labels() : MaskCoding.foreground();
        final MaskReader mask = MaskReader.open(file, coding, request.limits(), BlockCache.small());
        final PictureSource.Level finest = source.level(0);
        PictureCache.requireSameSize(file, mask, source.name(), finest.width(), finest.height());
        return new Mask(mask, Masks.orientation(file), rule.valueNames(), rule.minShare());
    }

    private static void requireSize(
            final Annotations annotations, final PictureSource.Level finest, final Path file, final String picture)
            throws RunFailed {
        if (annotations.size().isPresent()) {
            final Annotations.Size size = annotations.size().get();
            if (size.width() != finest.width() || size.height() != finest.height()) {
                throw new RunFailed(
                        "The annotations are of a picture of " + size.width() + " x " + size.height()
                                + " pixels, this one has " + finest.width() + " x " + finest.height(),
                        file + ", picture " + picture,
                        "Export them for this picture, or pair them with the one that they were drawn on.");
            }
        }
    }

    /** Nothing is drawn. */
    record Nothing() implements TileCover {
        @Override
        public double share(final Tile.Area area) {
            return 0;
        }

        @Override
        public Optional<String> label(final Tile.Area area) {
            return Optional.empty();
        }

        @Override
        public List<String> warnings() {
            return List.of();
        }

        @Override
        public void close() {
            // nothing is held
        }
    }

    /**
     * Regions of the rule's classes, without those that it excludes.
     *
     * @param annotations all regions
     * @param rule which of them count
     * @param outside how many of all regions lie outside of the picture
     */
    record Regions(Annotations annotations, CutTiles.AnnotationRule rule, int outside) implements TileCover {
        @Override
        public double share(final Tile.Area area) {
            return rule.classes().isEmpty()
                    ? 0
                    : new RegionFilter(rule.classes(), rule.excluded(), 0).inside(annotations, grid(area));
        }

        @Override
        public Optional<String> label(final Tile.Area area) {
            final double[] shares = annotations.share(grid(area), rule.classes(), rule.excluded());
            int best = -1;
            for (int c = 0; c < shares.length; c++) {
                if (shares[c] > 0 && shares[c] >= rule.minShare() && (best < 0 || shares[c] > shares[best])) {
                    best = c;
                }
            }
            return best < 0 ? Optional.empty() : Optional.of(rule.classes().get(best));
        }

        private static PixelGrid grid(final Tile.Area area) {
            return new PixelGrid(area.x(), area.y(), area.downsample(), area.width(), area.height());
        }

        @Override
        public List<String> warnings() {
            final List<String> all = new ArrayList<>(annotations.warnings());
            if (outside > 0) {
                final int regions = annotations.regions().size();
                all.add((outside == regions ? "all " : outside + " of ") + regions + " annotated regions lie outside of"
                        + " the picture: they may be of another picture, or of another resolution");
            }
            final List<String> there = new ArrayList<>(annotations.classNames());
            there.removeAll(rule.excluded());
            if (!there.isEmpty() && Collections.disjoint(there, rule.classes())) {
                all.add("no annotation is of the classes " + String.join(", ", rule.classes()) + "; there are "
                        + String.join(", ", there));
            }
            return all;
        }

        @Override
        public void close() {
            // nothing is held but memory
        }
    }

    /**
     * A mask: whatever is not 0 counts.
     *
     * @param reader of the mask
     * @param orientation how its file says that it is to be turned; 1 is upright
     * @param names of the values 1, 2 and so on; without any no tile gets a label
     * @param minShare smallest share of a tile that a value must cover to become its label
     */
    record Mask(MaskReader reader, int orientation, List<String> names, double minShare) implements TileCover {
        @Override
        public double share(final Tile.Area area) throws RunFailed {
            final long[] counts = counts(area);
            return 1 - counts[0] / ((double) area.width() * area.height());
        }

        @Override
        public Optional<String> label(final Tile.Area area) throws RunFailed {
            final long[] counts = counts(area);
            int best = 0;
            for (int v = 1; v <= names.size(); v++) {
                best = counts[v] > 0 && (best == 0 || counts[v] > counts[best]) ? v : best;
            }
            final double share = counts[best] / ((double) area.width() * area.height());
            return best > 0 && share >= minShare ? Optional.of(names.get(best - 1)) : Optional.empty();
        }

        /** Pixels of 0, of each named value, and of all others. */
        private long[] counts(final Tile.Area area) throws RunFailed {
            final long[] counts = new long[names.size() + 2];
            for (final int label : reader.labels(area).labels()) {
                counts[Math.min(label, names.size() + 1)]++;
            }
            return counts;
        }

        @Override
        public List<String> warnings() {
            final List<String> all = new ArrayList<>(reader.remark().stream().toList());
            if (orientation != 1) {
                all.add("the file of the mask says that it is to be turned or mirrored (orientation " + orientation
                        + "); it is read as it is stored, and fits only a picture that is stored the same way");
            }
            return all;
        }

        @Override
        public void close() {
            reader.close();
        }
    }
}
