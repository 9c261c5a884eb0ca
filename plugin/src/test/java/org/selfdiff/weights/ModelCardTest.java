package org.selfdiff.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.selfdiff.run.Provenance;
import org.selfdiff.run.RunFailed;

class ModelCardTest {
    static ModelCard card(final ModelKind kind) {
        final JsonObject architecture = new JsonObject();
        architecture.addProperty("base", 16);
        final JsonObject training = new JsonObject();
        training.addProperty("steps", 400);
        training.addProperty("rate", 1e-4);
        return new ModelCard(
                kind,
                architecture,
                new ModelInput(3, 64, -1, 1, 0.25),
                List.of(new ModelClass("background", 0), new ModelClass("nucleus <\u00fc>", 0x00FF7F)),
                null,
                training,
                new Provenance(
                        "FineTuneSegmenter",
                        "8 tiles, sha256 00",
                        Map.of("seed", "7"),
                        "cpu (as chosen)",
                        Map.of("java", "17"),
                        List.of("ab", "cd")));
    }

    /** The stored form is a promise: models of this release must stay readable. */
    @Test
    void storedForm() {
        assertEquals(
                "{'formatVersion':1,'kind':'SEGMENTATION_UNET','architecture':{'base':16},"
                        + "'input':{'channels':3,'tileSize':64,'lo':-1.0,'hi':1.0,'mpp':0.25},"
                        + "'classes':[{'name':'background','colour':'#000000'},"
                        + "{'name':'nucleus <\u00fc>','colour':'#00FF7F'}],"
                        + "'training':{'steps':400,'rate':1.0E-4},"
                        + "'provenance':{'stage':'FineTuneSegmenter','data':'8 tiles, sha256 00',"
                        + "'settings':{'seed':'7'},'device':'cpu (as chosen)','versions':{'java':'17'},"
                        + "'parents':['ab','cd']}}",
                card(ModelKind.SEGMENTATION_UNET).toJson().replace('"', '\''));
    }

    @ParameterizedTest
    @EnumSource(ModelKind.class)
    void thereAndBack(final ModelKind kind) throws RunFailed {
        final ModelCard card = card(kind);
        final ModelCard back = ModelCard.fromJson(card.toJson(), "x");
        assertEquals(card, back);
        assertEquals(card.toJson(), back.toJson());
        assertTrue(!kind.title().isBlank());
    }

    @Test
    void withDiffusionAndWithoutScale() throws RunFailed {
        final JsonObject diffusion = new JsonObject();
        diffusion.addProperty("objective", "EPSILON");
        final ModelCard plain = card(ModelKind.DIFFUSION_UNET);
        final ModelCard card = new ModelCard(
                plain.kind(),
                plain.architecture(),
                new ModelInput(1, 32, 0, 1, Double.NaN),
                List.of(),
                diffusion,
                plain.training(),
                plain.provenance());
        final ModelCard back = ModelCard.fromJson(card.toJson(), "x");
        assertEquals(card, back);
        assertTrue(Double.isNaN(back.input().mpp()));
        assertEquals("diffusion U-Net, 1 channel, tiles of 32 pixels, made on cpu (as chosen)", back.summary());
        assertEquals(
                "diffusion U-Net, 3 channels, tiles of 64 pixels at 0.25 µm, 2 classes, made on cpu (as chosen)",
                plain.summary());
    }

    @Test
    void isImmutable() {
        final ModelCard card = card(ModelKind.CLASSIFIER);
        final String before = card.toJson();
        card.architecture().addProperty("base", 99);
        card.training().addProperty("steps", 0);
        assertEquals(before, card.toJson());
        assertThrows(UnsupportedOperationException.class, () -> card.classes().clear());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'kind':'SEGMENTATION_UNET'|'kind':'SEGMENTER'|kind is",
                "'kind':'SEGMENTATION_UNET',||kind is missing",
                "'channels':3|'channels':0|input.channels is 0",
                "'channels':3|'channels':'3'|input.channels is",
                "'channels':3|'channels':3.5|input.channels is 3.5",
                "'tileSize':64,||input.tileSize is missing",
                "'hi':1.0|'hi':-2|input.hi is -2",
                "'hi':1.0|'hi':1e999|input.hi is",
                "'mpp':0.25|'mpp':-1|input.mpp is -1",
                "'mpp':0.25|'mp':1|unknown entry input.mp",
                "'#00FF7F'|'green'|classes[1].colour is",
                "'seed':'7'|'seed':7|provenance.settings.seed is 7",
                "'parents':['ab','cd']|'parents':['ab',5]|provenance.parents[1]",
                "'parents':['ab','cd']|'parents':{}|provenance.parents is {}",
                "'training':{'steps':400,'rate':1.0E-4}|'training':[]|training is []",
                "'formatVersion':1|'formatVersion':2|format 2",
                "'formatVersion':1|'formatVersion':1,'extra':1|unknown entry extra",
                "'formatVersion':1|'formatVersion':1,'formatVersion':1|the key formatVersion twice"
            })
    void whatIsWrongIsNamed(final String part, final String instead, final String named) {
        final String sound = card(ModelKind.SEGMENTATION_UNET).toJson().replace('"', '\'');
        assertTrue(sound.contains(part), part);
        final String text = sound.replace(part, instead == null ? "" : instead).replace('\'', '"');
        final RunFailed e = assertThrows(RunFailed.class, () -> ModelCard.fromJson(text, "model port"));
        assertTrue(e.what().contains(named), e.what());
        assertEquals("model port", e.where());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{", "{}x", "{a:1}", "{\"a\":NaN}", "{\"a\":1,}", "\"x\""})
    void otherTextsAreRefused(final String text) {
        assertThrows(RunFailed.class, () -> ModelCard.fromJson(text, "x"));
    }

    @Test
    void deepAndLongTextsAreRefused() {
        assertThrows(RunFailed.class, () -> ModelCard.fromJson("{\"a\":".repeat(100_000), "x"));
        assertThrows(RunFailed.class, () -> ModelCard.fromJson("{\"a\":1e999999999}", "x"));
        assertThrows(RunFailed.class, () -> ModelCard.fromJson("{\"a\":" + "9".repeat(100_000) + "}", "x"));
    }

    @Test
    void impossibleInputsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new ModelInput(0, 64, -1, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new ModelInput(3, 64, 1, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new ModelInput(3, 64, Double.NaN, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new ModelInput(3, 64, 0, 1, 0));
        assertThrows(IllegalArgumentException.class, () -> new ModelClass("x", 0x1000000));
    }
}
