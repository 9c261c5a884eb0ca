package org.selfdiff.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfdiff.run.RunFailed;
import org.selfdiff.weights.NamedWeights;
import org.selfdiff.weights.SafeTensorsWriter;
import org.selfdiff.weights.Weight;

class ModelFileTest {
    @TempDir
    Path folder;

    private Path file;

    private final ModelCard card = ModelCardTest.card(ModelCardTest.SEGMENTATION);

    private NamedWeights weights;

    @BeforeEach
    void weights() {
        file = folder.resolve("model.safetensors");
        final Map<String, Weight> map = new LinkedHashMap<>();
        map.put("stem.weight", new Weight(new long[] {2, 1, 1, 2}, new float[] {1, 2, Float.MIN_VALUE, -0f}));
        map.put("a.bias", new Weight(new long[] {1}, new float[] {-3}));
        weights = new NamedWeights(map);
    }

    @Test
    void thereAndBack() throws RunFailed {
        final String fingerprint = ModelFile.write(file, card, weights);
        assertEquals(card, ModelFile.readCard(file));
        final NamedWeights back = ModelFile.readWeights(file);
        assertEquals(weights, back);
        assertEquals(
                List.of("stem.weight", "a.bias"), List.copyOf(back.weights().keySet()));
        assertEquals(5, back.parameters());
        assertEquals(fingerprint, ModelFile.fingerprint(file));
        assertTrue(fingerprint.matches("[0-9a-f]{64}"));
    }

    @Test
    void theFingerprintIsThatOfTheWeights() throws RunFailed {
        final String first = ModelFile.write(file, card, weights);
        final ModelCard other = ModelCardTest.card(new ModelTask.Encoder("a", 3));
        assertEquals(first, ModelFile.write(file, other, weights));
        final float[] values = weights.weights().get("a.bias").values();
        values[0] = Math.nextUp(values[0]);
        assertTrue(!first.equals(ModelFile.write(file, other, weights)));
    }

    @Test
    void aPartialFileIsRefused() throws RunFailed, IOException {
        ModelFile.write(file, card, weights);
        final byte[] whole = Files.readAllBytes(file);
        for (final int n : new int[] {0, 7, 100, whole.length - 20, whole.length - 1}) {
            Files.write(file, Arrays.copyOf(whole, n));
            final RunFailed e = assertThrows(RunFailed.class, () -> ModelFile.readCard(file));
            assertEquals(file.toString(), e.where());
        }
    }

    @Test
    void anAlteredCardAndAlteredWeightsAreRefused() throws RunFailed, IOException {
        ModelFile.write(file, card, weights);
        final byte[] whole = Files.readAllBytes(file);
        final byte[] last = whole.clone();
        last[whole.length - 1] ^= 1;
        Files.write(file, last);
        ModelFile.readCard(file); // the card is sound
        final RunFailed e = assertThrows(RunFailed.class, () -> ModelFile.readWeights(file));
        assertTrue(e.what().contains("check sum"), e.what());
        final String text = new String(whole, StandardCharsets.ISO_8859_1).replace("nucleus", "nucleuz");
        Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1));
        assertThrows(RunFailed.class, () -> ModelFile.readCard(file));
    }

    @Test
    void aFileWithoutACardIsNoModel() throws RunFailed {
        SafeTensorsWriter.write(file, Map.of(), List.of(), i -> new float[0]);
        final RunFailed e = assertThrows(RunFailed.class, () -> ModelFile.readCard(file));
        assertTrue(e.what().contains("no model card"), e.what());
    }

    @Test
    void parametersAreRequiredByNameAndShape() throws RunFailed {
        assertArrayEquals(
                new float[] {-3}, weights.require("a.bias", new long[] {1}, "m").values());
        assertTrue(assertThrows(RunFailed.class, () -> weights.require("b", new long[] {1}, "m"))
                .what()
                .contains("no parameter b"));
        assertTrue(assertThrows(RunFailed.class, () -> weights.require("a.bias", new long[] {1, 1}, "m"))
                .what()
                .contains("[1] where the network needs [1, 1]"));
        assertThrows(IllegalArgumentException.class, () -> new Weight(new long[] {2}, new float[3]));
        assertThrows(IllegalArgumentException.class, () -> new Weight(new long[] {-1, -1}, new float[1]));
        assertEquals("Weight[1]", weights.weights().get("a.bias").toString());
    }
}
