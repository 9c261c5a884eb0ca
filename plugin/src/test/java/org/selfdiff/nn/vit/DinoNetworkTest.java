package org.selfdiff.nn.vit;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.selfdiff.engine.NeedsTorch;
import org.selfdiff.nn.Fixture;
import org.selfdiff.weights.Weight;

/** Transformer and head against DINO's own code, for views of two sizes. */
@NeedsTorch.Engine
class DinoNetworkTest {
    private static final VitSpec SPEC =
            new VitSpec(3, 8, 16, 2, 2, 32, false, false, 0, VitSpec.Positions.dino(4), 1e-6);

    @Test
    void equalsDinoForLargeAndSmallViews() throws Exception {
        final Fixture fixture = Fixture.of("ssl/multicrop");
        final DinoNetwork network = new DinoNetwork(SPEC, 32, 16, new DinoHead(16, 20, 12, 20));
        final float[] lengths =
                fixture.weights().get("head.last_layer.weight_g").values();
        final float[] all = new float[8 * 20];
        final List<String> views = List.of("g1", "g2", "l1", "l2");
        for (int v = 0; v < 4; v++) {
            final Weight out = fixture.run(
                            network,
                            v < 2 ? DinoNetwork.LARGE : DinoNetwork.SMALL,
                            name -> name.startsWith(DinoHead.PREFIX) ? name : "backbone." + name,
                            List.of(fixture.input(views.get(v))))
                    .get(0);
            for (int i = 0; i < 40; i++) {
                all[v * 40 + i] = out.values()[i] * lengths[i % 20];
            }
        }
        fixture.check("y", all);
    }
}
