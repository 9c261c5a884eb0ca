package org.selfdiff.bench.bags;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.selfdiff.bench.peer.PeerBags;
import org.selfdiff.nn.Initial;
import org.selfdiff.nn.Parameter;
import org.selfdiff.nn.mil.MilNetwork;
import org.selfdiff.nn.mil.MilSpec;
import org.selfdiff.nn.mil.RegionGrid;

/**
 * A network and the bags it is given: squares of tiles, drawn from a seed, so that nothing is exchanged between processes.
 *
 * @param method the network
 * @param published whether it has the published sizes; else all are 128 wide, with two blocks, and regions of 2 x 2 tiles
 *     inside 8 x 8
 * @param tiles tiles of a bag; filled up to whole regions
 */
record BagWorkload(MilSpec.Method method, boolean published, int tiles) {
    static final int WIDTH = 768;

    /** Bags that are shown in turn, where memory is not what is measured. */
    private static final int BAGS = 2;

    private static final int LARGE = 50_000;

    /** Sizes; the tiles' own loss is cross-entropy, which the C++ API has. */
    MilSpec spec() {
        return published
                ? MilSpec.published(method, WIDTH, 2).with(new MilSpec.Instances(8, false, false, 0.7))
                : new MilSpec(method, WIDTH, 128, 64, 2, 2, 2, 4)
                        .with(new MilSpec.Regions(List.of(8), MilSpec.Positions.LEARNED, MilSpec.Aggregation.TOKEN));
    }

    MilNetwork network() {
        return new MilNetwork(spec());
    }

    List<Parameter> parameters() {
        return network().parameters();
    }

    int cells() {
        return spec().cells();
    }

    int regions() {
        return (tiles + cells() - 1) / cells();
    }

    int bags() {
        return tiles > LARGE ? 1 : BAGS;
    }

    /** Embeddings (regions, cells, width) of a bag. */
    float[] features(final int bag) {
        final SplittableRandom random = new SplittableRandom(77 + bag);
        final float[] values = new float[regions() * cells() * WIDTH];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextDouble() + random.nextDouble() + random.nextDouble() - 1.5);
        }
        return values;
    }

    /** All cells hold tiles. */
    float[] seen() {
        return new float[regions() * (1 + cells())];
    }

    /** Regions in lines of as many. */
    float[] places() {
        final RegionGrid grid = spec().grid();
        final int[][] inside = grid.places();
        final int perLine = (int) Math.ceil(Math.sqrt(regions()));
        final float[] places = new float[2 * regions() * cells()];
        for (int r = 0; r < regions(); r++) {
            for (int c = 0; c < cells(); c++) {
                final int at = 2 * (r * cells() + c);
                places[at] = r / perLine * grid.side() + inside[c][0];
                places[at + 1] = r % perLine * grid.side() + inside[c][1];
            }
        }
        return places;
    }

    /** The parameters before training, in their order. */
    List<float[]> weights() {
        final SplittableRandom random = new SplittableRandom(1);
        final List<float[]> weights = new ArrayList<>();
        for (final Parameter parameter : parameters()) {
            final float[] values = new float[Math.toIntExact(parameter.count())];
            for (int i = 0; i < values.length; i++) {
                values[i] = initial(parameter.initial(), random);
            }
            weights.add(values);
        }
        return weights;
    }

    private static float initial(final Initial initial, final SplittableRandom random) {
        if (initial instanceof Initial.Uniform uniform) {
            return (float) (uniform.bound() * (2 * random.nextDouble() - 1));
        }
        if (initial instanceof Initial.TruncatedNormal normal) {
            return (float) (normal.deviation() * (2 * random.nextDouble() - 1));
        }
        return ((Initial.Constant) initial).value();
    }

    /** What steps are given, made before time is taken. */
    PeerBags.Bags prepared() {
        final List<float[]> features = new ArrayList<>();
        for (int bag = 0; bag < bags(); bag++) {
            features.add(features(bag));
        }
        return new PeerBags.Bags(
                features,
                seen(),
                places(),
                new long[] {regions(), cells(), WIDTH},
                network().shows());
    }

    /** For instance {@code ABMIL true 10000}. */
    String[] arguments() {
        return new String[] {method.name(), Boolean.toString(published), Integer.toString(tiles)};
    }

    static BagWorkload of(final String method, final String published, final String tiles) {
        return new BagWorkload(
                MilSpec.Method.valueOf(method), Boolean.parseBoolean(published), Integer.parseInt(tiles));
    }
}
