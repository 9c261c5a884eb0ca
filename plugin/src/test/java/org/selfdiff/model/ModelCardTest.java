package org.selfdiff.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.selfdiff.run.Provenance;
import org.selfdiff.run.RunFailed;

class ModelCardTest {
    private static final List<ModelClass> CLASSES =
            List.of(new ModelClass("background", 0), new ModelClass("nucleus <\u00fc>", 0x00FF7F));

    private static final ModelTask.Latents LATENTS = new ModelTask.Latents(8, 4, 0.18215, 0);

    static final ModelTask SEGMENTATION = new ModelTask.Segmentation(CLASSES);

    static Stream<ModelTask> tasks() {
        final JsonObject process = new JsonObject();
        process.addProperty("objective", "EPSILON");
        return Stream.of(
                SEGMENTATION,
                new ModelTask.Diffusion(process, Optional.empty(), Optional.empty()),
                new ModelTask.Diffusion(
                        process,
                        Optional.of(new ModelTask.Condition(
                                "DINO ViT-S/16",
                                "ab12",
                                2,
                                Optional.of(new Standardisation(List.of(0.1f, -3e-7f), List.of(1.5f, 0f))))),
                        Optional.of(LATENTS)),
                new ModelTask.Encoder("DINO ViT-S/16", 384),
                new ModelTask.Autoencoder(LATENTS),
                new ModelTask.Classification(CLASSES, true),
                new ModelTask.Bags(ModelTask.Bags.Target.SURVIVAL, List.of()));
    }

    static ModelCard card(final ModelTask task) {
        return card(task, ModelInput.Pixels.between(-1, 1, 3, 64, 0.25));
    }

    private static ModelCard card(final ModelTask task, final ModelInput input) {
        final JsonObject architecture = new JsonObject();
        architecture.addProperty("base", 16);
        final JsonObject training = new JsonObject();
        training.addProperty("steps", 400);
        training.addProperty("rate", 1e-4);
        return new ModelCard(
                task,
                architecture,
                input,
                training,
                new Provenance(
                        "FineTuneSegmenter",
                        "8 tiles, sha256 00",
                        Map.of("seed", "7"),
                        "cpu (as chosen)",
                        Map.of("java", "17"),
                        List.of("ab", "cd")));
    }

    private static final String REST = "'training':{'steps':400,'rate':1.0E-4},"
            + "'provenance':{'stage':'FineTuneSegmenter','data':'8 tiles, sha256 00',"
            + "'settings':{'seed':'7'},'device':'cpu (as chosen)','versions':{'java':'17'},"
            + "'parents':['ab','cd']}}";

    private static final String CLASSES_TEXT =
            "'classes':[{'name':'background','colour':'#000000'},{'name':'nucleus <\u00fc>','colour':'#00FF7F'}]";

    /** The stored form is a promise: models of this release must stay readable. */
    @Test
    void storedForm() {
        assertEquals(
                "{'formatVersion':2,'task':{'kind':'Segmentation'," + CLASSES_TEXT + "},'architecture':{'base':16},"
                        + "'input':{'channels':3,'side':64,'mean':[0.5],'deviation':[0.5],'mpp':0.25}," + REST,
                card(SEGMENTATION).toJson().replace('"', '\''));
    }

    /** Cards as the first release wrote them. */
    @Test
    void theFirstVersionIsRead() throws RunFailed {
        final String input = "'input':{'channels':3,'tileSize':64,'lo':-1.0,'hi':1.0,'mpp':0.25},";
        final String segmentation = "{'formatVersion':1,'kind':'SEGMENTATION_UNET','architecture':{'base':16}," + input
                + CLASSES_TEXT + "," + REST;
        assertEquals(card(SEGMENTATION), ModelCard.fromJson(segmentation.replace('\'', '"'), "x"));
        final String diffusion = "{'formatVersion':1,'kind':'DIFFUSION_UNET','architecture':{'base':16}," + input
                + "'classes':[],'diffusion':{'objective':'EPSILON'}," + REST;
        assertEquals(card(tasks().toList().get(1)), ModelCard.fromJson(diffusion.replace('\'', '"'), "x"));
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void thereAndBack(final ModelTask task) throws RunFailed {
        for (final ModelInput input : List.of(
                ModelInput.Pixels.between(0, 1, 1, 32, Double.NaN),
                new ModelInput.Pixels(3, 224, List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225), 0.5),
                new ModelInput.Features(384, "DINO ViT-S/16", "ab12"))) {
            final ModelCard card = card(task, input);
            final ModelCard back = ModelCard.fromJson(card.toJson(), "x");
            assertEquals(card, back);
            assertEquals(card.toJson(), back.toJson());
        }
        assertEquals(ModelTask.title(task.getClass()), task.title());
    }

    @Test
    void rangesAreThoseOfMeanAndDeviation() {
        final ModelInput.Pixels signed = ModelInput.Pixels.between(-1, 1, 3, 64, Double.NaN);
        assertEquals(-1, signed.low(2));
        assertEquals(1, signed.high(2));
        final ModelInput.Pixels imageNet =
                new ModelInput.Pixels(3, 224, List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225), 0.5);
        assertEquals(-0.485 / 0.229, imageNet.low(0));
        assertEquals((1 - 0.406) / 0.225, imageNet.high(2));
    }

    @Test
    void summariesSayWhatAUserWantsToKnow() {
        assertEquals(
                "diffusion U-Net, 1 channel, tiles of 32 pixels, made on cpu (as chosen)",
                card(tasks().toList().get(1), ModelInput.Pixels.between(0, 1, 1, 32, Double.NaN))
                        .summary());
        assertEquals(
                "segmentation U-Net, 3 channels, tiles of 64 pixels at 0.25 µm, 2 classes, made on cpu (as chosen)",
                card(SEGMENTATION).summary());
        assertEquals(
                "multiple-instance model, embeddings of 384 numbers by DINO ViT-S/16, made on cpu (as chosen)",
                card(tasks().toList().get(6), new ModelInput.Features(384, "DINO ViT-S/16", ""))
                        .summary());
    }

    @Test
    void isImmutable() {
        final ModelCard card = card(SEGMENTATION);
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
                "'kind':'Segmentation'|'kind':'Segmenter'|task.kind is",
                "'kind':'Segmentation',||task.kind is missing",
                "'channels':3|'channels':0|input.channels is 0",
                "'channels':3|'channels':'3'|input.channels is",
                "'channels':3|'channels':3.5|input.channels is 3.5",
                "'side':64,||input.side is missing",
                "'deviation':[0.5]|'deviation':[-2]|input.deviation is [-2]",
                "'mean':[0.5]|'mean':[1e999]|input.mean is",
                "'mean':[0.5]|'mean':[0.5,0.5]|input.mean is",
                "'mpp':0.25|'mpp':-1|input.mpp is -1",
                "'mpp':0.25|'mp':1|unknown entry input.mp",
                "'#00FF7F'|'green'|classes[1].colour is",
                "'seed':'7'|'seed':7|provenance.settings.seed is 7",
                "'parents':['ab','cd']|'parents':['ab',5]|provenance.parents[1]",
                "'parents':['ab','cd']|'parents':{}|provenance.parents is {}",
                "'training':{'steps':400,'rate':1.0E-4}|'training':[]|training is []",
                "'formatVersion':2|'formatVersion':3|format 3",
                "'formatVersion':2|'formatVersion':2,'extra':1|unknown entry extra",
                "'formatVersion':2|'formatVersion':2,'formatVersion':2|the key formatVersion twice"
            })
    void whatIsWrongIsNamed(final String part, final String instead, final String named) {
        final String sound = card(SEGMENTATION).toJson().replace('"', '\'');
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
        assertThrows(IllegalArgumentException.class, () -> ModelInput.Pixels.between(-1, 1, 0, 64, 1));
        assertThrows(IllegalArgumentException.class, () -> ModelInput.Pixels.between(1, 1, 3, 64, 1));
        assertThrows(IllegalArgumentException.class, () -> ModelInput.Pixels.between(Double.NaN, 1, 3, 64, 1));
        assertThrows(IllegalArgumentException.class, () -> ModelInput.Pixels.between(0, 1, 3, 64, 0));
        assertThrows(IllegalArgumentException.class, () -> new ModelClass("x", 0x1000000));
    }
}
