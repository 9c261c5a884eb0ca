package org.selfdiff.model.foreign;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.selfdiff.run.RunFailed;

/**
 * Names and shapes of a file's tensors, those of one network: what stands before its names, such as {@code teacher.},
 * {@code backbone.} or {@code module.}, is taken off.
 *
 * @param where the file, for messages
 * @param prefix what was taken off
 * @param shapes by name without prefix, in the file's order
 * @param renamed full names where they are not prefix and name
 * @param others names in the file that do not have the prefix
 */
record ForeignTensors(
        String where, String prefix, Map<String, long[]> shapes, Map<String, String> renamed, List<String> others) {

    /**
     * The network that has a tensor.
     *
     * @param all shapes by full name
     * @param anchor end of the name of a tensor that only such a network has
     * @return empty where there is none; of several, a teacher comes before a student
     */
    static Optional<ForeignTensors> with(final String where, final Map<String, long[]> all, final String anchor) {
        final List<String> prefixes = new ArrayList<>();
        for (final String name : all.keySet()) {
            if (name.equals(anchor) || name.endsWith("." + anchor)) {
                prefixes.add(name.substring(0, name.length() - anchor.length()));
            }
        }
        return prefixes.stream()
                .filter(prefix -> prefix.contains("teacher"))
                .findFirst()
                .or(() -> prefixes.stream().filter(String::isEmpty).findFirst())
                .or(() -> prefixes.stream().findFirst())
                .map(prefix -> under(where, all, prefix));
    }

    private static ForeignTensors under(final String where, final Map<String, long[]> all, final String prefix) {
        final Map<String, long[]> own = new LinkedHashMap<>();
        final List<String> others = new ArrayList<>();
        all.forEach((name, shape) -> {
            if (name.startsWith(prefix)) {
                own.put(name.substring(prefix.length()), shape);
            } else {
                others.add(name);
            }
        });
        return new ForeignTensors(where, prefix, own, Map.of(), others);
    }

    /** The same under other names. */
    ForeignTensors renamed(final UnaryOperator<String> rename) {
        final Map<String, long[]> own = new LinkedHashMap<>();
        final Map<String, String> full = new HashMap<>();
        shapes.forEach((name, shape) -> {
            final String other = rename.apply(name);
            own.put(other, shape);
            full.put(other, full(name));
        });
        return new ForeignTensors(where, prefix, own, full, others);
    }

    /** What a tensor is called in the file. */
    String full(final String name) {
        return renamed.getOrDefault(name, prefix + name);
    }

    boolean has(final String name) {
        return shapes.containsKey(name);
    }

    /**
     * A size of a tensor that must be there.
     *
     * @param dimensions how many it has
     * @param dimension which size
     */
    int size(final String name, final int dimensions, final int dimension) throws RunFailed {
        final long[] shape = shapes.get(name);
        if (shape == null) {
            throw new RunFailed("The tensor " + full(name) + " is missing", where, "Use the file of a whole network.");
        }
        if (shape.length != dimensions || shape[dimension] < 1 || shape[dimension] > 1 << 20) {
            throw new RunFailed(
                    "The tensor " + full(name) + " has the shape " + Arrays.toString(shape) + ", not one of "
                            + dimensions + " dimensions",
                    where,
                    "Use the file of a network whose kind is supported.");
        }
        return (int) shape[dimension];
    }

    /** How many numbers from 0 on stand at the place of the group of a pattern that matches the beginning of names. */
    int count(final Pattern pattern) {
        int count = 0;
        for (final String name : shapes.keySet()) {
            final Matcher matcher = pattern.matcher(name);
            if (matcher.lookingAt()) {
                count = Math.max(count, Integer.parseInt(matcher.group(1)) + 1);
            }
        }
        return count;
    }
}
