package org.selfdiff.headless.runner.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.selfdiff.headless.runner.FlowFolder.entry;
import static org.selfdiff.headless.runner.FlowFolder.group;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.selfdiff.headless.runner.FlowFolder;
import org.selfdiff.headless.runner.execute.Changes;
import org.selfdiff.headless.runner.execute.VariableChange;

class WorkflowCopyTest {
    @TempDir
    Path temp;

    private Path flow;

    @BeforeEach
    void files() throws Exception {
        flow = Files.createDirectories(temp.resolve("Flow"));
        for (final String file : List.of(
                "data/slides/a.svs", "data/tiles/a/x0.png", "data/checkpoints/c", "data/mine/a.png", "data/b.csv")) {
            Files.createDirectories(flow.resolve(file).getParent());
            Files.writeString(flow.resolve(file), "x");
        }
    }

    private Set<String> copied(final String path, final Changes changes) throws Exception {
        new FlowFolder(flow)
                .node(1, "Maker", "org.selfdiff.A", model(entry("folder", "xstring", "data/slides")))
                .node(2, "Writer", "org.selfdiff.B", model(entry("folder", "xstring", "./data/tiles/")))
                .node(3, "Reader", "org.knime.C", model(entry("folder", "xstring", "data/mine")))
                .node(
                        4,
                        "Learner",
                        "org.selfdiff.D",
                        model(group("training", entry("checkpoint_folder", "xstring", "data/checkpoints"))))
                .node(5, "Other", "org.selfdiff.E", model(group("a", group("b", entry("c", "xstring", path)))))
                .write();
        final Path copy = temp.resolve("copy");
        final Set<Path> left = WorkflowCopy.of(flow, copy, changes);
        assertTrue(Files.isRegularFile(copy.resolve("workflow.knime")));
        assertTrue(Files.isRegularFile(copy.resolve("Writer (#2)/settings.xml")));
        left.forEach(folder -> assertTrue(Files.notExists(copy.resolve(folder.toString()))));
        try (Stream<Path> data = Files.walk(copy.resolve("data"))) {
            return data.filter(Files::isRegularFile)
                    .map(file -> copy.resolve("data").relativize(file).toString())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static String model(final String content) {
        return group("model", content);
    }

    @Test
    void whatTheRunWritesAnewIsLeftOut() throws Exception {
        assertEquals(Set.of("checkpoints/c", "mine/a.png", "b.csv"), copied("", Changes.none()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data/slides",
                "data/slides/a.svs",
                "knime://knime.workflow/data/slides/",
                "slides",
            })
    void whatAnotherSettingMightReadIsCopied(final String path) throws Exception {
        assertEquals(Set.of("slides/a.svs", "checkpoints/c", "mine/a.png", "b.csv"), copied(path, Changes.none()));
    }

    @Test
    void aFolderAboveIsCopiedWhole() throws Exception {
        assertEquals(5, copied("data", Changes.none()).size());
    }

    @Test
    void whatTheCommandLineNamesIsCopied() throws Exception {
        final VariableChange change =
                new VariableChange("image_folder", flow.resolve("data/tiles").toString(), Optional.empty());
        assertTrue(copied("", new Changes(List.of(change), List.of(), Optional.empty()))
                .contains("tiles/a/x0.png"));
    }
}
