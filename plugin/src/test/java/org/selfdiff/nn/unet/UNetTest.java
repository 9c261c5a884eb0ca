package org.selfdiff.nn.unet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.selfdiff.nn.AttentionKind;
import org.selfdiff.nn.Initial;
import org.selfdiff.nn.Parameter;
import org.selfdiff.nn.ShapeOps;
import org.selfdiff.nn.UNetSpec;

class UNetTest {
    private static ShapeOps paper(final int outputs) {
        return trace(UNetSpec.paper().withOutputChannels(outputs), 256);
    }

    private static ShapeOps trace(final UNetSpec spec, final int side) {
        return ShapeOps.trace(
                new UNet(spec).function(UNet.PREDICT),
                List.of(new long[] {1, spec.inputChannels(), side, side}, new long[] {1}));
    }

    /** The counts of the published network, for noise, two and four classes. */
    @Test
    void hasAsManyParametersAsThePaper() {
        assertEquals(31_267_083, paper(3).parameterCount());
        assertEquals(31_267_018, paper(2).parameterCount());
        assertEquals(31_267_148, paper(4).parameterCount());
    }

    @Test
    void namesItsParametersStably() {
        final Map<String, Parameter> byName =
                paper(3).parameters().stream().collect(Collectors.toMap(Parameter::name, Function.identity()));
        assertEquals(
                List.of(64L, 42L, 3L, 3L),
                byName.get("down.0.block1.conv1.weight").shape());
        assertEquals(List.of(42L, 3L, 7L, 7L), byName.get("stem.weight").shape());
        assertEquals(
                List.of(384L, 64L, 1L, 1L),
                byName.get("down.0.attention.qkv.weight").shape());
        assertEquals(
                List.of(256L, 1024L, 3L, 3L),
                byName.get("up.3.block1.conv1.weight").shape());
        assertEquals(List.of(64L, 64L, 4L, 4L), byName.get("up.1.double.weight").shape());
        assertEquals(List.of(3L, 64L, 1L, 1L), byName.get("final.conv.weight").shape());
        assertFalse(byName.containsKey("down.0.attention.qkv.bias"), "queries, keys and values have no bias");
        assertFalse(byName.containsKey("up.0.block1.conv1.weight"), "the finest level has no way up");
        assertFalse(byName.containsKey("final.block.time.weight"), "the last block does not see the time");
    }

    @Test
    void onlyTheLastConvolutionDependsOnTheNumberOfClasses() {
        final List<Parameter> noise = paper(3).parameters();
        final List<Parameter> classes = paper(7).parameters();
        assertEquals(noise.size(), classes.size());
        for (int i = 0; i < noise.size(); i++) {
            final boolean last = noise.get(i).name().startsWith("final.conv.");
            assertEquals(
                    !last, noise.get(i).equals(classes.get(i)), noise.get(i).name());
        }
    }

    @Test
    void keepsThePictureSize() {
        final UNet network = new UNet(UNetSpec.of(
                3, 24, List.of(1, 2, 3), 1, List.of(AttentionKind.NONE, AttentionKind.LINEAR, AttentionKind.FULL)));
        final ShapeOps ops = new ShapeOps();
        assertArrayEquals(new long[] {2, 3, 32, 48}, network.forward(ops, new long[] {2, 3, 32, 48}, new long[] {2}));
        assertTrue(ops.flops() > 0);
    }

    /** A network of one level with a stem 1 x 1, counted by hand. */
    @Test
    void countsOperationsOfASmallNetworkAsByHand() {
        final UNetSpec spec = new UNetSpec(
                1, 1, 4, List.of(1), 1, List.of(AttentionKind.NONE), AttentionKind.NONE, 1, 4, 2, 1, 4, false);
        final ShapeOps ops = trace(spec, 2);
        final double stem = 2 * 4 * 4;
        final double block = 2 * (2 * 4 * 4 * 4 * 9);
        final double time = 2 * 16 * 4;
        final double mlp = 2 * 16 * 4 + 2 * 16 * 16;
        final double last = 2 * 4 * 4;
        // down, two in the middle, and the last one, which does not see the time
        assertEquals(stem + 4 * block + 3 * time + mlp + last, ops.flops());
        final long blockCount = 2 * (4 * 4 * 9 + 4 + 4 + 4);
        final long timeCount = 16 * 4 + 4;
        assertEquals(
                (4 + 4) + 4 * blockCount + 3 * timeCount + (4 * 16 + 16) + (16 * 16 + 16) + (4 + 1),
                ops.parameterCount());
    }

    @Test
    void startsWithinPyTorchsBounds() {
        for (final Parameter parameter : paper(3).parameters()) {
            if (parameter.name().equals("down.1.block1.conv1.weight")) {
                assertEquals(new Initial.Uniform(1 / Math.sqrt(64 * 9)), parameter.initial());
            } else if (parameter.name().equals("up.3.double.bias")) {
                assertEquals(new Initial.Uniform(1 / Math.sqrt(256 * 16)), parameter.initial());
            } else if (parameter.name().endsWith("norm1.weight")) {
                assertEquals(new Initial.Constant(1), parameter.initial());
            }
        }
    }
}
