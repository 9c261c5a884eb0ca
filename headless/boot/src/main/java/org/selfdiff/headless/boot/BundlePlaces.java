package org.selfdiff.headless.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Where the build leaves the bundles. */
final class BundlePlaces {
    private BundlePlaces() {}

    /**
     * All bundles that the runner starts with: the platform's jars, the stand-in, the runner, the extension, and the
     * unpacked native fragments (as jars they would be extracted anew at every start). System property
     * {@code selfdiff.extra} may name more jars or folders, separated by the path separator.
     *
     * @throws IOException when one is missing; says which and what to do
     */
    static List<Path> of(final Path root) throws IOException {
        final List<Path> places = new ArrayList<>();
        try (Stream<Path> platform = Files.list(root.resolve("headless/boot/target/bundles"))) {
            platform.filter(file ->
                            file.toString().endsWith(".jar") && !name(file).startsWith("org.eclipse.osgi-"))
                    .sorted()
                    .forEach(places::add);
        }
        for (String module : List.of("headless/core", "headless/ui", "headless/runner", "plugin")) {
            places.add(jar(root.resolve(module).resolve("target")));
        }
        natives(root.resolve("natives"), places);
        for (String extra : System.getProperty("selfdiff.extra", "").split(java.io.File.pathSeparator)) {
            if (!extra.isEmpty()) {
                places.add(Path.of(extra));
            }
        }
        return places;
    }

    private static void natives(final Path folder, final List<Path> places) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> fragments = Files.list(folder)) {
            fragments
                    .filter(fragment -> Files.isRegularFile(fragment.resolve("META-INF/MANIFEST.MF"))
                            && Files.isDirectory(fragment.resolve("native")))
                    .sorted()
                    .forEach(places::add);
        }
    }

    /** The one bundle in a module's target folder. */
    private static Path jar(final Path target) throws IOException {
        if (Files.isDirectory(target)) {
            try (Stream<Path> files = Files.list(target)) {
                final List<Path> jars = files.filter(file -> name(file).matches("org\\..*-[0-9].*\\.jar"))
                        .filter(file ->
                                !name(file).contains("-sources") && !name(file).contains("-tests"))
                        .toList();
                if (jars.size() == 1) {
                    return jars.get(0);
                }
            }
        }
        throw new IOException("no bundle in " + target + "; build with ./selfdiff build");
    }

    private static String name(final Path file) {
        return String.valueOf(file.getFileName());
    }
}
