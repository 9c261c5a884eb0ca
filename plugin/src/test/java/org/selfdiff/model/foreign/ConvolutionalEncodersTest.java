package org.selfdiff.model.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.selfdiff.engine.NeedsTorch;
import org.selfdiff.nn.Fixture;
import org.selfdiff.nn.Parameter;
import org.selfdiff.nn.PictureEmbedding;
import org.selfdiff.nn.cnn.DenseNet;
import org.selfdiff.nn.cnn.ResNet;
import org.selfdiff.run.RunFailed;
import org.selfdiff.weights.Weight;

/** Convolutional encoders give what torchvision, pytorch-fid and TorchXRayVision give, and are recognised. */
@NeedsTorch.Engine
class ConvolutionalEncodersTest {
    private static Map<String, long[]> shapes(final Fixture fixture) {
        final Map<String, long[]> shapes = new LinkedHashMap<>();
        fixture.weights().forEach((name, weight) -> shapes.put(name, weight.shape()));
        return shapes;
    }

    @ParameterizedTest
    @CsvSource({
        "resnet/resnet18, x224, features.224, 'ResNet-18, 11.2 M parameters, torchvision naming'",
        "resnet/resnet18, x96, features.96, 'ResNet-18, 11.2 M parameters, torchvision naming'",
        "resnet/resnet50, x224, features.224, 'ResNet-50, 23.6 M parameters, torchvision naming'",
        "resnet/resnet50, x96, features.96, 'ResNet-50, 23.6 M parameters, torchvision naming'",
        "densenet/xrv_densenet121, x224, features.224, "
                + "'DenseNet-121 (TorchXRayVision), 7.0 M parameters, TorchXRayVision naming'",
        "densenet/xrv_densenet121, x96, features.96, "
                + "'DenseNet-121 (TorchXRayVision), 7.0 M parameters, TorchXRayVision naming'",
        "fid/inception, x299, features_2048.299, 'Inception (pytorch-fid), 21.8 M parameters, pytorch-fid naming'",
    })
    void givesWhatItsAuthorsCodeGives(final String name, final String input, final String output, final String words)
            throws Exception {
        final Fixture fixture = Fixture.of(name);
        final Recognised found = ConvolutionalEncoders.find("file", shapes(fixture), Hints.none())
                .orElseThrow();
        assertEquals(words, found.words());
        final Map<String, Weight> weights = new LinkedHashMap<>();
        for (final Parameter parameter : found.network().parameters()) {
            weights.put(parameter.name(), fixture.weights().get(parameter.name()));
        }
        final Weight given = fixture.input(input);
        final float[] x = given.values().clone();
        if (name.startsWith("fid")) {
            for (int i = 0; i < x.length; i++) {
                x[i] = 2 * x[i] - 1;
            }
        }
        final Weight features = Fixture.run(
                        found.network(), PictureEmbedding.EMBED, weights, List.of(new Weight(given.shape(), x)))
                .get(0);
        assertEquals(((PictureEmbedding) found.network()).size(), features.shape()[1]);
        fixture.check(output, features.values());
    }

    @Test
    void aNetworkThatWasCutOffIsRefused() throws Exception {
        final Map<String, long[]> shapes = new LinkedHashMap<>();
        new ResNet(3, true, List.of(3, 4, 6, 3))
                .parameters()
                .forEach(p -> shapes.put("module." + p.name(), p.dimensions()));
        shapes.put("module.fc.weight", new long[] {1000, 2048});
        final Recognised whole =
                ConvolutionalEncoders.find("file", shapes, Hints.none()).orElseThrow();
        assertEquals("ResNet-50", whole.name());
        assertEquals(List.of("module.fc.weight"), whole.leftOut());
        shapes.keySet().removeIf(name -> name.startsWith("module.layer4"));
        final RunFailed cut =
                assertThrows(RunFailed.class, () -> ConvolutionalEncoders.find("file", shapes, Hints.none()));
        assertTrue(cut.getMessage().contains("[3, 4, 6, 0]"), cut.getMessage());
    }

    @Test
    void cardsAreReadAsTheyWereWritten() throws Exception {
        final ResNet residual = new ResNet(1, false, List.of(2, 2, 2, 2));
        assertEquals(residual, ResNet.fromJson(residual.toJson(), "card"));
        final DenseNet dense = new DenseNet(3, List.of(6, 12, 24, 16));
        assertEquals(dense, DenseNet.fromJson(dense.toJson(), "card"));
        assertEquals(1024, dense.size());
    }
}
