package org.selfdiff.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What all processes of a run share.
 *
 * @param natives folder with LibTorch's libraries
 * @param sameLibrary whether the peer uses those, too; else it uses those that come with its Java binding
 * @param folder folder for logs and unpacked libraries
 */
public record Setting(Path natives, boolean sameLibrary, Path folder) {
    private static final String LIBRARY = "libtorch_cpu.so";

    /**
     * The setting of a run. LibTorch is looked for in the folder of the system property {@code selfdiff.natives}.
     *
     * @throws IllegalArgumentException when it is not there
     */
    public static Setting of(final boolean sameLibrary, final Path folder) {
        final Path named = Path.of(System.getProperty("selfdiff.natives", "target/natives/cpu"))
                .toAbsolutePath();
        for (final Path candidate : List.of(named, named.resolve("cpu"))) {
            if (Files.isRegularFile(candidate.resolve(LIBRARY))) {
                return new Setting(candidate, sameLibrary, folder);
            }
        }
        throw new IllegalArgumentException("no " + LIBRARY + " in " + named + "; set -Dselfdiff.natives=FOLDER");
    }

    /** File for what the processes say besides their answers. */
    public Path log() {
        return folder.resolve("bench.log");
    }

    /** Options of the processes' Java. */
    public List<String> properties() {
        final List<String> properties = new ArrayList<>();
        properties.add("-Dselfdiff.natives=" + natives);
        // JavaCPP would otherwise look at the process's memory at every allocation
        properties.add("-Dorg.bytedeco.javacpp.maxBytes=0");
        properties.add("-Dorg.bytedeco.javacpp.maxPhysicalBytes=0");
        // apart, because links to the libraries stay there
        properties.add("-Dorg.bytedeco.javacpp.cachedir=" + folder.resolve(sameLibrary ? "javacpp-same" : "javacpp"));
        if (sameLibrary) {
            properties.add("-Dorg.bytedeco.javacpp.pathsFirst=true");
            properties.add("-Djava.library.path=" + natives);
        }
        return properties;
    }
}
