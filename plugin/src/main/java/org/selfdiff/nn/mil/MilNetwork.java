package org.selfdiff.nn.mil;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.selfdiff.nn.Network;
import org.selfdiff.nn.NetworkFunction;
import org.selfdiff.nn.Ops;
import org.selfdiff.nn.Parameter;

/**
 * A network that classifies a bag of tiles. Tiles come as (regions, cells, width): for methods without regions each tile
 * is a region of one cell.
 *
 * @param spec sizes
 */
public record MilNetwork(MilSpec spec) implements Network {
    /**
     * The function {@code (x, seen, places) -> (logits, regions[, cells])}: {@code x} (regions, cells, width);
     * {@code seen} (regions, 1, 1, 1 + cells) is 0 for the region's token and for cells that hold a tile, minus infinity
     * for empty ones; {@code places} (regions, cells, 2) are line and column of each cell in the slide's grid, empty
     * ones as well; logits (1, outputs); attention to regions (1, regions), or (outputs, regions) where classes attend
     * on their own; with regions, attention to their cells (regions, cells). What tokens attend to in themselves is left
     * out, so that attention may sum to less than 1.
     */
    public static final String CLASSIFY = "classify";

    /** The same, followed by what the network's own part of the loss sees; only where there is such a part. */
    public static final String SHOW = "show";

    /** The buffer that counts the bags whose distances STAMP has seen, from 1; its other buffers are their mean. */
    public static final String ITEMS = "items_so_far";

    @Override
    public List<NetworkFunction> functions() {
        final List<NetworkFunction> functions = new ArrayList<>(List.of(new Function(spec, false)));
        if (shows()) {
            functions.add(new Function(spec, true));
        }
        return functions;
    }

    /** Trained ones first. */
    @Override
    public List<Parameter> parameters() {
        return Network.super.parameters().stream()
                .sorted(Comparator.comparing(Parameter::role))
                .toList();
    }

    /** Whether it has the function {@link #SHOW}. */
    public boolean shows() {
        return of(spec).shows();
    }

    private static BagNetwork of(final MilSpec s) {
        return switch (s.method()) {
            case MEAN -> new PooledNetwork(s.width(), s.hidden(), s.outputs(), false);
            case MAX -> new PooledNetwork(s.width(), s.hidden(), s.outputs(), true);
            case ABMIL -> new AbmilNetwork(s.width(), s.hidden(), s.attention(), s.outputs(), false);
            case GATED_ABMIL -> new AbmilNetwork(s.width(), s.hidden(), s.attention(), s.outputs(), true);
            case REGIONAL -> new RegionalNetwork(
                    s.width(), s.hidden(), s.outputs(), s.depth(), s.heads(), s.grid(), s.regions());
            case CLAM_SB -> new ClamNetwork(s.width(), s.hidden(), s.attention(), s.outputs(), false, true);
            case CLAM_MB -> new ClamNetwork(s.width(), s.hidden(), s.attention(), s.outputs(), true, true);
            case CLAM_MAX -> new ClamMaxNetwork(s.width(), s.hidden(), s.outputs());
            case DSMIL -> new DsmilNetwork(s.width(), s.attention(), s.outputs(), true, false);
            case TRANSMIL -> new TransMilNetwork(s.width(), s.hidden(), s.heads(), s.outputs());
            case RRT -> new RrtNetwork(
                    s.width(), s.hidden(), s.attention(), s.outputs(), RrtNetwork.Form.published(s.depth(), s.heads()));
            case GLOBAL -> new GlobalNetwork(s.width(), s.hidden(), s.outputs(), s.depth(), s.heads());
            case STAMP -> new StampNetwork(s.width(), s.hidden(), s.heads(), s.depth(), s.hidden(), s.outputs(), true);
        };
    }

    private record Function(MilSpec spec, boolean shows) implements NetworkFunction {
        @Override
        public String name() {
            return shows ? SHOW : CLASSIFY;
        }

        @Override
        public List<Input> inputs() {
            final int cells = spec.cells();
            return List.of(
                    Input.of("x", 2, cells, spec.width()),
                    Input.of("seen", 2, 1, 1, 1 + cells),
                    Input.exact("places", 2, cells, 2));
        }

        @Override
        public <T> List<T> apply(final Ops<T> ops, final List<T> inputs) {
            final Tiles<T> tiles = new Tiles<>(inputs.get(0), inputs.get(1), inputs.get(2));
            return shows ? of(spec).show(ops, tiles) : of(spec).classify(ops, tiles);
        }
    }
}
