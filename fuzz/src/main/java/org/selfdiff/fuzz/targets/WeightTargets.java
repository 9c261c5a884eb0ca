package org.selfdiff.fuzz.targets;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.selfdiff.diffusion.DiffusionProcess;
import org.selfdiff.fuzz.Reader;
import org.selfdiff.fuzz.Scratch;
import org.selfdiff.fuzz.Target;
import org.selfdiff.fuzz.seed.ModelSeeds;
import org.selfdiff.fuzz.seed.NetworkSeeds;
import org.selfdiff.fuzz.seed.Sealed;
import org.selfdiff.fuzz.seed.TorchSeeds;
import org.selfdiff.fuzz.seed.Words;
import org.selfdiff.model.ModelCard;
import org.selfdiff.model.ModelFile;
import org.selfdiff.model.ModelTask;
import org.selfdiff.model.foreign.ForeignModel;
import org.selfdiff.model.foreign.Hints;
import org.selfdiff.model.foreign.Recognised;
import org.selfdiff.nn.Parameter;
import org.selfdiff.nn.UNetSpec;
import org.selfdiff.run.RunFailed;
import org.selfdiff.train.CheckpointDoor;
import org.selfdiff.weights.SafeTensors;
import org.selfdiff.weights.StateDict;
import org.selfdiff.weights.StateDicts;
import org.selfdiff.weights.StoredTensor;

/** Models: the safetensors container, the header's JSON, the card with what is built from it, checkpoints. */
public final class WeightTargets {
    private static final Map<String, String> REQUEST = Map.of("seed", "7");

    private static final Reader.OfFile TENSORS = Ways.all(WeightTargets::tensors, ModelFile::readWeights);

    private static final List<byte[]> TORCH = Words.texts(
            "ctorch\nFloatStorage\n",
            "ctorch\nBFloat16Storage\n",
            "ctorch._utils\n_rebuild_tensor_v2\n",
            "ctorch._utils\n_rebuild_parameter\n",
            "ccollections\nOrderedDict\n",
            "ctorch\nSize\n",
            "storage",
            "data.pkl",
            "data/",
            "byteorder");

    private WeightTargets() {}

    /** The targets. */
    public static List<Target> all() {
        final List<byte[]> words = Words.texts(
                "\"dtype\":\"F32\"",
                "\"BF16\"",
                "\"F16\"",
                "\"F64\"",
                "\"BOOL\"",
                "\"I64\"",
                "\"shape\":[",
                "[]",
                "\"data_offsets\":[0,",
                "\"__metadata__\":{",
                "18446744073709551615",
                "9223372036854775807",
                "1e400");
        return List.of(
                Target.of("safetensors", 5_000, file(TENSORS), ModelSeeds::files)
                        .with(words),
                Target.of("safetensors-header", 4_000, sealed(TENSORS), ModelSeeds::headers)
                        .with(words),
                Target.of("torch", 2_000, file(WeightTargets::stateDict), TorchSeeds::files)
                        .with(TORCH),
                Target.of(
                                "torch-pickle",
                                4_000,
                                input -> file(WeightTargets::stateDict).read(TorchSeeds.file(input)),
                                TorchSeeds::pickles)
                        .with(TORCH),
                Target.of("weights-of-others", 3_000, WeightTargets::recognised, NetworkSeeds::lists)
                        .upTo(8192)
                        .with(Words.texts(
                                "mask_token 1 4",
                                "register_tokens 1 2 4",
                                "blocks.0.mlp.w12.weight",
                                "teacher.",
                                "fc.weight",
                                "1048576",
                                "9223372036854775807",
                                " 0 ")),
                Target.of("model-card", 20_000, WeightTargets::card, ModelSeeds::cards)
                        .with(Words.texts("\"kind\"", "\"classes\":[", "\"type\":\"unet\"", "1e400", "-1e400", "null")),
                Target.of(
                                "checkpoint",
                                4_000,
                                sealed(file -> CheckpointDoor.read(file, REQUEST)),
                                ModelSeeds::checkpoints)
                        .with(Words.texts(
                                "null", "{}", "{\\\"seed\\\":\\\"7\\\"}", "PT", "P1D", "-9223372036854775808")));
    }

    /** Lines of a name and sizes are the tensors of a network, which must be described or refused. */
    private static void recognised(final byte[] input) throws RunFailed {
        final Map<String, long[]> shapes = new LinkedHashMap<>();
        for (final String line : new String(input, StandardCharsets.ISO_8859_1).split("\n")) {
            final String[] words = line.split(" ");
            final long[] shape = new long[words.length - 1];
            for (int i = 0; i < shape.length; i++) {
                shape[i] = words[i + 1].matches("\\d{1,18}") ? Long.parseLong(words[i + 1]) : 1;
            }
            shapes.put(words[0], shape);
        }
        final Recognised found = ForeignModel.recognise("a file", shapes, Hints.none());
        found.words();
        if (!found.sources()
                .keySet()
                .containsAll(found.network().parameters().stream()
                        .map(Parameter::name)
                        .toList())) {
            throw new AssertionError("parameters without tensors: " + found.words());
        }
    }

    private static Reader file(final Reader.OfFile reader) {
        return Scratch.file("any.safetensors", reader);
    }

    /** The input is the header. */
    private static Reader sealed(final Reader.OfFile reader) {
        final Reader file = file(reader);
        return input -> file.read(Sealed.file(input));
    }

    private static void stateDict(final Path file) throws RunFailed {
        try (StateDict in = StateDicts.open(file)) {
            for (final StoredTensor tensor : in.tensors().values()) {
                if (tensor.type().floating()) {
                    in.floats(tensor.name());
                    in.doubles(tensor.name());
                } else {
                    in.longs(tensor.name());
                }
            }
        }
    }

    private static void tensors(final Path file) throws RunFailed {
        try (SafeTensors in = SafeTensors.open(file)) {
            for (final StoredTensor tensor : in.tensors().values()) {
                read(in, tensor);
            }
        }
    }

    private static void read(final SafeTensors in, final StoredTensor tensor) throws RunFailed {
        switch (tensor.type()) {
            case F16, BF16, F32, F64 -> in.floats(tensor.name());
            case U8, I8, BOOL -> {
                in.bytes(tensor.name());
                in.longs(tensor.name());
            }
            default -> in.longs(tensor.name());
        }
    }

    /** A card that is accepted must be written and read again as the same. */
    private static void card(final byte[] input) throws RunFailed {
        final ModelCard card = ModelCard.fromJson(new String(input, StandardCharsets.UTF_8), "a file");
        final ModelCard again = ModelCard.fromJson(card.toJson(), "a file");
        if (!again.equals(card) || !again.toJson().equals(card.toJson())) {
            throw new AssertionError("written and read, the card is another: " + card.toJson());
        }
        card.summary();
        if (card.task() instanceof ModelTask.Diffusion diffusion) {
            DiffusionProcess.fromJson(diffusion.process(), "a file");
        }
        UNetSpec.fromJson(card.architecture(), "a file");
    }
}
