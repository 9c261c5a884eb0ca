package org.selfdiff.bench;

import java.util.List;
import org.selfdiff.nn.AttentionKind;
import org.selfdiff.nn.Parameter;
import org.selfdiff.nn.ShapeOps;
import org.selfdiff.nn.UNetSpec;
import org.selfdiff.nn.unet.UNet;

/**
 * A network and the batch it is given.
 *
 * @param name name on the command line and in the table
 * @param spec sizes of the network
 * @param batch pictures of a batch
 * @param side height and width of a picture
 */
public record Workload(String name, UNetSpec spec, int batch, int side) {

    /** 32 channels at full resolution: what the example workflow trains within minutes. */
    public static final Workload QUICK = of("quick", 32);

    /** 64 channels at full resolution: the width of published networks of this kind. */
    public static final Workload SKETCH = of("sketch", 64);

    /** All workloads. */
    public static final List<Workload> ALL = List.of(QUICK, SKETCH);

    private static Workload of(final String name, final int base) {
        final var attention = List.of(AttentionKind.NONE, AttentionKind.NONE, AttentionKind.FULL);
        return new Workload(name, UNetSpec.of(3, base, List.of(1, 2, 4), 1, attention), 8, 64);
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

    /** The network. */
    public UNet network() {
        return new UNet(spec);
    }

    /** Its parameters, in the order of its parameter list. */
    public List<Parameter> parameters() {
        return trace().parameters();
    }

    /** Values of a batch of pictures. */
    public int values() {
        return batch * spec.inputChannels() * side * side;
    }

    /** Sizes of a batch of pictures. */
    public long[] pictureShape() {
        return new long[] {batch, spec.inputChannels(), side, side};
    }

    /** For instance {@code quick: 64 x 64, batch 8, base 32, multipliers [1, 2, 4], 2.4 M parameters}. */
    public String describe() {
        final ShapeOps trace = trace();
        return String.format(
                "%s: %d x %d, batch %d, base width %d, multipliers %s, %.1f M parameters, %.1f GFLOP per forward pass",
                name,
                side,
                side,
                batch,
                spec.baseWidth(),
                spec.multipliers(),
                trace.parameterCount() / 1e6,
                trace.flops() / 1e9);
    }

    private ShapeOps trace() {
        return ShapeOps.trace(network().function(UNet.PREDICT), List.of(pictureShape(), new long[] {batch}));
    }
}
