package org.selfdiff.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The policies give what the tools give that the Scorer names: torchmetrics, MONAI, and scikit-learn in GenSelfDiff-HIS. */
class SegmentationGoldenTest {
    private static final double SINGLE = 2e-7;

    private static int[] labels(final JsonArray rows) {
        return IntStream.range(0, rows.size())
                .flatMap(y -> IntStream.of(Golden.integers(rows.get(y))))
                .toArray();
    }

    private static List<Confusion> pictures(final JsonObject c) {
        final List<Confusion> pictures = new ArrayList<>();
        for (int i = 0; i < c.getAsJsonArray("truth").size(); i++) {
            pictures.add(Confusion.of(
                    c.get("n_classes").getAsInt(),
                    labels(c.getAsJsonArray("truth").get(i).getAsJsonArray()),
                    labels(c.getAsJsonArray("prediction").get(i).getAsJsonArray())));
        }
        return pictures;
    }

    private static List<JsonObject> cases() {
        return Golden.cases(Golden.read("segmentation_overlap"), "cases");
    }

    @Test
    void leavingOutIsThatOfTorchmetrics() {
        for (final JsonObject c : cases()) {
            final String name = c.get("name").getAsString();
            final JsonObject expected = c.getAsJsonObject("expected").getAsJsonObject("torchmetrics");
            final List<Confusion> pictures = pictures(c);
            for (final boolean background : new boolean[] {true, false}) {
                final Scoring scoring = new Scoring(EmptyClassPolicy.SKIP, background);
                final double[][] dice = Golden.table(expected.get("dice_none_samplewise_background=" + background));
                final double[] macro = Golden.numbers(expected.get("dice_macro_samplewise_background=" + background));
                for (int i = 0; i < pictures.size(); i++) {
                    for (int k = 0; k < dice[i].length; k++) {
                        final int index = background ? k : k + 1;
                        assertEquals(
                                dice[i][k], scoring.of(pictures.get(i), index).dice(), SINGLE, name);
                    }
                    final boolean none =
                            scoring.classes(pictures.get(i).classes()).allMatch(pictures.get(i)::isEmpty);
                    if (!none) { // torchmetrics answers 0 where nothing counts
                        assertEquals(
                                macro[i], scoring.overClasses(pictures.get(i)).dice(), SINGLE, name);
                    }
                }
                final double[] global = Golden.table(expected.get("dice_none_global_background=" + background))[0];
                for (int k = 0; k < global.length; k++) {
                    final int index = background ? k : k + 1;
                    assertEquals(
                            global[k],
                            scoring.of(Scoring.pooled(pictures), index).dice(),
                            SINGLE,
                            name);
                }
            }
            assertPooledPixels(name, expected, Scoring.pooled(pictures));
        }
    }

    /** Precision and recall of pixels: 0 where they are 0 divided by 0, as the policy has it for half absent classes. */
    private static void assertPooledPixels(final String name, final JsonObject expected, final Confusion all) {
        final double[] precision = Golden.numbers(expected.get("pixel_precision_none"));
        final double[] recall = Golden.numbers(expected.get("pixel_recall_none"));
        for (int k = 0; k < precision.length; k++) {
            if (!all.isEmpty(k)) {
                assertEquals(precision[k], OverlapMetric.PRECISION.of(all, k, EmptyClassPolicy.SKIP), SINGLE, name);
                assertEquals(recall[k], OverlapMetric.RECALL.of(all, k, EmptyClassPolicy.SKIP), SINGLE, name);
            }
        }
    }

    @Test
    void diceAndIouAreThoseOfMonaiWhereTheTruthHasTheClass() {
        for (final JsonObject c : cases()) {
            final JsonObject expected = c.getAsJsonObject("expected")
                    .getAsJsonObject("monai")
                    .getAsJsonObject("include_background=true,ignore_empty=true");
            final double[][] dice = Golden.table(expected.get("dice_image_x_class"));
            final double[][] iou = Golden.table(expected.get("iou_image_x_class"));
            final List<Confusion> pictures = pictures(c);
            for (int i = 0; i < pictures.size(); i++) {
                for (int k = 0; k < dice[i].length; k++) {
                    final Confusion counts = pictures.get(i);
                    final boolean inTruth = counts.truePositives(k) + counts.falseNegatives(k) > 0;
                    assertEquals(!inTruth, Double.isNaN(dice[i][k]), "MONAI leaves it out where the truth lacks it");
                    if (inTruth) {
                        assertEquals(dice[i][k], OverlapMetric.DICE.of(counts, k, EmptyClassPolicy.SKIP), SINGLE);
                        assertEquals(iou[i][k], OverlapMetric.IOU.of(counts, k, EmptyClassPolicy.SKIP), SINGLE);
                    }
                }
            }
        }
    }

    /** Its metrics are those of scikit-learn with zero_division=1. */
    @Test
    void countingAsOneIsThatOfGenSelfDiff() {
        for (final JsonObject c : Golden.cases(Golden.read("segmentation_genselfdiff"), "cases")) {
            final JsonObject expected = c.getAsJsonObject("expected");
            final Confusion counts = Confusion.of(
                    c.get("n_classes").getAsInt(),
                    labels(c.getAsJsonArray("truth")),
                    labels(c.getAsJsonArray("prediction")));
            final double[] f1 = Golden.numbers(expected.get("f1_per_foreground_class"));
            final double[] iou = Golden.numbers(expected.get("jaccard_per_foreground_class"));
            final double[] precision = Golden.numbers(expected.get("precision_per_foreground_class"));
            final double[] recall = Golden.numbers(expected.get("sensitivity_per_foreground_class"));
            final Scoring scoring = new Scoring(EmptyClassPolicy.COUNT_AS_ONE, false);
            for (int k = 0; k < f1.length; k++) {
                final Scoring.Scores scores = scoring.of(counts, k + 1);
                final String name = c.get("name").getAsString() + ", class " + (k + 1);
                assertEquals(f1[k], scores.dice(), 1e-15, name);
                assertEquals(iou[k], scores.iou(), 1e-15, name);
                assertEquals(precision[k], scores.precision(), 1e-15, name);
                assertEquals(recall[k], scores.recall(), 1e-15, name);
            }
        }
    }
}
