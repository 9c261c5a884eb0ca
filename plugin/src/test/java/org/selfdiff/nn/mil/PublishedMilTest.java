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

    @ParameterizedTest
    @ValueSource(strings = {"dsmil_c1", "dsmil_c2_passing_v", "dsmil_c3_linear_q"})
    void dsmil(final String name) throws RunFailed {
        final MilFixture f = new MilFixture(name);
        final int classes = f.number("n_classes");
        final List<Weight> out = f.run(
                new DsmilNetwork(f.number("d"), f.number("q_dim"), classes, f.flag("nonlinear"), f.flag("passing_v")));
        f.check("out.bag_logits", out.get(0));
        f.check("out.max_logits", out.get(2));
        f.checkGradients(
                new DsmilNetwork(f.number("d"), f.number("q_dim"), classes, f.flag("nonlinear"), f.flag("passing_v")),
                """
                torch.mul(torch.add(torch.mean(torch.binary_cross_entropy_with_logits(out[0], y, None, None, 0)), \
                torch.mean(torch.binary_cross_entropy_with_logits(out[2], y, None, None, 0))), 0.5)""",
                f.get("in.label"));
        final float[] attention = f.get("out.attention").values(); // (tiles, classes) there
        final int n = attention.length / classes;
        for (int c = 0; c < classes; c++) {
            for (int i = 0; i < n; i++) {
                assertEquals(attention[i * classes + c], out.get(1).values()[c * n + i], f.tolerance());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"transmil_n5", "transmil_n9", "transmil_n50"})
    void transMil(final String name) throws RunFailed {
        final MilFixture f = new MilFixture(name);
        final List<Weight> out =
                f.run(new TransMilNetwork(f.number("d"), f.number("dim"), f.number("heads"), f.number("n_classes")));
        f.check("out.logits", out.get(0));
        assertEquals(f.number("n"), out.get(1).values().length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rrt_mil_n50", "rrt_mil_shortcut_n10", "rrt_mil_crmsa_mlp_n37", "rrt_mil_ffn_n30"})
    void rrt(final String name) throws RunFailed {
        final MilFixture f = new MilFixture(name);
        final int hidden = f.number("mlp_dim");
        final boolean feedForward = name.contains("ffn");
        final List<Weight> out = f.run(new RrtNetwork(
                f.number("input_dim"),
                hidden,
                16,
                f.number("n_classes"),
                new RrtNetwork.Form(
                        f.number("region_num"),
                        1,
                        f.number("n_heads"),
                        f.number("epeg_k"),
                        f.number("crmsa_k"),
                        f.number("crmsa_heads"),
                        name.contains("crmsa_mlp"),
                        name.contains("shortcut"),
                        feedForward ? (int) (hidden * Double.parseDouble(f.fact("mlp_ratio"))) : 0)));
        f.check("out.logits", out.get(0));
        f.check("out.attention", out.get(1));
    }
}
