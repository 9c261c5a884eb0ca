package org.selfdiff.run;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Where a model or a table of scores comes from; immutable, and kept with the thing it describes.
 *
 * @param stage the stage that made it, for instance {@code PretrainDiffusion}
 * @param data what it was made from: count and SHA-256 fingerprint of the inputs
 * @param settings every setting of the run by name, the seed included
 * @param device the device used and why, for instance {@code cpu (no CUDA device found)}
 * @param versions versions of the software that took part, by name
 * @param parents fingerprints of the models it was built on, oldest first
 */
public record Provenance(
        String stage,
        String data,
        Map<String, String> settings,
        String device,
        Map<String, String> versions,
        List<String> parents) {

    /** Copies the collections, with keys in order so that equal runs write equal files. */
    public Provenance {
        Objects.requireNonNull(stage);
        Objects.requireNonNull(data);
        Objects.requireNonNull(device);
        settings = java.util.Collections.unmodifiableMap(new TreeMap<>(settings));
        versions = java.util.Collections.unmodifiableMap(new TreeMap<>(versions));
        parents = List.copyOf(parents);
    }
}
