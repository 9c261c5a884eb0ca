package org.selfdiff.headless.boot;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles the small nodes under {@code src/test/fixture} against the built stand-in: a bundle as a folder. */
final class FixtureBundle {
    private FixtureBundle() {}

    static Path build(final Path root, final Path into) throws IOException {
        final Path sources = root.resolve("headless/boot/src/test/fixture");
        for (String file : List.of("META-INF/MANIFEST.MF", "plugin.xml")) {
            Files.createDirectories(into.resolve(file).getParent());
            Files.copy(sources.resolve(file), into.resolve(file));
        }
        final String classPath = BundlePlaces.of(root).stream()
                .filter(place -> place.toString().endsWith(".jar"))
                .map(Path::toString)
                .collect(Collectors.joining(java.io.File.pathSeparator));
        final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> all = Files.walk(sources)) {
            final List<Path> java =
                    all.filter(file -> file.toString().endsWith(".java")).toList();
            assertTrue(
                    compiler.getTask(
                                    null,
                                    files,
                                    null,
                                    List.of("--release", "17", "-cp", classPath, "-d", into.toString()),
                                    null,
                                    files.getJavaFileObjectsFromPaths(java))
                            .call(),
                    "the test nodes do not compile");
        }
        final BufferedImage icon = new BufferedImage(16, 16, BufferedImage.TYPE_INT_ARGB);
        assertTrue(ImageIO.write(icon, "png", into.resolve("demo/icon.png").toFile()));
        return into;
    }
}
