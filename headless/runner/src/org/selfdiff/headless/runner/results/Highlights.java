package org.selfdiff.headless.runner.results;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.selfdiff.headless.runner.execute.NodeRun;

/**
 * The few pictures of a run that a person wants to see first: predictions beside the truth, samples, curves, overviews of
 * slides; where a run made none of these, the first pictures of its last nodes.
 */
final class Highlights {
    /** Pictures of a kind, all nodes together, but one of each at least. */
    private static final int OF_A_KIND = 4;

    private static final int OF_THE_LAST = 6;

    /**
     * A kind of pictures, known by the name of their file or of the folder that they lie in.
     *
     * @param word in the name
     * @param most how many are shown, all nodes together, but one of each at least
     */
    private record Kind(String word, int most) {
        boolean is(final Path file) {
            final String name = String.valueOf(file.getFileName());
            return name.endsWith(".png")
                    && (name.contains(word)
                            || word.equals(String.valueOf(
                                    file.toAbsolutePath().getParent().getFileName())));
        }
    }

    private static final List<Kind> KINDS = List.of(
            new Kind("Comparison", OF_A_KIND),
            new Kind("Samples", 1),
            new Kind("curve", 1),
            new Kind("Overview", OF_A_KIND));

    /**
     * A picture to show.
     *
     * @param node that made it
     * @param file the picture
     */
    record Shown(NodeRun node, Path file) {}

    private Highlights() {}

    static List<Shown> of(final List<NodeRun> nodes) {
        final List<Shown> shown = new ArrayList<>();
        for (final Kind kind : KINDS) {
            final List<NodeRun> with = nodes.stream()
                    .filter(node -> node.files().stream().anyMatch(kind::is))
                    .toList();
            for (final NodeRun node : with) {
                add(node, kind::is, Math.max(1, kind.most / with.size()), shown);
            }
        }
        for (int i = nodes.size() - 1; i >= 0 && shown.isEmpty(); i--) {
            add(nodes.get(i), file -> true, OF_THE_LAST, shown);
        }
        return shown;
    }

    private static void add(final NodeRun node, final Predicate<Path> wanted, final int most, final List<Shown> shown) {
        node.files().stream()
                .filter(file -> file.toString().endsWith(".png"))
                .filter(wanted)
                .limit(most)
                .forEach(file -> shown.add(new Shown(node, file)));
    }
}
