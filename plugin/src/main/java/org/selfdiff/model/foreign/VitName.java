package org.selfdiff.model.foreign;

import java.util.List;
import java.util.Map;
import org.selfdiff.nn.vit.VitSpec;

/** What vision transformers of known sizes are called, and what is usual for them. */
final class VitName {
    private static final Map<Integer, String> SIZES =
            Map.of(192, "Ti", 384, "S", 768, "B", 1024, "L", 1280, "H", 1408, "g", 1536, "g", 1664, "G");

    /** Heads where they are not 64 numbers wide. */
    private static final Map<Integer, Integer> HEADS = Map.of(1280, 16, 1408, 16, 1664, 16);

    private static final int HEAD = 64;

    /** A published network by its sizes. */
    private record Known(
            String name, int width, int depth, int patch, int hidden, boolean gated, int registers, boolean forClass) {
        private boolean is(final VitSpec spec) {
            return width == spec.width()
                    && depth == spec.depth()
                    && patch == spec.patch()
                    && hidden == spec.hidden()
                    && gated == spec.gated()
                    && registers == spec.registers()
                    && forClass == spec.positions().forClass();
        }
    }

    private static final List<Known> KNOWN = List.of(
            new Known("UNI", 1024, 24, 16, 4096, false, 0, true),
            new Known("UNI2-h", 1536, 24, 14, 4096, true, 8, false),
            new Known("Virchow", 1280, 32, 14, 3416, true, 0, true),
            new Known("Virchow2", 1280, 32, 14, 3416, true, 4, true),
            new Known("H-optimus", 1536, 40, 14, 4096, true, 4, false),
            new Known("H0-mini", 768, 12, 14, 2048, true, 4, false),
            new Known("GigaPath", 1536, 40, 16, 4096, true, 0, true));

    private VitName() {}

    static int usualHeads(final int width) {
        return HEADS.getOrDefault(width, Math.max(1, width / HEAD));
    }

    /** For instance {@code DINOv2 ViT-S/14, 4 registers}, or {@code ViT-L/16 (as UNI)}. */
    static String of(final VitSpec spec, final VitNaming naming) {
        final String size = SIZES.getOrDefault(spec.width(), spec.width() + "x" + spec.depth());
        final boolean dinov2 = naming == VitNaming.DINOV2
                || naming == VitNaming.HF_DINOV2
                || naming == VitNaming.TIMM && spec.positions().side() == 37 && spec.patch() == 14;
        final String family = dinov2 ? "DINOv2 " : naming == VitNaming.DINO ? "DINO " : "";
        final String known = naming == VitNaming.TIMM
                ? KNOWN.stream()
                        .filter(k -> k.is(spec))
                        .findFirst()
                        .map(k -> " (as " + k.name() + ")")
                        .orElse("")
                : "";
        return family + "ViT-" + size + "/" + spec.patch() + known
                + (spec.registers() == 0 ? "" : ", " + spec.registers() + " registers");
    }

    /** H-optimus-0 and H0-mini have a normalisation of their own. */
    static Normalisation normalisation(final VitSpec spec) {
        final boolean own =
                KNOWN.stream().filter(k -> k.is(spec)).anyMatch(k -> k.name().startsWith("H"));
        return (own ? Normalisation.HOPTIMUS : Normalisation.IMAGENET).of(spec.channels());
    }
}
