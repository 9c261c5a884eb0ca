package org.selfdiff;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Numbers of independent implementations that lie beside the project, in {@code ../shared/fixtures}. */
public final class Fixtures {
    private Fixtures() {}

    /** A file or folder of them; the test that asks is skipped where it is not there. */
    public static Path path(final String name) {
        final Path path = Path.of("../../shared/fixtures").resolve(name);
        assumeTrue(
                Files.exists(path),
                () -> "skipped: there is no " + path.toAbsolutePath().normalize());
        return path;
    }
}
