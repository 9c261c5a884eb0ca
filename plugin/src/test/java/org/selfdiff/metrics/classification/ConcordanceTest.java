package org.selfdiff.metrics.classification;

import static org.selfdiff.metrics.Golden.numbers;
import static org.selfdiff.metrics.Golden.same;
import static org.selfdiff.metrics.Golden.truths;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import org.junit.jupiter.api.Test;
import org.selfdiff.metrics.Golden;

/** Values of lifelines and scikit-survival. */
class ConcordanceTest {
    @Test
    void equalsTheReferences() {
        for (final JsonObject o : Golden.cases(Golden.read("survival_cindex"), "cases")) {
            final String name = o.get("name").getAsString();
            final JsonObject expected = o.getAsJsonObject("expected");
            compare(expected.get("lifelines"), at(o, 0), name + ", lifelines");
            compare(expected.get("scikit_survival"), at(o, 1e-8), name + ", scikit-survival");
        }
    }

    private static Concordance at(final JsonObject o, final double tolerance) {
        return Concordance.of(numbers(o.get("time")), truths(o.get("event")), numbers(o.get("risk")), tolerance);
    }

    private static void compare(final JsonElement expected, final Concordance ours, final String name) {
        if (!(expected instanceof JsonObject values)) {
            same(expected, ours.index(), 0, name);
            return;
        }
        for (final String key : values.keySet()) {
            final double value =
                    switch (key) {
                        case "c_index" -> ours.index();
                        case "concordant" -> ours.concordant();
                        case "discordant" -> ours.discordant();
                        case "tied_scores", "tied_risk" -> ours.tied();
                        case "admissible_pairs" -> ours.pairs();
                        case "tied_time" -> ours.sameTime();
                        default -> throw new AssertionError(key);
                    };
            same(values.get(key), value, 1e-12, name + " " + key);
        }
    }
}
