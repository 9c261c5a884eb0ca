package org.selfdiff.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.port.PortObject;
import org.selfdiff.engine.NeedsTorch;
import org.selfdiff.nodes.diffusion.pretrainer.DiffusionPretrainerNodeFactory;
import org.selfdiff.nodes.segmentation.learner.SegmentationLearnerNodeFactory;
import org.selfdiff.nodes.segmentation.predictor.SegmentationPredictorNodeFactory;
import org.selfdiff.nodes.segmentation.scorer.SegmentationScorerNodeFactory;
import org.selfdiff.nodes.slides.phantom.HistologyPhantomNodeFactory;
import org.selfdiff.nodes.slides.tiler.TilerNodeFactory;

/** The user's language changes no number: other digits, another decimal point, another capital of "i". */
@NeedsTorch.Engine
class LanguagesTest {
    /** Arabic, Persian, Nepali with their own digits, Turkish with its dotted I, German with its comma. */
    private static final List<String> LANGUAGES =
            List.of("ar-EG-u-nu-arab", "fa-IR-u-nu-arabext", "ne-NP-u-nu-deva", "tr-TR", "de-DE");

    @TempDir
    Path folder;

    @Test
    void theSameNumbersInEveryLanguage() throws Exception {
        final Locale before = Locale.getDefault();
        final Map<String, Object> network = new HashMap<>(Map.of(
                "network/base_width", 8,
                "network/channel_multipliers", "1, 2",
                "network/blocks_per_level", 1,
                "training/steps", 2,
                "training/batch_size", 2,
                "training/warmup_steps", 1,
                "compute/device", "cpu"));
        try {
            Locale.setDefault(Locale.ROOT);
            final List<String> expected = numbers(folder.resolve("root"), network);
            for (final String language : LANGUAGES) {
                Locale.setDefault(Locale.forLanguageTag(language));
                assertEquals(expected, numbers(folder.resolve(language), network), language);
            }
        } finally {
            Locale.setDefault(before);
        }
    }

    /** From pictures to scores: the log of the pre-training and the table of scores. */
    private static List<String> numbers(final Path workflow, final Map<String, Object> network) throws Exception {
        final Canvas canvas = new Canvas(Files.createDirectory(workflow));
        final PortObject pictures = canvas.run(new HistologyPhantomNodeFactory(), Map.of("pictures", 2, "size", 32))[0];
        final PortObject tiles = canvas.run(
                        canvas.node(
                                new TilerNodeFactory(),
                                Map.of("grid/tile_size", 32, "pictures/masks_required", true),
                                Canvas.ports("Pictures", BufferedDataTable.class)),
                        () -> false,
                        pictures)[0];
        final Map<String, Object> sampling = new HashMap<>(network);
        sampling.put("samples", 1);
        sampling.put("sample_steps", 2);
        final PortObject[] pretrained = canvas.run(new DiffusionPretrainerNodeFactory(), sampling, tiles);
        final PortObject[] learnt = canvas.run(
                canvas.node(new SegmentationLearnerNodeFactory(), network, null), () -> false, tiles, pretrained[0]);
        final PortObject predictions = canvas.run(
                        new SegmentationPredictorNodeFactory(), Map.of("compute/device", "cpu"), learnt[0], tiles)[0];
        final List<String> numbers = cells(pretrained[1], "Step", "Loss");
        numbers.addAll(cells(canvas.run(new SegmentationScorerNodeFactory(), Map.of(), predictions)[0]));
        return numbers;
    }

    /** The cells of some columns, or of all if none is named. */
    private static List<String> cells(final PortObject table, final String... columns) {
        final List<String> cells = new ArrayList<>();
        final List<String> wanted = List.of(columns);
        final BufferedDataTable rows = (BufferedDataTable) table;
        for (final DataRow row : rows) {
            int column = 0;
            for (final DataCell cell : row) {
                if (wanted.isEmpty()
                        || wanted.contains(
                                rows.getDataTableSpec().getColumnSpec(column).getName())) {
                    cells.add(cell.toString());
                }
                column++;
            }
        }
        return cells;
    }
}
