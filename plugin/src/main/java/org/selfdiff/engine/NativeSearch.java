package org.selfdiff.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.selfdiff.run.RunFailed;

/**
 * Looks for LibTorch: first in the folder that the user names, then in what is installed with the plug-in. Looks only
 * at files, so that a failure can be mended and tried again without a restart.
 */
final class NativeSearch {
    /** System property with the user's LibTorch folder; an environment variable of the same name works too. */
    static final String USER_SETTING = "SELFDIFF_LIBTORCH";

    private static final List<String> FLAVOURS = List.of("cu128", "cu124", "cpu");

    private final Platform platform;

    private final List<Path> installed;

    /** The folders looked at so far, for the message. */
    private final List<Path> seen = new ArrayList<>();

    /**
     * A search over folders that hold {@code cpu}, {@code cu128} and so on, or the libraries themselves.
     *
     * @param installed folders of the installation, the preferred first
     */
    NativeSearch(final Platform platform, final List<Path> installed) {
        this.platform = platform;
        this.installed = List.copyOf(installed);
    }

    /**
     * Finds and checks LibTorch.
     *
     * @param user the user's folder, or {@code null}
     * @throws RunFailed saying what was looked for and where
     */
    Natives find(final String user) throws RunFailed {
        try {
            return user == null || user.isBlank() ? ofInstallation() : ofUser(Path.of(user.strip()));
        } catch (IOException e) {
            throw new RunFailed(
                    "LibTorch's folder cannot be read: " + e.getMessage(), places(), "Check its permissions.", e);
        }
    }

    private Natives ofInstallation() throws RunFailed {
        for (final String flavour : FLAVOURS) {
            for (final Path root : installed) {
                for (final Path folder : List.of(root.resolve(flavour), root)) {
                    final Optional<Path> library = library(folder);
                    if (library.isPresent() && flavourOf(library.get()).equals(flavour)) {
                        // what is shipped is what was tested; its folder carries no version file
                        final String number = flavour.equals("cu124") ? "2.5.1" : "2.7.1";
                        final LibTorchVersion version = new LibTorchVersion(number, flavour);
                        return new Natives(library.get(), jni(library.get(), version), version, "installed");
                    }
                }
            }
        }
        throw new RunFailed(
                "LibTorch " + String.join(", ", platform.required()) + " was not found",
                places(),
                "Install the SelfDiff native libraries for " + platform.classifier() + ", or set " + USER_SETTING
                        + " to a folder with LibTorch " + LibTorchVersion.TESTED + ".");
    }

    private Natives ofUser(final Path folder) throws RunFailed, IOException {
        final Optional<Path> library = library(folder).or(() -> library(folder.resolve("lib")));
        if (library.isEmpty()) {
            throw new RunFailed(
                    "No LibTorch (" + String.join(", ", platform.required()) + ") in the folder of " + USER_SETTING,
                    places(),
                    "Name the folder of LibTorch (with its lib folder), or remove the setting to use the one that is"
                            + " installed.");
        }
        final LibTorchVersion version = LibTorchVersion.read(library.get())
                .orElseThrow(() -> new RunFailed(
                        "The version of LibTorch is not known: it has neither build-version nor version.py",
                        library.get().toString(),
                        "Use an unchanged LibTorch archive or pip package, one of " + LibTorchVersion.TESTED + "."));
        if (!version.tested()) {
            throw new RunFailed(
                    "LibTorch " + version + " was not tested with this release and could crash or give wrong results",
                    library.get().toString(),
                    "Use one of " + LibTorchVersion.TESTED + ".");
        }
        return new Natives(library.get(), jni(library.get(), version), version, USER_SETTING);
    }

    private Optional<Path> library(final Path folder) {
        seen.add(folder);
        return platform.required().stream().allMatch(f -> Files.isRegularFile(folder.resolve(f)))
                ? Optional.of(folder.toAbsolutePath().normalize())
                : Optional.empty();
    }

    private String flavourOf(final Path library) {
        if (!Files.isRegularFile(library.resolve(platform.library("torch_cuda")))) {
            return "cpu";
        }
        return library.getFileName().toString().equals("cu124") ? "cu124" : "cu128";
    }

    private Path jni(final Path library, final LibTorchVersion version) throws RunFailed {
        final String name = platform.library("djl_torch");
        final List<Path> candidates = new ArrayList<>();
        candidates.add(library.resolve(name));
        for (final Path root : installed) {
            candidates.add(root.resolve(version.flavour()).resolve(name));
            if (root.endsWith(version.flavour())) {
                candidates.add(root.resolve(name));
            }
        }
        for (final Path file : candidates) {
            if (Files.isRegularFile(file)) {
                return file.toAbsolutePath().normalize();
            }
        }
        throw new RunFailed(
                "The library " + name + " for LibTorch " + version + " was not found",
                candidates.toString(),
                "Install the SelfDiff native libraries for " + platform.classifier() + " (" + version.flavour() + ").");
    }

    private String places() {
        return seen.isEmpty()
                ? "no folder to look in"
                : "looked in " + seen.stream().distinct().toList();
    }
}
