package org.selfdiff.diffusion.conditions;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The embeddings that new conditions are made from.
 *
 * @param vectors one for each row, all of one width, finite; at least one
 * @param labels one for each row, empty where it is missing; all empty where there are no labels
 * @param names of the rows, for messages
 */
public record Sources(List<float[]> vectors, List<Optional<String>> labels, List<String> names) {

    /** Copies the lists and checks that they fit. */
    public Sources {
        vectors = List.copyOf(vectors);
        labels = List.copyOf(labels);
        names = List.copyOf(names);
        if (vectors.isEmpty() || labels.size() != vectors.size() || names.size() != vectors.size()) {
            throw new IllegalArgumentException(
                    vectors.size() + " vectors, " + labels.size() + " labels, " + names.size() + " names");
        }
        final int width = vectors.get(0).length;
        if (width == 0 || vectors.stream().anyMatch(vector -> vector.length != width)) {
            throw new IllegalArgumentException("vectors of different widths");
        }
    }

    /** Number of rows. */
    public int size() {
        return vectors.size();
    }

    /** Numbers in a vector. */
    public int width() {
        return vectors.get(0).length;
    }

    /** Rows of each label, in the order in which labels appear; rows without one together. */
    public Map<Optional<String>, List<Integer>> byLabel() {
        final Map<Optional<String>, List<Integer>> rows = new LinkedHashMap<>();
        for (int row = 0; row < size(); row++) {
            rows.computeIfAbsent(labels.get(row), label -> new ArrayList<>()).add(row);
        }
        return rows;
    }
}
