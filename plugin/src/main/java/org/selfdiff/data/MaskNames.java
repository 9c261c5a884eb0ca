package org.selfdiff.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.selfdiff.run.RunFailed;

/**
 * Masks by their names without extension. A name in other cases of letters is taken where there is none in the same, and
 * noted; how letters with accents are written makes no difference.
 */
final class MaskNames {
    private final Map<String, List<Path>> exact = new HashMap<>();

    private final Map<String, List<Path>> folded = new HashMap<>();

    private final List<String> otherCase = new ArrayList<>();

    void add(final String name, final Path file) {
        exact.computeIfAbsent(name, k -> new ArrayList<>()).add(file);
        folded.computeIfAbsent(name.toLowerCase(Locale.ROOT), k -> new ArrayList<>())
                .add(file);
    }

    /**
     * The mask of a picture.
     *
     * @param name that it should have
     * @throws RunFailed if there are several
     */
    Optional<Path> find(final String name, final Path image) throws RunFailed {
        final boolean same = exact.containsKey(name);
        final List<Path> matching =
                same ? exact.get(name) : folded.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
        if (matching.size() > 1) {
            throw new RunFailed(
                    "The picture has " + matching.size() + " masks: "
                            + matching.get(0).getFileName() + " and "
                            + matching.get(1).getFileName(),
                    image.toString(),
                    "Remove one of them.");
        }
        if (!same && !matching.isEmpty()) {
            otherCase.add(matching.get(0).getFileName() + " of " + image.getFileName());
        }
        return matching.stream().findFirst();
    }

    /** What there is to say about masks whose names differ in the case of letters; empty if nothing. */
    Optional<String> note() {
        return otherCase.isEmpty()
                ? Optional.empty()
                : Optional.of(otherCase.size() + (otherCase.size() == 1 ? " mask is" : " masks are")
                        + " named in other cases of letters than expected, and taken all the same, such as "
                        + otherCase.get(0) + ".");
    }
}
