package org.selfdiff.nn.vit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.selfdiff.engine.NeedsTorch;
import org.selfdiff.nn.Fixture;
import org.selfdiff.run.RunFailed;
import org.selfdiff.weights.Weight;

/** The transformer against DINO's and DINOv2's own code. */
@NeedsTorch.Engine
class VitTest {
    private static final VitSpec TINY =
            new VitSpec(3, 8, 24, 2, 3, 96, false, false, 0, VitSpec.Positions.dino(4), 1e-6);

    private static float[] classToken(final Weight tokens, final int row) {
        final int width = (int) tokens.shape()[2];
        final int stride = (int) tokens.shape()[1] * width;
        final float[] token = new float[width];
        System.arraycopy(tokens.values(), row * stride, token, 0, width);
        return token;
    }

    private static float[] classTokens(final Weight tokens) {
        final int width = (int) tokens.shape()[2];
        final float[] all = new float[(int) tokens.shape()[0] * width];
        for (int i = 0; i < tokens.shape()[0]; i++) {
            System.arraycopy(classToken(tokens, i), 0, all, i * width, width);
        }
        return all;
    }

    @ParameterizedTest
    @CsvSource({"dino/vit_tiny_p8,''", "dino/vit_tiny_p8_eps_probe,''"})
    void tinyEqualsDino(final String name, final String suffix) throws Exception {
        final Fixture fixture = Fixture.of(name);
        for (final String input : List.of("x", "x2")) {
            if (!fixture.json().getAsJsonObject("inputs").has(input)) {
                continue;
            }
            final Weight x = fixture.input(input);
            final Vit network = new Vit(TINY, (int) x.shape()[2], (int) x.shape()[3]);
            final String end = input.equals("x") ? "" : ".x2";
            final Weight tokens = fixture.run(network, Vit.TOKENS, UnaryOperator.identity(), List.of(x))
                    .get(0);
            fixture.check("tokens" + end, tokens.values());
            fixture.check("cls" + end, classTokens(tokens));
            final List<Weight> seen = fixture.run(network, Vit.ATTENTION, UnaryOperator.identity(), List.of(x));
            assertArrayEquals(tokens.values(), seen.get(0).values(), 1e-5f);
            fixture.check("attention" + end, seen.get(1).values());
        }
    }

    @Test
    void cardsAreReadAsTheyWereWritten() throws RunFailed {
        assertEquals(TINY, VitSpec.fromJson(TINY.toJson(), "card"));
    }
}
