package org.selfdiff.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.selfdiff.diffusion.DiffusionScript;
import org.selfdiff.nn.AttentionKind;
import org.selfdiff.nn.Network;
import org.selfdiff.nn.Parameter;
import org.selfdiff.nn.ShapeOps;
import org.selfdiff.nn.UNetSpec;
import org.selfdiff.nn.unet.ContextUNet;
import org.selfdiff.nn.unet.ContextUNetSpec;
import org.selfdiff.nn.unet.UNet;

/**
 * A network and the batch it is given.
 *
 * @param name name on the command line and in the table
 * @param network the network
 * @param channels channels of a picture
 * @param contextWidth numbers of the token that each picture is told; 0 for none
 * @param guidance scale of guidance when sampling; 1 for none
 * @param batch pictures of a batch
 * @param side height and width of a picture
 */
public record Workload(
        String name, Network network, int channels, int contextWidth, double guidance, int batch, int side) {

    /** 32 channels at full resolution: what the example workflow trains within minutes. */
    public static final Workload QUICK = of("quick", 32);

    /** 64 channels at full resolution: the width of published networks of this kind. */
    public static final Workload SKETCH = of("sketch", 64);

    /** Latents of pictures of 128 pixels that are told embeddings, and drawn with guidance. */
    public static final Workload TOLD = new Workload(
            "told",
            new ContextUNet(new ContextUNetSpec(
                    4, 4, List.of(64, 128, 256), List.of(true, true, true), List.of(2, 4, 8), 1, 384, false, 32)),
            4,
            384,
            2,
            8,
            32);

    /** All workloads. */
    public static final List<Workload> ALL = List.of(QUICK, SKETCH, TOLD);

    private static Workload of(final String name, final int base) {
        final var attention = List.of(AttentionKind.NONE, AttentionKind.NONE, AttentionKind.FULL);
        return new Workload(name, new UNet(UNetSpec.of(3, base, List.of(1, 2, 4), 1, attention)), 3, 0, 1, 8, 64);
    }

    /**
     * The workload of a name.
     *
     * @throws IllegalArgumentException listing the names
     */
    public static Workload named(final String name) {
        return ALL.stream()
                .filter(w -> w.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no workload is called " + name + "; there are "
                        + ALL.stream().map(Workload::name).toList()));
    }

    /** Its parameters, in the order of its parameter list. */
    public List<Parameter> parameters() {
        return trace().parameters();
    }

    /** Values of a batch of pictures. */
    public int values() {
        return batch * channels * side * side;
    }

    /** Sizes of a batch of pictures. */
    public long[] pictureShape() {
        return new long[] {batch, channels, side, side};
    }

    /** Whether pictures are told something. */
    public boolean told() {
        return contextWidth > 0;
    }

    /** For instance {@code quick: 64 x 64 x 3, batch 8, 2.4 M parameters, 1.2 GFLOP per forward pass}. */
    public String describe() {
        final ShapeOps trace = trace();
        return String.format(
                Locale.ROOT,
                "%s: %d x %d x %d, batch %d%s, %.1f M parameters, %.1f GFLOP per forward pass",
                name,
                side,
                side,
                channels,
                batch,
                told() ? String.format(Locale.ROOT, ", told %d numbers, guidance %.0f", contextWidth, guidance) : "",
                trace.parameterCount() / 1e6,
                trace.flops() / 1e9);
    }

    private ShapeOps trace() {
        final List<long[]> shapes = new ArrayList<>(List.of(pictureShape(), new long[] {batch}));
        if (told()) {
            shapes.add(new long[] {batch, 1, contextWidth});
        }
        return ShapeOps.trace(network.function(DiffusionScript.PREDICT), shapes);
    }
}
