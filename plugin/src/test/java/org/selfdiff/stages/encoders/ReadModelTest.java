package org.selfdiff.stages.encoders;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.selfdiff.model.Model;
import org.selfdiff.model.ModelInput;
import org.selfdiff.model.ModelTask;
import org.selfdiff.model.foreign.Hints;
import org.selfdiff.model.foreign.Normalisation;
import org.selfdiff.nn.Fixture;
import org.selfdiff.nn.vit.Vit;
import org.selfdiff.nn.vit.VitSpec;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.weights.StoredType;
import org.selfdiff.weights.Weight;

/** Files of our own and of others become models, and bad ones are refused in words. */
class ReadModelTest {
    private static final Path RESOURCES = Path.of("src/test/resources");

    private static final Path REGISTERS = RESOURCES.resolve("fixtures/dinov2/tiny_reg4.weights.safetensors");

    @TempDir
    Path folder;

    private static ReadModel.Request request(final Path file) {
        return new ReadModel.Request(file, new Hints(2, 0, Optional.empty(), 0, 0), "", Optional.empty());
    }

    private ReadModel.Result read(final Path file) throws Exception {
        return ReadModel.run(request(file), folder.resolve("model.safetensors"), RunControl.silent());
    }

    private RunFailed refused(final Path file) {
        final RunFailed refused = assertThrows(RunFailed.class, () -> read(file));
        assertTrue(refused.getMessage().contains(file.getFileName().toString()), refused.getMessage());
        assertFalse(Files.exists(folder.resolve("model.safetensors")), "nothing is left");
        return refused;
    }

    /** Writes numbers as a type, by the format's own description. */
    private Path raw(final Map<String, Weight> weights, final StoredType type) throws IOException {
        final JsonObject header = new JsonObject();
        int at = 0;
        for (final Map.Entry<String, Weight> entry : weights.entrySet()) {
            final JsonObject tensor = new JsonObject();
            tensor.addProperty("dtype", type.name());
            final JsonArray shape = new JsonArray();
            Arrays.stream(entry.getValue().shape()).forEach(shape::add);
            tensor.add("shape", shape);
            final JsonArray offsets = new JsonArray();
            offsets.add(at);
            at += entry.getValue().values().length * type.bytes();
            offsets.add(at);
            tensor.add("data_offsets", offsets);
            header.add(entry.getKey(), tensor);
        }
        final byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
        final ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + at).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(json.length).put(json);
        for (final Weight weight : weights.values()) {
            for (final float value : weight.values()) {
                put(bytes, value, type);
            }
        }
        return Files.write(folder.resolve("weights." + type + ".safetensors"), bytes.array());
    }

    private static void put(final ByteBuffer bytes, final float value, final StoredType type) {
        switch (type) {
            case F64 -> bytes.putDouble(value);
            case F32 -> bytes.putFloat(value);
            case BF16 -> bytes.putShort((short) (Float.floatToRawIntBits(value) >>> 16));
            case F16 -> bytes.putShort(half(value));
            default -> bytes.putLong((long) value);
        }
    }

    /** Of numbers between 2^-14 and 2, the rest of the fraction cut off. */
    private static short half(final float value) {
        final int bits = Float.floatToRawIntBits(value);
        final int exponent = (bits >>> 23 & 0xFF) - 127 + 15;
        final int sign = bits >>> 16 & 0x8000;
        return (short) (exponent <= 0 ? sign : sign | exponent << 10 | bits >>> 13 & 0x3FF);
    }

    private Map<String, Weight> weights() throws Exception {
        return new LinkedHashMap<>(Fixture.of("dinov2/tiny_reg4").weights());
    }

    @Test
    void weightsOfOthersBecomeAModel() throws Exception {
        final ReadModel.Result result = read(REGISTERS);
        assertEquals(ReadModel.look(request(REGISTERS)).toJson(), result.card().toJson());
        assertTrue(
                result.findings()
                        .get("Found")
                        .matches("DINOv2 ViT-16x2/14, 4 registers, [\\d,]+ parameters, DINOv2 naming"),
                result.findings().toString());
        assertEquals("mask_token", result.findings().get("Left out"));
        final Model model = Model.open(folder.resolve("model.safetensors"), ModelTask.Encoder.class, "Model Reader");
        assertEquals(
                new ModelTask.Encoder("DINOv2 ViT-16x2/14, 4 registers", 16),
                model.card().task());
        final ModelInput.Pixels input = model.card().pixels("model");
        assertEquals(56, input.side());
        assertEquals(Normalisation.IMAGENET.mean(), input.mean());
        final VitSpec spec = VitSpec.fromJson(model.card().architecture(), "model");
        final Map<String, Weight> read = model.weights(new Vit(spec, 56, 56)).weights();
        assertArrayEquals(
                weights().get("register_tokens").values(), read.get("reg_token").values());
        assertEquals(
                16,
                Encoder.open(folder.resolve("model.safetensors"), Pooling.GLOBAL)
                        .encodedBy()
                        .width());
    }

    @ParameterizedTest
    @EnumSource(
            value = StoredType.class,
            names = {"F64", "F32", "BF16", "F16"})
    void anyFloatingPointTypeIsRead(final StoredType type) throws Exception {
        read(raw(weights(), type));
        final Map<String, Weight> read = Model.open(
                        folder.resolve("model.safetensors"), ModelTask.Encoder.class, "Model Reader")
                .weights(new Vit(
                        VitSpec.fromJson(ReadModel.look(request(REGISTERS)).architecture(), "card"), 56, 56))
                .weights();
        final double tolerance = type == StoredType.BF16 ? 1 / 128.0 : type == StoredType.F16 ? 1 / 1024.0 : 0;
        final float[] expected = weights().get("pos_embed").values();
        final float[] actual = read.get("pos_embed").values();
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], actual[i], tolerance * Math.abs(expected[i]) + (tolerance > 0 ? 1e-4 : 0));
        }
    }

    @Test
    void wholeNumbersAreNoWeights() throws Exception {
        assertTrue(refused(raw(weights(), StoredType.I64)).getMessage().contains("I64"));
    }

    @Test
    void aCutFileIsRefused() throws Exception {
        final byte[] all = Files.readAllBytes(REGISTERS);
        for (final int length : new int[] {0, 7, 500, all.length - 1}) {
            refused(Files.write(folder.resolve("cut.safetensors"), Arrays.copyOf(all, length)));
        }
        refused(folder.resolve("absent.safetensors"));
    }

    @Test
    void valuesThatAreNoNumbersAreRefused() throws Exception {
        final Map<String, Weight> broken = weights();
        final float[] values = broken.get("norm.bias").values().clone();
        values[5] = Float.NaN;
        broken.put("norm.bias", new Weight(new long[] {16}, values));
        final String message = refused(raw(broken, StoredType.F32)).getMessage();
        assertTrue(message.contains("norm.bias") && message.contains("NaN"), message);
    }

    @Test
    void foreignObjectsAndUnknownNetworksAreRefused() {
        assertTrue(
                refused(RESOURCES.resolve("torch/namespace.pth")).getMessage().contains("argparse"));
        assertTrue(
                refused(RESOURCES.resolve("torch/everything.pth")).getMessage().contains("no network that is known"));
    }

    @Test
    void settingsReplaceWhatIsUsual() throws Exception {
        final ReadModel.Request asked = new ReadModel.Request(
                REGISTERS,
                new Hints(4, 112, Optional.empty(), 0, 0),
                " my encoder ",
                Optional.of(new Normalisation(List.of(0.1, 0.2, 0.3), List.of(0.4))));
        final ModelInput.Pixels input = ReadModel.look(asked).pixels("file");
        assertEquals(112, input.side());
        assertEquals(List.of(0.1, 0.2, 0.3), input.mean());
        assertEquals(
                new ModelTask.Encoder("my encoder", 16), ReadModel.look(asked).task());
        final RunFailed heads = assertThrows(
                RunFailed.class,
                () -> ReadModel.look(new ReadModel.Request(
                        REGISTERS, new Hints(3, 0, Optional.empty(), 0, 0), "", Optional.empty())));
        assertTrue(heads.getMessage().contains("heads"), heads.getMessage());
        final RunFailed side = assertThrows(
                RunFailed.class,
                () -> ReadModel.look(new ReadModel.Request(
                        REGISTERS, new Hints(2, 50, Optional.empty(), 0, 0), "", Optional.empty())));
        assertTrue(side.getMessage().contains("multiple of 14"), side.getMessage());
        final RunFailed means = assertThrows(
                RunFailed.class,
                () -> ReadModel.look(new ReadModel.Request(
                        REGISTERS,
                        new Hints(2, 0, Optional.empty(), 0, 0),
                        "",
                        Optional.of(new Normalisation(List.of(0.1, 0.2), List.of(0.4))))));
        assertTrue(means.getMessage().contains("2 means"), means.getMessage());
    }

    @Test
    void modelsAreWrittenAndReadAgain() throws Exception {
        final Path own = TinyEncoder.write(folder.resolve("own.safetensors"), 3);
        final Path written = folder.resolve("deeper/written.safetensors");
        WriteModel.run(new WriteModel.Request(own, written, false));
        assertArrayEquals(Files.readAllBytes(own), Files.readAllBytes(written));
        final RunFailed there =
                assertThrows(RunFailed.class, () -> WriteModel.run(new WriteModel.Request(own, written, false)));
        assertTrue(there.getMessage().contains("already"), there.getMessage());
        Files.write(written, new byte[] {1});
        WriteModel.run(new WriteModel.Request(own, written, true));
        assertThrows(RunFailed.class, () -> WriteModel.run(new WriteModel.Request(own, folder, true)));
        final ReadModel.Result result = read(written);
        assertTrue(
                result.findings().get("Found").startsWith("model of SelfDiff"),
                result.findings().toString());
        assertArrayEquals(Files.readAllBytes(own), Files.readAllBytes(folder.resolve("model.safetensors")));
        Files.delete(folder.resolve("model.safetensors"));
        final byte[] damaged = Files.readAllBytes(own);
        damaged[damaged.length - 9] ^= 1;
        refused(Files.write(folder.resolve("damaged.safetensors"), damaged));
    }
}
