package org.selfdiff.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.selfdiff.engine.Device;
import org.selfdiff.engine.Engine;
import org.selfdiff.imaging.SeededRandom;
import org.selfdiff.imaging.stain.StainMix;
import org.selfdiff.tensors.Tensor;
import org.selfdiff.tensors.TensorScope;

class BatchUploadTest {
    private static final Tile TILE =
            Tile.of(java.nio.file.Path.of("a.png"), Optional.empty(), 0, 0, 16, 16, Double.NaN, "g");

    @BeforeAll
    static void engine() throws Exception {
        Engine.start();
    }

    private static List<float[]> uploaded(final Batch batch, final BatchSettings settings) throws Exception {
        try (BatchUpload upload = new BatchUpload(settings);
                TensorScope scope = TensorScope.open(Device.CPU)) {
            final List<Tensor> tensors = upload.tensors(batch, scope);
            assertArrayEquals(batch.pixelShape(), tensors.get(0).shape());
            assertEquals(tensors.size(), scope.size(), "nothing else is left");
            return List.of(tensors.get(0).toFloats());
        }
    }

    /** Exact arithmetic with whole numbers, rounded once. */
    @ParameterizedTest
    @CsvSource({"-1, 1", "0, 1"})
    void everyByteIsTheNearestFloatToItsValue(final int low, final int high) throws Exception {
        final byte[] all = new byte[256];
        final float[] expected = new float[256];
        for (int v = 0; v < 256; v++) {
            all[v] = (byte) v;
            expected[v] = (float) ((v * (high - low) + 255 * low) / 255.0);
        }
        final BatchSettings settings = new BatchSettings(1, 1, 1, Augmentation.none(), low, high, Optional.empty());
        final Batch batch = new Batch(all, new byte[0], new float[0], 1, 16, 16, List.of(TILE));
        assertArrayEquals(expected, uploaded(batch, settings).get(0));
    }

    @Test
    void coloursChangeAsAPixelByItselfWould() throws Exception {
        final Augmentation augmentation = Augmentation.moderate();
        final int tiles = 3;
        final int plane = 256;
        final byte[] bytes = new byte[tiles * 3 * plane];
        final float[] colours = new float[tiles * Augmentation.ColourChange.COLUMNS];
        final double[] expected = new double[bytes.length];
        final SeededRandom random = new SeededRandom(5);
        for (int t = 0; t < tiles; t++) {
            final Augmentation.ColourChange change = augmentation.colourChange(random, StainMix.hed());
            change.write(colours, t * Augmentation.ColourChange.COLUMNS);
            for (int i = 0; i < plane; i++) {
                final int[] rgb = {random.nextInt(256), random.nextInt(256), i};
                final double[] out = PixelChange.of(change, rgb);
                for (int c = 0; c < 3; c++) {
                    bytes[(t * 3 + c) * plane + i] = (byte) rgb[c];
                    expected[(t * 3 + c) * plane + i] = out[c] / 127.5 - 1;
                }
            }
        }
        final Batch batch = new Batch(bytes, new byte[0], colours, 3, 16, 16, List.of(TILE, TILE, TILE));
        final float[] seen =
                uploaded(batch, BatchSettings.pictures(3, 1, augmentation)).get(0);
        for (int i = 0; i < seen.length; i++) {
            assertEquals(expected[i], seen[i], 2e-5, "value " + i);
        }
    }

    @Test
    void greyChangesInContrastAndBrightnessAlone() throws Exception {
        final byte[] bytes = new byte[256];
        for (int v = 0; v < 256; v++) {
            bytes[v] = (byte) v;
        }
        final float[] colours = new float[Augmentation.ColourChange.COLUMNS];
        Arrays.fill(colours, 0, 9, 7); // of no matter
        colours[9] = 2;
        colours[10] = 0.1f;
        final BatchSettings settings = new BatchSettings(1, 1, 1, Augmentation.moderate(), 0, 1, Optional.empty());
        final float[] seen = uploaded(new Batch(bytes, new byte[0], colours, 1, 16, 16, List.of(TILE)), settings)
                .get(0);
        for (int v = 0; v < 256; v++) {
            final double light = (v - 127.5) * 2 + 127.5 + 25.5;
            assertEquals(Math.max(0, Math.min(255, light)) / 255, seen[v], 1e-6);
        }
    }
}
