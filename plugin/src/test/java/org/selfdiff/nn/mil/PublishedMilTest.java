package org.selfdiff.nn.mil;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.selfdiff.engine.NeedsTorch;
import org.selfdiff.run.RunFailed;
import org.selfdiff.weights.Weight;

/** Networks for bags against what the published ones say. */
@NeedsTorch.Engine
class PublishedMilTest {
    @ParameterizedTest
    @CsvSource({
        "abmil_plain_n1, false",
        "abmil_plain_n7, false",
        "abmil_gated_n7, true",
        "abmil_gated_n40, true",
        "abmil_plain_saturated_train_y0, false"
    })
    void attentionPooling(final String name, final boolean gated) throws RunFailed {
        // attention without a gate has names of its own there
        final MilFixture f =
                new MilFixture(name).named("attention.0.", "attention_V.0.").named("attention.2.", "attention_w.");
        final List<Weight> out = f.run(new AbmilNetwork(f.number("d"), f.number("M"), f.number("L"), 1, gated));
        f.check("out.logit", out.get(0));
        f.check("out.attention", out.get(1));
    }

    @ParameterizedTest
    @CsvSource({"mean_pool_n8, false", "max_pool_n8, true"})
    void meanAndLargest(final String name, final boolean largest) throws RunFailed {
        final MilFixture f = new MilFixture(name);
        f.check(
                "out.logits",
                f.run(new PooledNetwork(f.number("d"), f.number("hidden"), f.number("n_classes"), largest))
                        .get(0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "clam_sb_gated_ce",
                "clam_sb_gated_svm",
                "clam_sb_subtyping3_svm",
                "clam_sb_ungated_ce",
                "clam_mb_gated_ce",
                "clam_mb_subtyping3_ce",
                "clam_mb_subtyping3_svm"
            })
    void clam(final String name) throws RunFailed {
        final MilFixture f = new MilFixture(name);
        final List<Weight> out = f.run(new ClamNetwork(
                f.number("d"),
                f.number("hidden"),
                f.number("attention_dim"),
                f.number("n_classes"),
                name.startsWith("clam_mb"),
                f.flag("gate")));
        f.check("out.logits", out.get(0));
        f.check("out.attention", out.get(1));
    }

    @ParameterizedTest
    @CsvSource({"clam_mil_fc_max_2class, 2", "clam_mil_fc_max_4class, 4"})
    void bestTile(final String name, final int classes) throws RunFailed {
        final MilFixture f = new MilFixture(name);
        final List<Weight> out = f.run(new ClamMaxNetwork(f.number("d"), f.number("hidden"), classes));
        f.check("out.logits", out.get(0));
        final float[] each = f.get("out.instance_probs").values();
        final int n = each.length / classes;
        for (int i = 0; i < n; i++) {
            float most = 0;
            for (int c = 0; c < classes; c++) {
                most = Math.max(most, each[i * classes + c]);
            }
            assertEquals(classes == 2 ? each[2 * i + 1] : most, out.get(1).values()[i], 1e-5);
        }
    }
}
