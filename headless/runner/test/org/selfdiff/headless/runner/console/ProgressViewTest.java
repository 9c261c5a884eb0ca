package org.selfdiff.headless.runner.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfdiff.headless.runner.ExitCode;
import org.selfdiff.headless.runner.FakeNodes;
import org.selfdiff.headless.runner.FlowFolder;
import org.selfdiff.headless.runner.RunnerFailed;
import org.selfdiff.headless.runner.execute.CancelFlag;
import org.selfdiff.headless.runner.execute.Changes;
import org.selfdiff.headless.runner.execute.Preparation;
import org.selfdiff.headless.runner.execute.WorkflowRun;
import org.selfdiff.headless.runner.results.ResultsFolder;
import org.selfdiff.headless.runner.workflow.WorkflowReader;

class ProgressViewTest {
    private static final long SECOND = 1_000_000_000L;

    @TempDir
    Path temp;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private final AtomicLong clock = new AtomicLong(1);

    private String shown(final boolean interactive, final boolean quiet, final int columns)
            throws IOException, RunnerFailed {
        final FakeNodes nodes = new FakeNodes().on("source1", (watch, files) -> {
            for (int i = 1; i <= 4; i++) {
                clock.addAndGet(6 * SECOND);
                watch.progress(i / 4.0, i + " of 4 steps, 1.0 steps/s, 0:0" + (4 - i) + " left");
            }
        });
        final Path folder =
                new FlowFolder(temp.resolve("Flow")).node(1, "Maker", "source1").write();
        final Preparation prepared = Preparation.of(WorkflowReader.read(folder), nodes, Changes.none());
        final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        final ProgressView view =
                new ProgressView(new Terminal(out, interactive, false, columns), prepared.nodes(), quiet, clock::get);
        final ResultsFolder results = ResultsFolder.create(temp.resolve("results"));
        assertEquals(ExitCode.OK, new WorkflowRun(prepared, view, results, new CancelFlag()).execute(1));
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void withoutATerminalALineAtMostEveryTenSeconds() throws IOException, RunnerFailed {
        final List<String> lines = shown(false, false, 80).lines().toList();
        assertEquals("  Maker (#1) started", lines.get(0));
        // Reports come at 6, 12, 18 and 24 s after the start: those at 12 s and 24 s are due.
        assertEquals("  Maker (#1)  50%  2 of 4 steps, 1.0 steps/s, 0:02 left", lines.get(1));
        assertEquals("  Maker (#1) 100%  4 of 4 steps, 1.0 steps/s, 0:00 left", lines.get(2));
        assertTrue(lines.get(3).startsWith("  Maker (#1) executed, 0:0"), lines.get(3));
        assertEquals(4, lines.size());
    }

    @Test
    void onATerminalTheBarIsRedrawnInPlaceAndGoneAtTheEnd() throws IOException, RunnerFailed {
        final List<String> screen = screen(shown(true, false, 100));
        assertEquals(1, screen.size(), screen.toString());
        assertTrue(screen.get(0).startsWith("  Maker (#1) executed"), screen.toString());
        assertTrue(bytes.toString(StandardCharsets.UTF_8)
                .contains("Maker (#1) ############............  50%  2 of 4 steps, 1.0 steps/s, 0:02 left"));
    }

    @Test
    void linesNeverWrapSoThatRedrawingCounts() throws IOException, RunnerFailed {
        final String text = shown(true, false, 50).replaceAll("\u001b\\[\\d*[A-Z]", "");
        assertTrue(text.contains("..."), text);
        assertTrue(text.lines().allMatch(line -> line.length() < 50), text);
    }

    @Test
    void quietSaysNothing() throws IOException, RunnerFailed {
        assertEquals("", shown(true, true, 80));
        assertFalse(bytes.size() > 0);
    }

    /** What a terminal shows in the end: understands line feeds, cursor up and clear line. */
    private static List<String> screen(final String text) {
        final List<String> screen = new ArrayList<>();
        int row = 0;
        for (String part : text.split("(?<=\n)|(?=\u001b)|(?<=A)(?=\u001b)|(?<=\u001b\\[\\dA)|(?<=\u001b\\[2K)")) {
            if (part.matches("\u001b\\[\\d+A")) {
                row -= Integer.parseInt(part.replaceAll("\\D", ""));
            } else if (part.startsWith("\u001b[2K")) {
                screen.set(row, "");
            } else {
                while (screen.size() <= row) {
                    screen.add("");
                }
                final String line = part.replace("\n", "");
                if (!line.isEmpty()) {
                    screen.set(row, line);
                }
                row += part.endsWith("\n") ? 1 : 0;
            }
        }
        while (!screen.isEmpty() && screen.get(screen.size() - 1).isEmpty()) {
            screen.remove(screen.size() - 1);
        }
        return screen;
    }
}
