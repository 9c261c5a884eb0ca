package org.selfdiff.imaging.stain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.SeededRandom;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;

class StainTransformTest {
    private static final String STANDARD =
            "macenko;240,240,240;0.5626,0.7201,0.4062;0.2159,0.8012,0.5581;1.9705,1.0308";

    private static final double[] OTHER_HEMATOXYLIN = Vectors.unit(new double[] {0.55, 0.76, 0.35});

    private static final double[] OTHER_EOSIN = Vectors.unit(new double[] {0.21, 0.85, 0.48});

    private static StainFit fit(final Picture picture, final StainMethod method) throws Exception {
        return StainFit.of(StainedPixels.sample(picture), method, RunControl.silent());
    }

    private static Picture noise() {
        final SeededRandom random = new SeededRandom(12);
        final byte[] rgb = new byte[3 * 64 * 64];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) random.nextInt(256);
        }
        return new Picture(64, 64, rgb);
    }

    @ParameterizedTest
    @EnumSource(StainMethod.class)
    void aSlideBroughtToItsOwnLookDoesNotChange(final StainMethod method) throws Exception {
        final Picture tissue = StainedPixels.tissue(1, StainedPixels.HEMATOXYLIN, StainedPixels.EOSIN, 1);
        final StainFit fit = fit(tissue, method);
        final StainTransform same = new StainTransform(fit, fit);
        assertEquals(tissue, same.apply(tissue));
        assertEquals(noise(), same.apply(noise()), "nor does any other colour");
    }

    @ParameterizedTest
    @EnumSource(StainMethod.class)
    void theStatisticsOfTheTargetAreReached(final StainMethod method) throws Exception {
        final Picture source = StainedPixels.tissue(1, StainedPixels.HEMATOXYLIN, StainedPixels.EOSIN, 0.8);
        final StainFit target = fit(StainedPixels.tissue(2, OTHER_HEMATOXYLIN, OTHER_EOSIN, 1), method);
        final Picture brought = new StainTransform(fit(source, method), target).apply(source);
        final double[][] reached = FitText.numbers(fit(brought, method));
        final double[][] wanted = FitText.numbers(target);
        for (int k = 1; k < wanted.length; k++) {
            assertArrayEquals(wanted[k], reached[k], 0.02);
        }
    }

    @Test
    void sourceStainsBecomeTargetStains() {
        final StainVectors source = new StainVectors(
                StainMethod.MACENKO,
                new double[] {240, 240, 240},
                StainedPixels.HEMATOXYLIN,
                StainedPixels.EOSIN,
                new double[] {1, 1});
        final StainVectors target = new StainVectors(
                StainMethod.MACENKO, new double[] {250, 245, 240}, OTHER_HEMATOXYLIN, OTHER_EOSIN, new double[] {
                    1.5, 0.5
                });
        final double[][] pure = {StainedPixels.HEMATOXYLIN, StainedPixels.EOSIN};
        final Picture hematoxylin = StainedPixels.picture(1, 1, pure, a -> {
            a[0] = 0.8;
            a[1] = 0;
        });
        final Picture brought = new StainTransform(source, target).apply(hematoxylin);
        for (int c = 0; c < 3; c++) {
            final double expected = target.white()[c] * Math.exp(-1.2 * OTHER_HEMATOXYLIN[c]) - 1;
            assertEquals(expected, brought.sample(0, 0, c), 1.6, "one grey level of the input is up to 1.5 here");
        }
        final Picture glass = new Picture(1, 1, new byte[] {(byte) 239, (byte) 239, (byte) 239});
        assertEquals(0xf9f4ef, new StainTransform(source, target).apply(glass).colour(0, 0));
    }

    @Test
    void reinhardLeavesGlassAlone() {
        final StainFit source = new ColourStatistics(
                new double[] {240, 240, 240}, new double[] {8, -0.2, 0.05}, new double[] {0.5, 0.1, 0.03});
        final StainTransform transform = new StainTransform(source, StainFit.standard(StainMethod.REINHARD));
        final Picture glass = new Picture(1, 1, new byte[] {(byte) 240, (byte) 241, (byte) 242});
        assertEquals(glass, transform.apply(glass));
    }

    @Test
    void augmentationInTheSlidesOwnStains() throws Exception {
        final StainVectors fit = (StainVectors) fit(StainedPixels.reference(), StainMethod.MACENKO);
        final double[] m = fit.mix().scaling(new double[] {1.3, 0.8, 1});
        for (int c = 0; c < 3; c++) {
            double h = 0;
            double e = 0;
            for (int k = 0; k < 3; k++) {
                h += m[3 * c + k] * fit.hematoxylin()[k];
                e += m[3 * c + k] * fit.eosin()[k];
            }
            assertEquals(1.3 * fit.hematoxylin()[c], h, 1e-12);
            assertEquals(0.8 * fit.eosin()[c], e, 1e-12);
            assertEquals(
                    0.1 * fit.hematoxylin()[c] - 0.2 * fit.eosin()[c],
                    fit.mix().density(new double[] {0.1, -0.2, 0})[c],
                    1e-12);
        }
    }

    @ParameterizedTest
    @EnumSource(StainMethod.class)
    void textAndJsonReadBackAsTheSame(final StainMethod method) throws Exception {
        final StainFit fit = fit(StainedPixels.reference(), method);
        final StainTransform transform = new StainTransform(fit, StainFit.standard(method));
        final StainTransform read = StainTransform.parse(transform.text(), "row 1");
        assertEquals(transform.source(), read.source());
        assertEquals(transform.text(), read.text());
        assertEquals(transform.apply(noise()), read.apply(noise()));
        final JsonObject json =
                JsonParser.parseString(transform.json().toString()).getAsJsonObject();
        assertEquals(transform.text(), StainTransform.parse(json, "card").text());
        assertTrue(transform.text().length() < 250, transform.text());
    }

    @Test
    void theTextIsStable() throws Exception {
        assertEquals(STANDARD, StainFit.standard(StainMethod.MACENKO).text());
        assertEquals(
                "reinhard;240,240,240;8.741081,-0.124404,0.044498;0.613545,0.109895,0.028603",
                StainFit.standard(StainMethod.REINHARD).text());
        assertEquals(
                "{\"method\":\"macenko\",\"white\":[240.0,240.0,240.0],\"hematoxylin\":[0.5626,0.7201,0.4062],"
                        + "\"eosin\":[0.2159,0.8012,0.5581],\"most\":[1.9705,1.0308]}",
                StainFit.standard(StainMethod.MACENKO).json().toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "macenko",
                ";;;;",
                "macenko;240,240,240;0.5626,0.7201,0.4062;0.2159,0.8012,0.5581",
                "macenko;240,240,240;0.5626,0.7201,0.4062;0.2159,0.8012,0.5581;1.9705,1.0308;1",
                "macenko;240,240,240;0.5626,0.7201,0.4062;0.5626,0.7201,0.4062;1,1",
                "macenko;240,240,240;0.5626,0.7201;0.2159,0.8012,0.5581;1.9705,1.0308",
                "macenko;240,240,240;0.9,0.9,0.9;0.2159,0.8012,0.5581;1.9705,1.0308",
                "macenko;0,240,240;0.5626,0.7201,0.4062;0.2159,0.8012,0.5581;1.9705,1.0308",
                "macenko;240,240,240;0.5626,0.7201,0.4062;0.2159,0.8012,0.5581;0,1.0308",
                "macenko;240,240,240;0.5626,0.7201,0.4062;0.2159,0.8012,0.5581;NaN,1.0308",
                "macenko;240,240,240;0.5626,0.7201,0.4062;0.2159,0.8012,0.5581;1e9,1.0308",
                "macenko;240,240,240;0.5626,0.7201,0.4062;0.2159,0.8012,0.5581;1.9705,1.03081234567",
                "khan;240,240,240;0.5626,0.7201,0.4062;0.2159,0.8012,0.5581;1.9705,1.0308",
                "reinhard;240,240,240;8,0,0;0,0.1,0.1",
                "reinhard;240,240,240;8,0,0;0.5,0.1,0.1;1,1",
                "reinhard;240,240,240;8,0,900;0.5,0.1,0.1"
            })
    void hostileTextIsRefused(final String text) {
        assertEquals(
                "row 7",
                assertThrows(RunFailed.class, () -> StainFit.parse(text, "row 7"))
                        .where());
        assertThrows(RunFailed.class, () -> StainTransform.parse(text, "row 7"));
        assertThrows(RunFailed.class, () -> StainTransform.parse(STANDARD + ">" + text, "row 7"));
    }

    @Test
    void longTextAndForeignJsonAreRefused() {
        assertThrows(RunFailed.class, () -> StainFit.parse("macenko;" + "1,".repeat(1_000_000), "row 7"));
        final String[] cards = {
            "{}",
            "{\"method\":3}",
            "{\"method\":\"macenko\"}",
            "{\"method\":\"macenko\",\"white\":1,\"hematoxylin\":[],\"eosin\":[],\"most\":[]}",
            "{\"method\":\"reinhard\",\"white\":[240,240,240],\"mean\":[1,2,\"3\"],\"deviation\":[1,1,1]}",
            "{\"method\":\"reinhard\",\"white\":[240,240,240],\"mean\":[1,2,1e400],\"deviation\":[1,1,1]}",
            "{\"method\":\"reinhard\",\"white\":[240,240,240],\"mean\":[1,2,3],\"deviation\":[1,1,1],\"more\":0}"
        };
        for (final String card : cards) {
            final JsonObject json = JsonParser.parseString(card).getAsJsonObject();
            assertThrows(RunFailed.class, () -> StainFit.parse(json, "card"), card);
            assertThrows(RunFailed.class, () -> StainTransform.parse(json, "card"), card);
        }
    }

    @Test
    void stainsAndStatisticsDoNotMix() {
        final StainFit stains = StainFit.standard(StainMethod.VAHADANE);
        final StainFit statistics = StainFit.standard(StainMethod.REINHARD);
        assertThrows(IllegalArgumentException.class, () -> new StainTransform(stains, statistics));
        assertThrows(RunFailed.class, () -> StainTransform.parse(stains.text() + ">" + statistics.text(), "row 7"));
    }

    @Test
    void extremeFitsStillGivePictures() throws Exception {
        final StainFit faint = StainFit.parse("macenko;1,1,1;1,0,0;0.9996,0.0283,0;0.01,0.01", "row 1");
        final StainFit strong = StainFit.parse("macenko;256,256,256;-0.6,-0.6,0.529;0,1,0;100,100", "row 1");
        new StainTransform(faint, strong).apply(noise());
        new StainTransform(strong, faint).apply(noise());
        final StainFit narrow = StainFit.parse("reinhard;1,1,1;-20,20,-20;0.000001,0.000001,0.000001", "row 1");
        final StainFit wide = StainFit.parse("reinhard;256,256,256;20,-20,20;20,20,20", "row 1");
        new StainTransform(narrow, wide).apply(noise());
        assertEquals(64, new StainTransform(wide, narrow).apply(noise()).width());
    }
}
