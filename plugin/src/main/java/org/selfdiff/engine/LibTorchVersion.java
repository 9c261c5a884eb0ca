package org.selfdiff.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Version and flavour of a LibTorch. The binary interface between DJL's JNI library and LibTorch follows the version: a
 * wrong pair loads and then misreads tensors. So only pairs that were tested are let in.
 *
 * @param number for instance {@code 2.7.1}
 * @param flavour {@code cpu}, or {@code cu} and the CUDA version, for instance {@code cu128}
 */
record LibTorchVersion(String number, String flavour) {
    /** What this release was tested with. */
    static final List<LibTorchVersion> TESTED = List.of(
            new LibTorchVersion("2.7.1", "cpu"),
            new LibTorchVersion("2.7.1", "cu128"),
            new LibTorchVersion("2.5.1", "cu124"));

    private static final Pattern BUILD = Pattern.compile("(\\d+\\.\\d+\\.\\d+)(?:\\+([a-z0-9]+))?");

    private static final Pattern ANYTHING = Pattern.compile("\\S+");

    private static final Pattern PYTHON = Pattern.compile("__version__\\s*=\\s*['\"]([^'\"]+)['\"]");

    private static final Pattern CMAKE = Pattern.compile("PACKAGE_VERSION\\s+\"([^\"]+)\"");

    private static final Pattern CUDA_RUNTIME = Pattern.compile("(?:lib)?cudart.*(?:so\\.|64_)(\\d+).*");

    /** Whether it is one of the tested pairs. */
    boolean tested() {
        return TESTED.contains(this);
    }

    @Override
    public String toString() {
        return number + "+" + flavour;
    }

    /**
     * Reads the version that a LibTorch folder states about itself: {@code build-version} (LibTorch archive),
     * {@code version.py} (pip package) or {@code TorchConfigVersion.cmake} (both); empty where there is none.
     *
     * @param library the folder that holds the libraries
     */
    static Optional<LibTorchVersion> read(final Path library) throws IOException {
        final Path home = library.getParent() == null ? library : library.getParent();
        for (final Path root : List.of(home, library)) {
            final Optional<String> text = first(root.resolve("build-version"), ANYTHING, 0)
                    .or(() -> first(root.resolve("version.py"), PYTHON, 1))
                    .or(() -> first(root.resolve("share/cmake/Torch/TorchConfigVersion.cmake"), CMAKE, 1));
            if (text.isPresent()) {
                final Matcher m = BUILD.matcher(text.get().strip());
                if (m.matches()) {
                    return Optional.of(
                            new LibTorchVersion(m.group(1), m.group(2) == null ? flavourOf(library) : m.group(2)));
                }
                return Optional.of(new LibTorchVersion(text.get().strip(), flavourOf(library)));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> first(final Path file, final Pattern pattern, final int group) {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > 1 << 20) {
                return Optional.empty();
            }
            final Matcher m = pattern.matcher(Files.readString(file));
            return m.find() ? Optional.of(m.group(group)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The flavour by the names of the libraries; {@code cuda} where the CUDA version cannot be told. */
    private static String flavourOf(final Path library) throws IOException {
        try (Stream<Path> files = Files.list(library)) {
            final List<String> names =
                    files.map(f -> f.getFileName().toString()).toList();
            if (names.stream().noneMatch(n -> n.contains("torch_cuda") || n.contains("c10_cuda"))) {
                return "cpu";
            }
            return names.stream()
                    .map(CUDA_RUNTIME::matcher)
                    .filter(Matcher::matches)
                    .map(m -> "cuda" + m.group(1))
                    .findFirst()
                    .orElse("cuda");
        }
    }
}
