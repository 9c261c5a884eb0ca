package org.selfdiff.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.selfdiff.imaging.Pictures;
import org.selfdiff.imaging.annotation.AnnotationFiles;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;

/** Where pictures and their masks come from: a folder, or a list. */
public sealed interface PictureFiles {

    /**
     * The pictures, in an order that does not depend on the machine.
     *
     * @param control is told of folders that cannot be read and of masks with odd names
     * @throws RunFailed if there are none, if no mask matches, or if two pictures have one mask
     */
    List<Entry> list(RunControl control) throws RunFailed;

    /**
     * A picture and where its labels come from.
     *
     * @param image the slide or picture
     * @param name its path without extension, relative to the folder that holds all pictures, with slashes
     * @param mask its mask or annotations
     * @param group what may not be on both sides of a split, if somebody has said so
     * @param maskRemedy what to do if a mask is wanted and there is none
     */
    record Entry(Path image, String name, Optional<Path> mask, Optional<String> group, String maskRemedy) {}

    /**
     * Refuses a mask that belongs to two pictures: at least one of them would be trained on the labels of the other. One
     * file of annotations may describe many pictures, but not two of one name.
     */
    private static void requireOwnMasks(final List<Entry> entries) throws RunFailed {
        final Map<String, Path> owners = new HashMap<>();
        for (final Entry entry : entries) {
            if (entry.mask.isEmpty()) {
                continue;
            }
            final Path mask = entry.mask.get();
            final String key = mask + (AnnotationFiles.hasName(mask) ? "\n" + Pictures.stem(entry.image) : "");
            final Path other = owners.put(key, entry.image);
            if (other != null && !other.equals(entry.image)) {
                throw new RunFailed(
                        "The mask belongs to two pictures: " + other + " and " + entry.image,
                        mask.toString(),
                        "Remove one of the pictures, or give each a mask and a name of its own.");
            }
        }
    }

    /**
     * Those of other pictures that a file of labels names; its patients are their groups.
     *
     * @param pictures all of them
     * @param labels which of them count
     */
    record Labelled(PictureFiles pictures, LabelFile labels) implements PictureFiles {

        @Override
        public List<Entry> list(final RunControl control) throws RunFailed {
            final List<Entry> all = pictures.list(control);
            final List<Entry> named = new ArrayList<>();
            final List<String> without = new ArrayList<>();
            for (final Entry entry : all) {
                final Optional<LabelFile.Slide> slide = labels.of(entry.image);
                if (slide.isEmpty()) {
                    without.add(entry.image.getFileName().toString());
                } else {
                    named.add(new Entry(
                            entry.image,
                            entry.name,
                            entry.mask,
                            slide.get().patient().or(entry::group),
                            entry.maskRemedy));
                }
            }
            if (named.isEmpty()) {
                throw new RunFailed(
                        "The file of labels names none of the " + all.size() + " pictures, of which the first is "
                                + without.get(0),
                        labels.file().toString(),
                        "Name slides as their files are named, with or without the extension.");
            }
            warn(control, without, "pictures have no label and are left out");
            warn(
                    control,
                    labels.without(all.stream().map(Entry::image).toList()),
                    "labels are of slides that are not in the folder");
            return named;
        }

        private static void warn(final RunControl control, final List<String> names, final String what) {
            if (!names.isEmpty()) {
                control.warn(names.size() + " " + what + ": "
                        + String.join(", ", names.subList(0, Math.min(3, names.size())))
                        + (names.size() > 3 ? ", ..." : ""));
            }
        }
    }

    /**
     * Pictures that somebody listed, such as the rows of a table.
     *
     * @param pictures in this order
     */
    record Listed(List<Picture> pictures) implements PictureFiles {

        /**
         * A picture of the list.
         *
         * @param image the slide or picture
         * @param mask its mask or annotations
         * @param group what may not be on both sides of a split, if the list says so
         * @param maskRemedy what to do if a mask is wanted and there is none
         */
        public record Picture(Path image, Optional<Path> mask, Optional<String> group, String maskRemedy) {}

        /** Copies the list. */
        public Listed {
            pictures = List.copyOf(pictures);
        }

        @Override
        public List<Entry> list(final RunControl control) throws RunFailed {
            if (pictures.isEmpty()) {
                throw new RunFailed("There are no pictures", "table of pictures", "Check the node that makes it.");
            }
            final Path folder = commonFolder();
            final List<Entry> entries = new ArrayList<>();
            for (final Picture p : pictures) {
                final Path image = p.image.toAbsolutePath().normalize();
                final String name = folder == null
                        ? image.toString()
                        : folder.relativize(image).toString();
                entries.add(new Entry(
                        p.image,
                        Folder.stem(FolderWalk.normal(name.replace('\\', '/'))),
                        p.mask,
                        p.group,
                        p.maskRemedy));
            }
            requireOwnMasks(entries);
            return entries;
        }

        /** The deepest folder that holds all of them; {@code null} if they lie on several drives. */
        private Path commonFolder() {
            Path common = null;
            for (final Picture p : pictures) {
                final Path parent = p.image.toAbsolutePath().normalize().getParent();
                common = common == null ? parent : common;
                while (common != null && !parent.startsWith(common)) {
                    common = common.getParent();
                }
                if (common == null) {
                    return null;
                }
            }
            return common;
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
        public List<Entry> list(final RunControl control) throws RunFailed {
            requireFolder(folder, "The folder of pictures");
            final Map<String, FolderWalk.Found> found =
                    FolderWalk.of(folder, Pictures::hasPictureName, recursive, control);
            final MaskNames names = new MaskNames();
            if (masks.isPresent() && !oneForAll()) {
                requireFolder(masks.get(), "The folder of masks");
                FolderWalk.of(masks.get(), this::mayBeMask, recursive, control)
                        .forEach((name, file) -> names.add(stem(name), file.path()));
            }
            final List<Entry> entries = new ArrayList<>();
            for (final Map.Entry<String, FolderWalk.Found> picture : found.entrySet()) {
                if (!isMask(picture.getValue())) {
                    entries.add(entry(stem(picture.getKey()), picture.getValue().path(), names));
                }
            }
            checkAny(entries);
            requireOwnMasks(entries);
            names.note().ifPresent(control::warn);
            return entries;
        }

        /** Whether one file of annotations, in COCO's format, serves all pictures. */
        private boolean oneForAll() {
            return masks.isPresent() && Files.isRegularFile(masks.get()) && AnnotationFiles.hasName(masks.get());
        }

        /** Beside the pictures, and with nothing to tell them apart, only annotations can be masks. */
        private boolean mayBeMask(final Path file) {
            final boolean mixed =
                    maskSuffix.isEmpty() && real(masks.orElseThrow()).equals(real(folder));
            return AnnotationFiles.hasName(file) || !mixed && Pictures.hasPictureName(file);
        }

        /**
         * Whether a file in the picture folder is a mask: it lies in the mask folder, which is one within that of the
         * pictures, or else is named as one.
         */
        private boolean isMask(final FolderWalk.Found file) {
            if (masks.isEmpty() || oneForAll() || !file.folder().startsWith(real(masks.get()))) {
                return false;
            }
            return !real(folder).startsWith(real(masks.get()))
                    || !maskSuffix.isEmpty()
                            && FolderWalk.normal(Pictures.stem(file.path())).endsWith(FolderWalk.normal(maskSuffix));
        }

        private Entry entry(final String name, final Path image, final MaskNames names) throws RunFailed {
            if (masks.isEmpty()) {
                return new Entry(
                        image,
                        name,
                        Optional.empty(),
                        Optional.empty(),
                        "Name the folder of masks, or do not require masks.");
            }
            if (oneForAll()) {
                return new Entry(image, name, masks, Optional.empty(), "Add the picture to " + masks.get() + ".");
            }
            final String wanted = name + FolderWalk.normal(maskSuffix);
            return new Entry(
                    image,
                    name,
                    names.find(wanted, image),
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

        /** Without links, as far as it exists. */
        private static Path real(final Path path) {
            try {
                return path.toRealPath();
            } catch (final IOException e) {
                return path.toAbsolutePath().normalize();
            }
        }

        static String stem(final String name) {
            final int folders = name.lastIndexOf('/') + 1;
            return name.substring(0, folders) + Pictures.stem(Path.of(name.substring(folders)));
        }
    }
}
