package org.selfdiff.stages.encoders;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfdiff.data.EncodedBy;
import org.selfdiff.data.Tile;
import org.selfdiff.engine.DeviceChoice;
import org.selfdiff.engine.NeedsTorch;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.PngEncoder;
import org.selfdiff.model.ModelInput;
import org.selfdiff.nn.Fixture;
import org.selfdiff.nn.vit.Vit;
import org.selfdiff.nn.vit.VitSpec;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.compute.CancelAfter;
import org.selfdiff.stages.compute.ComputeSession;
import org.selfdiff.stages.compute.DiscTiles;
import org.selfdiff.stages.slides.CutTiles;
import org.selfdiff.train.Precision;
import org.selfdiff.weights.NamedWeights;
import org.selfdiff.weights.Weight;

/** Tiles as vectors: the right tokens of the right pixels, in order, whatever else is in the list. */
@NeedsTorch.Engine
class EmbedTilesTest {
    @TempDir
    Path folder;

    private Path encoder;

    private final List<String> warnings = Collections.synchronizedList(new ArrayList<>());

    private final RunControl control = new RunControl() {
        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public void progress(final double fraction, final String message) {
            // not looked at
        }

        @Override
        public void warn(final String message) {
            warnings.add(message);
        }
    };

    @BeforeEach
    void writeEncoder() throws RunFailed {
        encoder = TinyEncoder.write(folder.resolve("encoder.safetensors"), 3);
    }

    private List<Optional<float[]>> embed(
            final Path model, final List<Tile> tiles, final Pooling pooling, final int batch) throws Exception {
        return embed(request(model, tiles, pooling, batch, CutTiles.OnFailure.FAIL));
    }

    private static EmbedTiles.Request request(
            final Path model,
            final List<Tile> tiles,
            final Pooling pooling,
            final int batch,
            final CutTiles.OnFailure onFailure)
            throws RunFailed {
        return new EmbedTiles.Request(
                model, tiles, pooling, batch, onFailure, DeviceChoice.parse("cpu"), Optional.empty(), Optional.empty());
    }

    private List<Optional<float[]>> embed(final EmbedTiles.Request request) throws Exception {
        final List<Optional<float[]>> rows = new ArrayList<>();
        EmbedTiles.run(
                request,
                encodedBy -> (index, embedding) -> {
                    assertEquals(rows.size(), index);
                    embedding.ifPresent(e -> assertEquals(encodedBy.width(), e.length));
                    rows.add(embedding);
                },
                control);
        return rows;
    }

    /** Pixels (1, channels, side, side) of a picture, normalised by hand. */
    private static float[] normalised(final Picture picture, final int channels) {
        final ModelInput.Pixels input = TinyEncoder.input(channels);
        final int plane = picture.width() * picture.height();
        final float[] x = new float[channels * plane];
        for (int c = 0; c < channels; c++) {
            for (int i = 0; i < plane; i++) {
                final double v = (picture.rgb()[3 * i + c] & 0xff) / 255.0;
                x[c * plane + i] =
                        (float) ((v - input.mean().get(c)) / input.deviation().get(c));
            }
        }
        return x;
    }

    private static Weight tokens(final float[] x, final int channels) throws RunFailed {
        final VitSpec spec = TinyEncoder.spec(channels);
        return Fixture.run(
                        new Vit(spec, 32, 32),
                        Vit.TOKENS,
                        TinyEncoder.weights(spec).weights(),
                        List.of(new Weight(new long[] {1, channels, 32, 32}, x)))
                .get(0);
    }

    private static float[] token(final Weight tokens, final int index) {
        return java.util.Arrays.copyOfRange(tokens.values(), 24 * index, 24 * (index + 1));
    }

    private static float[] meanOfPatches(final Weight tokens) {
        final float[] mean = new float[24];
        for (int i = 0; i < 24; i++) {
            double sum = 0;
            for (int t = 3; t < 19; t++) {
                sum += tokens.values()[24 * t + i];
            }
            mean[i] = (float) (sum / 16);
        }
        return mean;
    }

    @Test
    void embeddingsAreTheTokensOfTheNormalisedTile() throws Exception {
        final List<Tile> tiles = DiscTiles.write(folder, 3, 32);
        final List<Optional<float[]>> global = embed(encoder, tiles, Pooling.GLOBAL, 2);
        final List<Optional<float[]>> patches = embed(encoder, tiles, Pooling.PATCHES, 2);
        final List<Optional<float[]>> both = embed(encoder, tiles, Pooling.BOTH, 2);
        for (int i = 0; i < 3; i++) {
            final Weight tokens = tokens(normalised(DiscTiles.picture(i, 32), 3), 3);
            assertArrayEquals(token(tokens, 0), global.get(i).orElseThrow(), 1e-5f);
            assertArrayEquals(meanOfPatches(tokens), patches.get(i).orElseThrow(), 1e-5f);
            final float[] joined = both.get(i).orElseThrow();
            assertArrayEquals(global.get(i).orElseThrow(), java.util.Arrays.copyOf(joined, 24));
            assertArrayEquals(patches.get(i).orElseThrow(), java.util.Arrays.copyOfRange(joined, 24, 48));
        }
        assertEquals(List.of(), warnings);
    }

    /** Averages of four pixels, weighed as a triangle of two pixels' half width weighs them (1, 3, 3, 1) / 8. */
    @Test
    void largerTilesAreAveraged() throws Exception {
        final List<Tile> tiles = DiscTiles.write(folder, 1, 64);
        final float[] large = normalised(DiscTiles.picture(0, 64), 3);
        final float[] small = new float[3 * 32 * 32];
        for (int c = 0; c < 3; c++) {
            for (int y = 0; y < 32; y++) {
                for (int x = 0; x < 32; x++) {
                    double sum = 0;
                    double weights = 0;
                    for (int v = Math.max(0, 2 * y - 1); v < Math.min(64, 2 * y + 3); v++) {
                        for (int u = Math.max(0, 2 * x - 1); u < Math.min(64, 2 * x + 3); u++) {
                            final double w = (2 - Math.abs(v - 2 * y - 0.5)) * (2 - Math.abs(u - 2 * x - 0.5));
                            sum += w * large[(c * 64 + v) * 64 + u];
                            weights += w;
                        }
                    }
                    small[(c * 32 + y) * 32 + x] = (float) (sum / weights);
                }
            }
        }
        assertArrayEquals(
                token(tokens(small, 3), 0),
                embed(encoder, tiles, Pooling.GLOBAL, 1).get(0).orElseThrow(),
                2e-5f);
    }

    @Test
    void neitherBatchNorNeighboursNorOrderMatter() throws Exception {
        final List<Tile> tiles = DiscTiles.write(folder, 9, 40);
        final List<Optional<float[]>> all = embed(encoder, tiles, Pooling.BOTH, 4);
        final List<Optional<float[]>> one = embed(encoder, tiles.subList(8, 9), Pooling.BOTH, 1);
        assertArrayEquals(all.get(8).orElseThrow(), one.get(0).orElseThrow());
        final List<Tile> reversed = new ArrayList<>(tiles);
        Collections.reverse(reversed);
        final List<Optional<float[]>> back = embed(encoder, reversed, Pooling.BOTH, 9);
        for (int i = 0; i < 9; i++) {
            assertArrayEquals(all.get(i).orElseThrow(), back.get(8 - i).orElseThrow());
        }
    }

    /** As a GPU computes them: several together, the last batch filled up. */
    @Test
    void batchesGiveTheSame() throws Exception {
        final List<Picture> pictures = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            pictures.add(DiscTiles.picture(i, 30 + i));
        }
        final Encoder opened = Encoder.open(encoder, Pooling.BOTH);
        try (ComputeSession session =
                        ComputeSession.open(DeviceChoice.parse("cpu"), Precision.FP32, "Test", RunControl.silent());
                EncoderOnDevice single = EncoderOnDevice.open(opened, session, 1);
                EncoderOnDevice batched = EncoderOnDevice.open(opened, session, 4)) {
            final List<float[]> expected = single.embed(pictures, RunControl.silent());
            final List<float[]> actual = batched.embed(pictures, RunControl.silent());
            assertEquals(7, actual.size());
            for (int i = 0; i < 7; i++) {
                assertArrayEquals(expected.get(i), actual.get(i), 1e-5f);
            }
        }
    }

    private Tile grey(final int side) throws Exception {
        final byte[] values = new byte[side * side];
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) (7 * i);
        }
        final Path file = folder.resolve("grey.png");
        Files.write(file, PngEncoder.grey(side, side, values));
        return Tile.of(file, Optional.empty(), 0, 0, side, side, Double.NaN, "grey");
    }

    @Test
    void greyTilesStandForAllChannels() throws Exception {
        embed(encoder, List.of(grey(32)), Pooling.GLOBAL, 1);
        assertEquals(1, warnings.size());
        assertTrue(warnings.get(0).contains("grey stands for all 3 channels"), warnings.get(0));
        warnings.clear();
        final Path own = TinyEncoder.write(folder.resolve("grey.safetensors"), 1);
        final float[] x = new float[32 * 32];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) (((byte) (7 * i) & 0xff) / 255.0 / 0.3 - 0.4 / 0.3);
        }
        assertArrayEquals(
                token(tokens(x, 1), 0),
                embed(own, List.of(grey(32)), Pooling.GLOBAL, 1).get(0).orElseThrow(),
                1e-5f);
        assertEquals(List.of(), warnings);
        final List<Tile> mixed = new ArrayList<>(List.of(grey(32)));
        mixed.addAll(DiscTiles.write(folder, 1, 32));
        final RunFailed refused = assertThrows(RunFailed.class, () -> embed(own, mixed, Pooling.GLOBAL, 1));
        assertTrue(refused.getMessage().contains("in colour"), refused.getMessage());
        assertTrue(refused.where().contains("row 2"), refused.where());
    }

    @Test
    void aTileThatCannotBeReadHasNoEmbedding() throws Exception {
        final List<Tile> tiles = new ArrayList<>(DiscTiles.write(folder, 3, 32));
        final List<Optional<float[]>> before = embed(encoder, tiles, Pooling.GLOBAL, 1);
        Files.write(folder.resolve("disc1.png"), new byte[] {1, 2, 3});
        assertThrows(RunFailed.class, () -> embed(encoder, tiles, Pooling.GLOBAL, 1));
        final List<Optional<float[]>> rows =
                embed(request(encoder, tiles, Pooling.GLOBAL, 1, CutTiles.OnFailure.SKIP_AND_REPORT));
        assertEquals(Optional.empty(), rows.get(1));
        assertArrayEquals(before.get(2).orElseThrow(), rows.get(2).orElseThrow());
        assertTrue(warnings.stream().anyMatch(w -> w.contains("disc1.png")), warnings.toString());
        final List<Tile> none = tiles.subList(1, 2);
        assertThrows(
                RunFailed.class,
                () -> embed(request(encoder, none, Pooling.GLOBAL, 1, CutTiles.OnFailure.SKIP_AND_REPORT)));
    }

    @Test
    void weightsThatAreNoNumbersAreNoticed() throws Exception {
        final Map<String, Weight> broken =
                new LinkedHashMap<>(TinyEncoder.weights(TinyEncoder.spec(3)).weights());
        final Weight norm = broken.get("norm.bias");
        final float[] values = norm.values().clone();
        values[3] = Float.NaN;
        broken.put("norm.bias", new Weight(norm.shape(), values));
        final Path file = TinyEncoder.write(folder.resolve("nan.safetensors"), 3, new NamedWeights(broken));
        final List<Tile> tiles = DiscTiles.write(folder, 1, 32);
        final RunFailed refused = assertThrows(RunFailed.class, () -> embed(file, tiles, Pooling.GLOBAL, 1));
        assertTrue(refused.getMessage().contains("NaN"), refused.getMessage());
    }

    @Test
    void thePoolingIsPartOfTheFingerprint() throws Exception {
        final EncodedBy global = Encoder.open(encoder, Pooling.GLOBAL).encodedBy();
        final EncodedBy patches = Encoder.open(encoder, Pooling.PATCHES).encodedBy();
        assertEquals(global, Encoder.open(encoder, Pooling.GLOBAL).encodedBy());
        assertFalse(global.same(patches));
        assertEquals(48, Encoder.open(encoder, Pooling.BOTH).encodedBy().width());
    }

    /** Stopped after five of nine, one of which cannot be read: the rest is made, and nothing twice. */
    @Test
    void aStoppedRunGoesOn() throws Exception {
        final List<Tile> tiles = new ArrayList<>(DiscTiles.write(folder, 9, 32));
        Files.write(folder.resolve("disc1.png"), new byte[] {1, 2, 3});
        final List<Optional<float[]>> whole =
                embed(request(encoder, tiles, Pooling.BOTH, 1, CutTiles.OnFailure.SKIP_AND_REPORT));
        final EmbedTiles.Request request = new EmbedTiles.Request(
                encoder,
                tiles,
                Pooling.BOTH,
                1,
                CutTiles.OnFailure.SKIP_AND_REPORT,
                DeviceChoice.parse("cpu"),
                Optional.of(folder.resolve("parts")),
                Optional.empty());
        assertThrows(
                RunFailed.class,
                () -> EmbedTiles.run(
                        request,
                        encodedBy -> (index, embedding) -> {
                            if (index == 5) {
                                throw new RunFailed("stopped", "", "");
                            }
                        },
                        control));
        try (Stream<Path> kept = Files.list(folder.resolve("parts"))) {
            assertEquals(6 * (8 + 48 * Float.BYTES), Files.size(kept.findFirst().orElseThrow()), "six are kept");
        }
        warnings.clear();
        final List<Optional<float[]>> rows = embed(request);
        assertEquals(9, rows.size());
        for (int i = 0; i < 9; i++) {
            assertArrayEquals(whole.get(i).orElse(null), rows.get(i).orElse(null));
        }
        assertEquals(1, warnings.stream().filter(w -> w.contains("Row 2")).count(), warnings.toString());
        try (Stream<Path> left = Files.list(folder.resolve("parts"))) {
            assertEquals(0, left.count());
        }
    }

    @Test
    void stopsWhenCancelled() throws Exception {
        final List<Tile> tiles = DiscTiles.write(folder, 9, 32);
        final EmbedTiles.Request request = request(encoder, tiles, Pooling.GLOBAL, 1, CutTiles.OnFailure.FAIL);
        final List<Integer> seen = new ArrayList<>();
        assertThrows(
                RunCancelled.class,
                () -> EmbedTiles.run(request, encodedBy -> (index, embedding) -> seen.add(index), new CancelAfter(5)));
        assertTrue(seen.size() < 9, seen.toString());
    }
}
