package org.selfdiff.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.selfdiff.imaging.Pictures;
import org.selfdiff.imaging.annotation.AnnotationFiles;
import org.selfdiff.run.RunFailed;

/** Where pictures and their masks come from: a folder, or a list. */
public sealed interface PictureFiles {

    /**
     * The pictures, in an order that does not depend on the machine.
     *
     * @throws RunFailed if there are none, or if no mask matches
     */
    List<Entry> list() throws RunFailed;

    /**
     * A picture and where its labels come from.
     *
     * @param image the slide or picture
     * @param mask its mask or annotations
     * @param group what may not be on both sides of a split, if somebody has said so
     * @param maskRemedy what to do if a mask is wanted and there is none
     */
    record Entry(Path image, Optional<Path> mask, Optional<String> group, String maskRemedy) {}

    /**
     * Pictures that somebody listed, such as the rows of a table.
     *
     * @param entries in this order
     */
    record Listed(List<Entry> entries) implements PictureFiles {

        /** Copies the list. */
        public Listed {
            entries = List.copyOf(entries);
        }

        @Override
        public List<Entry> list() throws RunFailed {
            if (entries.isEmpty()) {
                throw new RunFailed("There are no pictures", "table of pictures", "Check the node that makes it.");
            }
            return entries;
        }
    }

    /**
     * All slides and pictures of a folder, by name. The mask of {@code a/b.jpg} is {@code a/b<suffix>} in the mask
     * folder, with the extension of any picture format or of annotations (GeoJSON, JSON, XML).
     *
     * @param folder the slides and pictures
     * @param recursive whether folders within it count
     * @param masks the masks or annotations, or one COCO file for all; may be the same folder, and then needs a suffix
     *     for masks that are pictures
     * @param maskSuffix what stands between the picture's name and the mask's extension, such as {@code _mask}
     */
    record Folder(Path folder, boolean recursive, Optional<Path> masks, String maskSuffix) implements PictureFiles {

        @Override
        public List<Entry> list() throws RunFailed {
            requireFolder(folder, "The folder of pictures");
            final Map<String, Path> found = files(folder, Pictures::hasPictureName);
            final Map<String, List<Path>> candidates = new TreeMap<>();
            if (masks.isPresent() && !oneForAll()) {
                requireFolder(masks.get(), "The folder of masks");
                files(masks.get(), this::mayBeMask).forEach((name, file) -> candidates
                        .computeIfAbsent(stem(name), k -> new ArrayList<>())
                        .add(file));
            }
            final List<Entry> entries = new ArrayList<>();
            for (final Map.Entry<String, Path> picture : found.entrySet()) {
                if (!isMask(picture.getValue())) {
                    entries.add(entry(picture.getKey(), picture.getValue(), candidates));
                }
            }
            checkAny(entries);
            return entries;
        }

        /** Whether one file of annotations, in COCO's format, serves all pictures. */
        private boolean oneForAll() {
            return masks.isPresent() && Files.isRegularFile(masks.get()) && AnnotationFiles.hasName(masks.get());
        }

        /** Beside the pictures, and with nothing to tell them apart, only annotations can be masks. */
        private boolean mayBeMask(final Path file) {
            final boolean mixed =
                    maskSuffix.isEmpty() && absolute(masks.orElseThrow()).equals(absolute(folder));
            return AnnotationFiles.hasName(file) || !mixed && Pictures.hasPictureName(file);
        }

        /** Whether a file in the picture folder is a mask: it lies in the mask folder and is named as one. */
        private boolean isMask(final Path file) {
            return masks.isPresent()
                    && mayBeMask(file)
                    && absolute(file).startsWith(absolute(masks.get()))
                    && (!absolute(folder).startsWith(absolute(masks.get()))
                            || Pictures.stem(file).endsWith(maskSuffix));
        }

        private Entry entry(final String name, final Path image, final Map<String, List<Path>> candidates)
                throws RunFailed {
            if (masks.isEmpty()) {
                return new Entry(
                        image,
                        Optional.empty(),
                        Optional.empty(),
                        "Name the folder of masks, or do not require masks.");
            }
            if (oneForAll()) {
                return new Entry(image, masks, Optional.empty(), "Add the picture to " + masks.get() + ".");
            }
            final String wanted = stem(name) + maskSuffix;
            final List<Path> matching = candidates.getOrDefault(wanted, List.of());
            if (matching.size() > 1) {
                throw new RunFailed(
                        "The picture has " + matching.size() + " masks: "
                                + matching.get(0).getFileName() + " and "
                                + matching.get(1).getFileName(),
                        image.toString(),
                        "Remove one of them.");
            }
            return new Entry(
                    image,
                    matching.stream().findFirst(),
                    Optional.empty(),
                    "Expected " + masks.get().resolve(wanted) + ".png (or another picture format, .geojson, .xml); add"
                            + " it, correct the suffix, or do not require masks.");
        }

        private void checkAny(final List<Entry> entries) throws RunFailed {
            if (entries.isEmpty()) {
                throw new RunFailed(
                        "The folder holds no pictures",
                        folder.toString(),
                        "SVS, NDPI, TIFF, PNG, JPEG, BMP and GIF are read"
                                + (recursive ? "." : "; folders within it count only if that is chosen."));
            }
            if (masks.isPresent() && entries.stream().allMatch(e -> e.mask().isEmpty())) {
                throw new RunFailed(
                        "None of the " + entries.size() + " pictures has a mask of its name",
                        masks.get().toString(),
                        entries.get(0).maskRemedy());
            }
        }

        private static void requireFolder(final Path folder, final String what) throws RunFailed {
            if (!Files.isDirectory(folder)) {
                throw new RunFailed(
                        what + (Files.exists(folder) ? " is not a folder" : " does not exist"),
                        folder.toString(),
                        "Check the path.");
            }
        }

        private static Path absolute(final Path path) {
            return path.toAbsolutePath().normalize();
        }

        private static String stem(final String name) {
            final int folders = name.lastIndexOf('/') + 1;
            return name.substring(0, folders) + Pictures.stem(Path.of(name.substring(folders)));
        }

        /** Files by their name relative to the folder, with slashes, in the order of these names. */
        private Map<String, Path> files(final Path folder, final Predicate<Path> wanted) throws RunFailed {
            final Map<String, Path> files = new TreeMap<>(Comparator.naturalOrder());
            try (Stream<Path> all = Files.walk(folder, recursive ? Integer.MAX_VALUE : 1)) {
                all.filter(wanted)
                        .filter(file -> !file.getFileName().toString().startsWith("."))
                        .filter(Files::isRegularFile)
                        .forEach(file -> files.put(
                                folder.relativize(file).toString().replace('\\', '/'), file.toAbsolutePath()));
            } catch (final IOException | UncheckedIOException e) {
                throw new RunFailed(
                        "The folder cannot be listed: " + e.getMessage(),
                        folder.toString(),
                        "Check that you may read it.",
                        e);
            }
            return files;
        }
    }
}
