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
    private static final int OF_A_NODE = 3;

    private static final int OF_THE_LAST = 6;

    /**
     * A kind of pictures, known by the name of their file or of the folder that they lie in.
     *
     * @param word in the name
     * @param most how many of a node are shown
     */
    private record Kind(String word, int most) {
        boolean is(final Path file) {
            return String.valueOf(file.getFileName()).contains(word)
                    || word.equals(String.valueOf(file.toAbsolutePath().getParent().getFileName()));
        }
    }

    private static final List<Kind> KINDS = List.of(
            new Kind("Comparison", OF_A_NODE), new Kind("Samples", 1), new Kind("curve", 1), new Kind("Overview", OF_A_NODE));

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
            for (final NodeRun node : nodes) {
                add(node, kind::is, kind.most, shown);
            }
        }
        for (int i = nodes.size() - 1; i >= 0 && shown.isEmpty(); i--) {
            add(nodes.get(i), file -> true, OF_THE_LAST, shown);
        }
        return shown;
    }

    private static void add(
            final NodeRun node, final Predicate<Path> wanted, final int most, final List<Shown> shown) {
        node.files().stream()
                .filter(file -> file.toString().endsWith(".png"))
                .filter(wanted)
                .limit(most)
                .forEach(file -> shown.add(new Shown(node, file)));
    }
}
