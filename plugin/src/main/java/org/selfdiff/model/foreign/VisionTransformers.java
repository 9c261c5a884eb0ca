package org.selfdiff.model.foreign;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.selfdiff.model.ModelTask;
import org.selfdiff.nn.Resize;
import org.selfdiff.nn.vit.Vit;
import org.selfdiff.nn.vit.VitSpec;
import org.selfdiff.run.RunFailed;

/** Recognises vision transformers: DINO, DINOv2, and the encoders of pathology that are kin to them. */
final class VisionTransformers {
    private static final String PATCHES = "patch_embed.proj.weight";

    private static final String HF_PATCHES = "embeddings.patch_embeddings.projection.weight";

    private static final Pattern BLOCK = Pattern.compile("blocks\\.(\\d{1,4})\\.");

    private static final Pattern CHUNKED = Pattern.compile("blocks\\.\\d+\\.(\\d{1,4})\\.(.+)");

    private static final Pattern HF_BLOCK = Pattern.compile("encoder\\.layer\\.(\\d{1,4})\\.");

    /** Side that pictures are given to encoders with. */
    private static final int USUAL_SIDE = 224;

    /** Parts behind or beside the tokens. */
    private static final Predicate<String> HEADS = Pattern.compile(
                    "(head|heads|fc|classifier|pooler|pre_logits|dino_head|ibot_head|decoder)\\..*"
                            + "|.*mask_token|.*num_batches_tracked")
            .asMatchPredicate();

    private VisionTransformers() {}

    static Optional<Recognised> find(final String where, final Map<String, long[]> all, final Hints hints)
            throws RunFailed {
        Optional<ForeignTensors> found = ForeignTensors.with(where, all, HF_PATCHES);
        if (found.isPresent()) {
            final ForeignTensors tensors = found.get();
            final boolean scaled = tensors.has("encoder.layer.0.layer_scale1.lambda1");
            return Optional.of(recognised(tensors, scaled ? VitNaming.HF_DINOV2 : VitNaming.HF_VIT, hints));
        }
        found = ForeignTensors.with(where, all, PATCHES);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        final ForeignTensors tensors = unchunked(found.get());
        return Optional.of(recognised(tensors, naming(tensors), hints));
    }

    private static VitNaming naming(final ForeignTensors tensors) {
        if (tensors.has("register_tokens") || tensors.has("mask_token") || tensors.has("blocks.0.mlp.w12.weight")) {
            return VitNaming.DINOV2;
        }
        return tensors.has("reg_token") || tensors.has("blocks.0.ls1.gamma") ? VitNaming.TIMM : VitNaming.DINO;
    }

    /** DINOv2 may put its blocks into chunks: {@code blocks.2.17.} is the block 17. */
    private static ForeignTensors unchunked(final ForeignTensors tensors) {
        if (tensors.shapes().keySet().stream()
                .noneMatch(name -> CHUNKED.matcher(name).matches())) {
            return tensors;
        }
        return tensors.renamed(name -> {
            final Matcher matcher = CHUNKED.matcher(name);
            return matcher.matches() ? "blocks." + matcher.group(1) + "." + matcher.group(2) : name;
        });
    }

    private static Recognised recognised(final ForeignTensors tensors, final VitNaming naming, final Hints hints)
            throws RunFailed {
        final VitSpec spec = spec(tensors, naming, hints).checked();
        final int side = side(spec, hints);
        if (side % spec.patch() != 0) {
            throw new RunFailed(
                    "Pictures of " + side + " pixels do not divide into patches of " + spec.patch(),
                    "setting \"Side\"",
                    "Choose a multiple of " + spec.patch() + ".");
        }
        final Vit network = new Vit(spec, side, side);
        final String name = VitName.of(spec, naming);
        final Map<String, List<String>> sources = Recognised.sources(
                "a " + name, tensors, network, parameter -> naming.of(parameter, spec.gated()), HEADS);
        final List<String> leftOut = new ArrayList<>(tensors.others());
        tensors.shapes().keySet().stream().filter(HEADS).map(tensors::full).forEach(leftOut::add);
        return new Recognised(
                name,
                naming.words(),
                new ModelTask.Encoder(name, spec.width()),
                spec.toJson(),
                network,
                spec.channels(),
                side,
                VitName.normalisation(spec),
                sources,
                leftOut);
    }

    private static int side(final VitSpec spec, final Hints hints) {
        if (hints.side() > 0) {
            return hints.side();
        }
        final int own = spec.positions().side() * spec.patch();
        return own > USUAL_SIDE && USUAL_SIDE % spec.patch() == 0 ? USUAL_SIDE : own;
    }

    private static VitSpec spec(final ForeignTensors tensors, final VitNaming naming, final Hints hints)
            throws RunFailed {
        final String patches = naming.huggingFace() ? HF_PATCHES : PATCHES;
        final int width = tensors.size(patches, 4, 0);
        final int depth = tensors.count(naming.huggingFace() ? HF_BLOCK : BLOCK);
        final String inner = naming.of("blocks.0.mlp.fc1.weight", false).get(0);
        final String outer = naming.of("blocks.0.mlp.fc2.weight", false).get(0);
        final boolean packedNames = !tensors.has(inner);
        final int in = tensors.size(
                packedNames ? naming.of("blocks.0.mlp.fc1.weight", true).get(0) : inner, 2, 0);
        final int hidden = tensors.size(
                packedNames ? naming.of("blocks.0.mlp.fc2.weight", true).get(0) : outer, 2, 1);
        final String registerName = naming.of("reg_token", false).get(0);
        final int registers = tensors.has(registerName) ? tensors.size(registerName, 3, 1) : 0;
        return new VitSpec(
                tensors.size(patches, 4, 1),
                tensors.size(patches, 4, 2),
                width,
                depth,
                hints.heads() > 0 ? hints.heads() : VitName.usualHeads(width),
                hidden,
                in == 2 * hidden,
                tensors.has(naming.of("blocks.0.ls1.gamma", false).get(0)),
                registers,
                positions(tensors, naming, registers, hints),
                naming.epsilon());
    }

    private static VitSpec.Positions positions(
            final ForeignTensors tensors, final VitNaming naming, final int registers, final Hints hints)
            throws RunFailed {
        final int rows = tensors.size(naming.of("pos_embed", false).get(0), 3, 1);
        final Resize resize = hints.positions().orElse(naming.resize(registers));
        final boolean timm = naming == VitNaming.TIMM;
        for (final int before : timm && registers > 0 ? new int[] {1 + registers, 0} : new int[] {1, 0}) {
            final int side = (int) Math.round(Math.sqrt(rows - before));
            if (side * side == rows - before && side > 0) {
                return new VitSpec.Positions(side, before > 0, before > 1, resize, false);
            }
        }
        throw new RunFailed(
                "The table of positions has " + rows + " rows, which is no square of patches",
                tensors.where(),
                "Only networks that were trained on square pictures are supported.");
    }
}
