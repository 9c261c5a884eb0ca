package org.selfdiff.headless.runner.results;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.selfdiff.headless.runner.ExitCode;
import org.selfdiff.headless.runner.execute.NodeRun;
import org.selfdiff.headless.runner.execute.NodeState;
import org.selfdiff.headless.runner.execute.Preparation;

/**
 * {@code index.html}: what came out of a run, to be read in ten seconds: problems, scores and the pictures that matter,
 * then a line for every node, with its files and tables folded away. No scripts, relative links only.
 */
public final class IndexPage {
    private static final int ROWS = 8;

    private static final int PICTURES = 12;

    /** Columns of the scores that are shown at once. */
    private static final int SCORES = 6;

    private static final String LABELS = "Prediction";

    /** A table larger than this is only linked. */
    private static final long LARGEST_SHOWN = 4 << 20;

    private final Preparation prepared;

    private final ResultsFolder folders;

    private final Path place;

    private final StringBuilder out = new StringBuilder();

    /** A page for the folder {@code place}. */
    public IndexPage(final Preparation prepared, final ResultsFolder folders, final Path place) {
        this.prepared = prepared;
        this.folders = folders;
        this.place = place;
    }

    /** Writes the page. */
    public void write(final double seconds, final ExitCode exit) throws IOException {
        final String name = Html.text(prepared.workflow().name());
        out.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
                .append(name)
                .append("</title>\n<style>\n")
                .append(PageStyle.CSS)
                .append("</style>\n</head>\n<body>\n<h1>")
                .append(name)
                .append("</h1>\n<p><span class=\"state")
                .append(exit == ExitCode.OK ? "" : " bad")
                .append("\">")
                .append(Html.text(exit == ExitCode.OK ? "completed" : exit.meaning()))
                .append("</span> <span class=\"quiet\">in ")
                .append(duration(seconds))
                .append(
                        " by the embedded runner &middot; <a href=\"run.json\">settings, seeds and versions</a></span></p>\n");
        problems();
        scores();
        highlights();
        out.append("<h2>Step by step</h2>\n");
        for (NodeRun node : prepared.nodes()) {
            node(node);
        }
        out.append("</body>\n</html>\n");
        Files.writeString(place.resolve("index.html"), out);
    }

    private static String duration(final double seconds) {
        final long whole = Math.round(seconds);
        return whole < 60 ? whole + " s" : String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60);
    }

    private void problems() {
        for (NodeRun node : prepared.nodes()) {
            node.problem()
                    .filter(problem -> !problem.isCancelled())
                    .ifPresent(problem -> warning(node.entry().title() + " failed: " + problem.getMessage()));
        }
    }

    private void scores() throws IOException {
        final Path scores = place.resolve("scores.csv");
        if (!Files.isRegularFile(scores)) {
            return;
        }
        final List<List<String>> lines = Csv.read(Files.readString(scores), 100);
        out.append("<h2>Scores</h2>\n").append(Html.scores(lines, SCORES));
        if (lines.get(0).size() > SCORES) {
            out.append("<details><summary class=\"quiet\">All ")
                    .append(lines.get(0).size())
                    .append(" columns</summary>")
                    .append(Html.table(lines))
                    .append("</details>\n");
        }
    }

    private void highlights() {
        final List<Highlights.Shown> shown = Highlights.of(prepared.nodes());
        if (shown.isEmpty()) {
            return;
        }
        out.append("<h2>Pictures</h2>\n<div class=\"pictures results\">\n");
        for (Highlights.Shown picture : shown) {
            final String what = String.valueOf(picture.file().getFileName())
                    .replaceFirst("\\.png$", "")
                    .replaceFirst("^Picture-\\d+ ", "");
            picture(
                    picture.file(),
                    what + ", " + picture.node().position() + ". " + called(picture.node()),
                    what.startsWith("Comparison"));
        }
        out.append("</div>\n");
    }

    /** What the user calls the node, or its own name. */
    private static String called(final NodeRun node) {
        final String label = node.entry().label().strip().replaceAll("\\s+", " ");
        return label.isEmpty() ? node.entry().name() : label;
    }

    private void node(final NodeRun node) throws IOException {
        final boolean open = node.warning().isPresent() || node.problem().isPresent();
        out.append("<details")
                .append(open ? " open" : "")
                .append("><summary><span class=\"time\">")
                .append(
                        node.state() == NodeState.EXECUTED
                                ? ""
                                : Html.text(node.state().text()) + ", ")
                .append(duration(node.seconds()))
                .append("</span><span class=\"name\">")
                .append(node.position())
                .append(". ")
                .append(Html.text(node.entry().name()))
                .append("</span> ")
                .append(called(node).equals(node.entry().name()) ? "" : Html.text("(" + called(node) + ") "))
                .append("<span class=\"quiet\">")
                .append(Html.text(node.node().purpose()))
                .append("</span></summary>\n<div>\n");
        node.warning().ifPresent(this::warning);
        node.problem().ifPresent(problem -> warning(problem.getMessage()));
        made(node);
        pictures(node);
        for (Path file : node.files()) {
            if (file.toString().endsWith(".csv")) {
                table(file);
            }
        }
        out.append("</div></details>\n");
    }

    private void warning(final String text) {
        out.append("<p class=\"warn\">").append(Html.text(text)).append("</p>\n");
    }

    /** What came out of each port, and the files. */
    private void made(final NodeRun node) {
        final List<String> made = new ArrayList<>();
        for (int i = 0; i < node.summaries().size(); i++) {
            made.add(node.node().outputs().get(i).name() + ": "
                    + node.summaries().get(i));
        }
        out.append("<p class=\"quiet\">")
                .append(Html.text(String.join("; ", made)))
                .append("</p>\n<p class=\"links\">");
        node.files().stream().filter(file -> !file.toString().endsWith(".png")).forEach(file -> out.append("<a href=\"")
                .append(Html.link(place, file))
                .append("\">")
                .append(Html.text(String.valueOf(file.getFileName())))
                .append("</a>"));
        out.append("</p>\n");
    }

    private void pictures(final NodeRun node) {
        final Path folder = folders.folder(node);
        final List<Path> all = node.files().stream()
                .filter(file -> file.toString().endsWith(".png"))
                .toList();
        for (Path sub : all.stream().map(Path::getParent).distinct().toList()) {
            final List<Path> pictures =
                    all.stream().filter(file -> sub.equals(file.getParent())).toList();
            out.append("<h3>")
                    .append(Html.text(folder.relativize(sub).toString()))
                    .append(pictures.size() > PICTURES ? " (" + PICTURES + " of " + pictures.size() + ")" : "")
                    .append("</h3>\n<div class=\"pictures small")
                    .append(LABELS.equals(String.valueOf(sub.getFileName())) ? " labels" : "")
                    .append("\">\n");
            pictures.stream().limit(PICTURES).forEach(file -> picture(file, String.valueOf(file.getFileName()), false));
            out.append("</div>\n");
        }
    }

    private void picture(final Path file, final String caption, final boolean wide) {
        out.append(wide ? "<figure class=\"wide\"><a href=\"" : "<figure><a href=\"")
                .append(Html.link(place, file))
                .append("\"><img loading=\"lazy\" alt=\"")
                .append(Html.text(caption))
                .append("\" src=\"")
                .append(Html.link(place, file))
                .append("\"></a><figcaption>")
                .append(Html.text(caption))
                .append("</figcaption></figure>\n");
    }

    private void table(final Path file) throws IOException {
        if (Files.size(file) > LARGEST_SHOWN) {
            return;
        }
        final List<List<String>> lines = Csv.read(Files.readString(file), ROWS + 2);
        if (lines.size() < 2) {
            return;
        }
        final boolean more = lines.size() > ROWS + 1;
        out.append("<h3>")
                .append(Html.text(String.valueOf(file.getFileName())))
                .append(more ? ", first " + ROWS + " rows" : "")
                .append("</h3>\n")
                .append(Html.table(lines.subList(0, Math.min(lines.size(), ROWS + 1))));
    }
}
