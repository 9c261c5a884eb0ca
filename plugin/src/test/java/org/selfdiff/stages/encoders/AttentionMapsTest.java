package org.selfdiff.stages.encoders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfdiff.data.Tile;
import org.selfdiff.engine.DeviceChoice;
import org.selfdiff.engine.NeedsTorch;
import org.selfdiff.imaging.DecodeLimits;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.Pictures;
import org.selfdiff.imaging.draw.ColourMap;
import org.selfdiff.nn.Fixture;
import org.selfdiff.nn.vit.Vit;
import org.selfdiff.nn.vit.VitSpec;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.compute.ComputeSession;
import org.selfdiff.stages.compute.DiscTiles;
import org.selfdiff.stages.slides.CutTiles;
import org.selfdiff.train.Precision;
import org.selfdiff.weights.Weight;

/** Attention of the class token, as numbers and as pictures. */
@NeedsTorch.Engine
class AttentionMapsTest {
    @TempDir
    Path folder;

    private static int red(final Picture picture, final int x, final int y) {
        return picture.rgb()[3 * (y * picture.width() + x)] & 0xff;
    }

    private static int blended(final double share) {
        return (int) Math.round(0.4 * 100 + 0.6 * (ColourMap.INFERNO.at(share) >> 16 & 0xff));
    }

    /** A picture of grey 100 in 2 x 2 patches: the middles of patches show their numbers, places between them the mean. */
    @Test
    void coloursAreLinearBetweenTheMiddlesOfPatches() {
        final byte[] rgb = new byte[3 * 64];
        java.util.Arrays.fill(rgb, (byte) 100);
        final Picture grey = new Picture(8, 8, rgb);
        final float[][] heads = {{0, 2, 0, 4}, {0, 2, 4, 4}};
        final Picture mean = new AttentionMaps(folder, false).draw(grey, heads); // 0 2 / 2 4
        assertEquals(blended(0), red(mean, 0, 0), 1);
        assertEquals(blended(1), red(mean, 7, 7), 1);
        assertEquals(blended(0.5), red(mean, 7, 0), 1);
        assertEquals(blended(0.5 * 0.375), red(mean, 3, 0), 1);
        final Picture both = new AttentionMaps(folder, true).draw(grey, heads);
        assertTrue(both.width() >= 16 && both.width() > both.height(), both.width() + " x " + both.height());
    }

    /** Rows of the class token without class token and registers, as the network gives them operator by operator. */
    @Test
    void attentionIsThatOfTheLastBlock() throws Exception {
        final Path file = TinyEncoder.write(folder.resolve("encoder.safetensors"), 3);
        final VitSpec spec = TinyEncoder.spec(3);
        final Picture picture = DiscTiles.picture(1, 32);
        final float[] x = new float[3 * 32 * 32];
        for (int c = 0; c < 3; c++) {
            for (int i = 0; i < 32 * 32; i++) {
                x[c * 1024 + i] = (float) (((picture.rgb()[3 * i + c] & 0xff) / 255.0
                                - TinyEncoder.input(3).mean().get(c))
                        / TinyEncoder.input(3).deviation().get(c));
            }
        }
        final Weight weights = Fixture.run(
                        new Vit(spec, 32, 32),
                        Vit.ATTENTION,
                        TinyEncoder.weights(spec).weights(),
                        List.of(new Weight(new long[] {1, 3, 32, 32}, x)))
                .get(1);
        final int tokens = (int) weights.shape()[3];
        try (ComputeSession session =
                        ComputeSession.open(DeviceChoice.parse("cpu"), Precision.FP32, "test", RunControl.silent());
                EncoderOnDevice device = EncoderOnDevice.open(Encoder.open(file, Pooling.GLOBAL), session, 1)) {
            final float[][] heads = device.attention(picture, RunControl.silent());
            assertEquals(spec.heads(), heads.length);
            for (int h = 0; h < heads.length; h++) {
                assertEquals(tokens - spec.extraTokens(), heads[h].length);
                for (int i = 0; i < heads[h].length; i++) {
                    assertEquals(weights.values()[h * tokens * tokens + spec.extraTokens() + i], heads[h][i], 1e-5f);
                }
            }
        }
    }

    @Test
    void everyTileGetsAFile() throws Exception {
        final Path file = TinyEncoder.write(folder.resolve("encoder.safetensors"), 3);
        final List<Tile> tiles = DiscTiles.write(folder, 3, 40);
        final AttentionMaps maps = new AttentionMaps(folder.resolve("maps"), false);
        EmbedTiles.run(request(file, tiles, maps), encodedBy -> (index, embedding) -> {}, RunControl.silent());
        for (int i = 0; i < 3; i++) {
            final Picture picture = Pictures.read(maps.file(i, tiles.get(i)), DecodeLimits.standard());
            assertEquals(40, picture.width());
        }
        assertEquals(
                "000003_disc2_0_0.png", maps.file(2, tiles.get(2)).getFileName().toString());
        Files.writeString(folder.resolve("taken"), "a file");
        final AttentionMaps nowhere = new AttentionMaps(folder.resolve("taken"), false);
        assertThrows(
                RunFailed.class,
                () -> EmbedTiles.run(
                        request(file, tiles, nowhere), encodedBy -> (index, embedding) -> {}, RunControl.silent()));
    }

    private static EmbedTiles.Request request(final Path file, final List<Tile> tiles, final AttentionMaps maps)
            throws RunFailed {
        return new EmbedTiles.Request(
                file,
                tiles,
                Pooling.GLOBAL,
                1,
                CutTiles.OnFailure.FAIL,
                DeviceChoice.parse("cpu"),
                Optional.empty(),
                Optional.of(maps));
    }
}
