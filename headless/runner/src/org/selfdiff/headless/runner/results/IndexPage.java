package org.selfdiff.headless.runner.results;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.selfdiff.headless.runner.ExitCode;
import org.selfdiff.headless.runner.execute.NodeRun;
import org.selfdiff.headless.runner.execute.NodeState;
import org.selfdiff.headless.runner.execute.Preparation;

/** {@code index.html}: the scores, the pictures and the tables of a run at a glance; no scripts, relative links only. */
public final class IndexPage {
    private static final int ROWS = 8;

    private static final int PICTURES = 12;

    private static final String LABELS = "Prediction";

    /** A table larger than this is only linked. */
    private static final long LARGEST_SHOWN = 4 << 20;

    private static final String STYLE =
            """
            :root { color-scheme: light dark; --line: #8884; --soft: #8881; --accent: #2a7f7a; }
            body { font: 16px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1.2rem; }
            h1 { font-size: 1.7rem; margin: 0; } h2 { font-size: 1.15rem; margin: 2.2rem 0 .6rem; }
            h3 { font-size: .95rem; font-weight: 600; margin: 1.1rem 0 .4rem; opacity: .75; }
            .state { color: var(--accent); font-weight: 600; } .bad { color: #c0392b; } p { margin: .3rem 0; }
            .scroll { overflow-x: auto; } table { border-collapse: collapse; font-size: .86rem; }
            th, td { padding: .3rem .7rem; border-bottom: 1px solid var(--line); text-align: left; white-space: nowrap; }
            td { max-width: 24rem; overflow: hidden; text-overflow: ellipsis; }
            th { background: var(--soft); } .n { text-align: right; font-variant-numeric: tabular-nums; }
            .pictures { display: flex; flex-wrap: wrap; gap: .8rem; } figure { margin: 0; }
            img { max-width: 100%; max-height: 22rem; border-radius: 6px; border: 1px solid var(--line); display: block;
              image-rendering: auto; background: var(--soft); }
            figcaption { font-size: .75rem; opacity: .7; } .warn { border-left: 4px solid #e0a800; padding-left: .8rem; white-space: pre-line; }
            /* Label maps hold small numbers: class 1 would be black beside class 0. */
            .labels img { filter: brightness(40); }
            a { color: var(--accent); } .links a { margin-right: 1rem; }
            """;

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
                .append("<meta name=\"viewport\" content=\"width=device-width\">\n<title>")
                .append(name)
                .append("</title>\n<style>\n")
                .append(STYLE)
                .append("</style>\n</head>\n<body>\n<h1>")
                .append(name)
                .append("</h1>\n<p><span class=\"state")
                .append(exit == ExitCode.OK ? "" : " bad")
                .append("\">")
                .append(Html.text(exit == ExitCode.OK ? "completed" : exit.meaning()))
                .append("</span> in ")
                .append(String.format(Locale.ROOT, "%.0f s", seconds))
                .append(" by the embedded runner &middot; <a href=\"run.json\">run.json</a></p>\n");
        scores();
        for (NodeRun node : prepared.nodes()) {
            node(node);
        }
        out.append("</body>\n</html>\n");
        Files.writeString(place.resolve("index.html"), out);
    }

    private void scores() throws IOException {
        final Path scores = place.resolve("scores.csv");
        if (Files.isRegularFile(scores)) {
            out.append("<h2>Scores</h2>\n").append(Html.table(Csv.read(Files.readString(scores), 100)));
        }
    }

    private void node(final NodeRun node) throws IOException {
        if (node.state() == NodeState.WAITING) {
            return;
        }
        out.append("<h2>")
                .append(Html.text(node.position() + "  " + node.entry().name()))
                .append("</h2>\n<p>")
                .append(Html.text(node.state().text()))
                .append(String.format(Locale.ROOT, ", %.1f s", node.seconds()))
                .append("</p>\n");
        node.warning().ifPresent(text -> warning(text));
        node.problem().ifPresent(problem -> warning(problem.getMessage()));
        final List<Path> files = node.files();
        pictures(node, files);
        links(files);
        for (Path file : files) {
            if (file.toString().endsWith(".csv")) {
                table(file);
            }
        }
    }

    private void warning(final String text) {
        out.append("<p class=\"warn\">").append(Html.text(text)).append("</p>\n");
    }

    private void pictures(final NodeRun node, final List<Path> files) {
        final Path folder = folders.folder(node);
        final List<Path> subFolders = files.stream()
                .filter(file -> file.toString().endsWith(".png"))
                .map(Path::getParent)
                .distinct()
                .toList();
        for (Path sub : subFolders) {
            final List<Path> pictures = files.stream()
                    .filter(file ->
                            sub.equals(file.getParent()) && file.toString().endsWith(".png"))
                    .toList();
            out.append("<h3>")
                    .append(Html.text(folder.relativize(sub).toString()))
                    .append(pictures.size() > PICTURES ? " (" + PICTURES + " of " + pictures.size() + ")" : "")
                    .append("</h3>\n<div class=\"pictures")
                    .append(LABELS.equals(String.valueOf(sub.getFileName())) ? " labels" : "")
                    .append("\">\n");
            pictures.stream().limit(PICTURES).forEach(this::picture);
            out.append("</div>\n");
        }
    }

    private void picture(final Path file) {
        final String name = Html.text(
                Optional.ofNullable(file.getFileName()).map(Path::toString).orElse(""));
        out.append("<figure><a href=\"")
                .append(Html.link(place, file))
                .append("\"><img loading=\"lazy\" alt=\"")
                .append(name)
                .append("\" src=\"")
                .append(Html.link(place, file))
                .append("\"></a><figcaption>")
                .append(name)
                .append("</figcaption></figure>\n");
    }

    private void links(final List<Path> files) {
        final Stream<Path> others =
                files.stream().filter(file -> !file.toString().endsWith(".png"));
        out.append("<p class=\"links\">");
        others.forEach(file -> out.append("<a href=\"")
                .append(Html.link(place, file))
                .append("\">")
                .append(Html.text(String.valueOf(file.getFileName())))
                .append("</a>"));
        out.append("</p>\n");
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
