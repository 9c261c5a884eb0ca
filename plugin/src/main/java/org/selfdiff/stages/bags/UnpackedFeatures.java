package org.selfdiff.stages.bags;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.selfdiff.data.features.FeatureFile;
import org.selfdiff.data.features.RawRows;
import org.selfdiff.run.Pace;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.run.Workers;

/**
 * Bags whose features any step reads in no time. In many files of features the numbers are cut into parts, and perhaps
 * compressed, so that some rows cost as much as all of them: these files are unpacked once into a temporary folder, as large
 * as the features together, where there is room for it.
 */
final class UnpackedFeatures implements AutoCloseable {
    /** What is left free where features are unpacked. */
    private static final long SPARED = 2L << 30;

    private final List<Bag> bags;

    private final List<Path> written;

    private UnpackedFeatures(final List<Bag> bags, final List<Path> written) {
        this.bags = bags;
        this.written = written;
    }

    /** The bags, in their order. */
    List<Bag> bags() {
        return bags;
    }

    /** Rows of one of a bag's files. */
    private record Unpacked(FiledFeatures of, List<RawRows> rows) implements BagFeatures {
        @Override
        public int width() {
            return of.width();
        }

        @Override
        public void copy(final int[] tiles, final float[] into) throws RunFailed {
            of.each(tiles, (number, wanted, places) -> rows.get(number).copy(wanted, places, into));
        }

        @Override
        public String fingerprint() throws RunFailed {
            return of.fingerprint();
        }
    }

    /**
     * Looks at the files of bags and unpacks those that need it.
     *
     * @throws RunFailed when a file cannot be read, or holds what is no number
     */
    static UnpackedFeatures of(final List<Bag> bags, final RunControl control) throws RunFailed, RunCancelled {
        final Set<Path> files = new LinkedHashSet<>();
        for (final Bag bag : bags) {
            if (bag.features() instanceof FiledFeatures filed) {
                files.addAll(filed.files());
            }
        }
        final List<Path> packed = new ArrayList<>();
        final Map<Path, RawRows> rows = new LinkedHashMap<>();
        long bytes = 0;
        for (final Path path : files) {
            control.checkCancelled();
            try (FeatureFile file = FeatureFile.open(path)) {
                if (file.raw().isPresent()) {
                    rows.put(path, file.raw().get());
                } else {
                    packed.add(path);
                    bytes += (long) file.tiles() * file.width() * Float.BYTES;
                }
            }
        }
        final List<Path> written = new ArrayList<>();
        boolean done = false;
        try {
            if (!packed.isEmpty()) {
                unpack(packed, bytes, rows, written, control);
            }
            done = true;
        } finally {
            if (!done) {
                delete(written);
            }
        }
        final List<Bag> changed = new ArrayList<>();
        for (final Bag bag : bags) {
            final boolean fast = bag.features() instanceof FiledFeatures filed
                    && rows.keySet().containsAll(filed.files());
            changed.add(fast ? with(bag, (FiledFeatures) bag.features(), rows) : bag);
        }
        return new UnpackedFeatures(changed, written);
    }

    private static Bag with(final Bag bag, final FiledFeatures filed, final Map<Path, RawRows> rows) {
        final BagFeatures unpacked =
                new Unpacked(filed, filed.files().stream().map(rows::get).toList());
        return new Bag(bag.name(), bag.patient(), bag.rows(), unpacked, bag.columns(), bag.lines());
    }

    private static void unpack(
            final List<Path> packed,
            final long bytes,
            final Map<Path, RawRows> rows,
            final List<Path> written,
            final RunControl control)
            throws RunFailed, RunCancelled {
        final Path folder;
        try {
            folder = Files.createTempDirectory("selfdiff-features");
            written.add(folder);
            if (Files.getFileStore(folder).getUsableSpace() < bytes + SPARED) {
                control.warn("The features of " + packed.size() + " files are packed, and in " + folder.getParent()
                        + " there is no room for their " + (bytes >> 20)
                        + " MiB. Each step unpacks what it needs, which may take most of its time.");
                return;
            }
        } catch (IOException e) {
            throw new RunFailed(
                    "There is no temporary folder for features (" + e.getMessage() + ")",
                    System.getProperty("java.io.tmpdir"),
                    "Let Java's temporary folder be one that may be written to.",
                    e);
        }
        final Pace pace = new Pace("files unpacked", 0, packed.size());
        try (Workers workers = Workers.all()) {
            workers.inOrder(
                    packed.size(),
                    (index, own) -> {
                        try (FeatureFile file = FeatureFile.open(packed.get(index))) {
                            return file.unpack(folder.resolve(index + ".floats"), own);
                        }
                    },
                    (index, unpacked) -> {
                        rows.put(packed.get(index), unpacked);
                        written.add(unpacked.path());
                        control.progress((double) index / packed.size(), pace.line(index));
                    },
                    control);
        }
    }

    /** Deletes what was unpacked. */
    @Override
    public void close() {
        delete(written);
    }

    private static void delete(final List<Path> written) {
        if (written.isEmpty()) {
            return;
        }
        try (Stream<Path> all = Files.list(written.get(0))) {
            for (final Path file : all.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(written.get(0));
        } catch (IOException e) {
            written.forEach(file -> file.toFile().deleteOnExit());
        }
    }
}
