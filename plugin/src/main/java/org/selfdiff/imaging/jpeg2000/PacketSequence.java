package org.selfdiff.imaging.jpeg2000;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Puts a tile's packets into their order (T.800 B.12) and reads them. Each progression is a sorting of the precincts
 * and a rule for the layers: outermost, outermost within a resolution, or innermost.
 */
final class PacketSequence {
    private static final Comparator<Precinct> BY_PLACE =
            Comparator.<Precinct>comparingLong(p -> p.y).thenComparingLong(p -> p.x);

    private static final Comparator<Precinct> BY_RESOLUTION = Comparator.comparingInt(p -> p.resolution);

    private static final Comparator<Precinct> BY_COMPONENT = Comparator.comparingInt(p -> p.component);

    private static final Comparator<Precinct> BY_INDEX = Comparator.comparingInt(p -> p.index);

    private final Codestream.TileStream tile;

    private final PacketReader reader;

    private final int layers;

    private final List<Precinct> precincts = new ArrayList<>();

    private int packets;

    PacketSequence(final Codestream.TileStream tile, final List<TileComponent> components) throws IOException {
        this.tile = tile;
        this.reader = new PacketReader(tile);
        this.layers = tile.coding().layers();
        for (final TileComponent component : components) {
            for (final Resolution resolution : component.resolutions()) {
                precincts.addAll(resolution.precincts());
            }
        }
    }

    /**
     * Reads all packets.
     *
     * @throws IOException if one is damaged or missing; the message says which
     */
    void read() throws IOException {
        try {
            for (final Progression progression : tile.coding().progressions()) {
                read(progression);
            }
        } catch (final IOException e) {
            throw new IOException(
                    "tile " + tile.index() + ", packet " + (packets + 1) + " of " + (long) layers * precincts.size()
                            + ": " + e.getMessage(),
                    e);
        }
        for (final Precinct precinct : precincts) {
            if (precinct.nextLayer < layers) {
                throw new IOException("tile " + tile.index() + ": its changes of progression leave out packets");
            }
        }
    }

    private void read(final Progression progression) throws IOException {
        final List<Precinct> chosen = new ArrayList<>();
        for (final Precinct p : precincts) {
            if (p.resolution >= progression.resolution()
                    && p.resolution < progression.resolutionEnd()
                    && p.component >= progression.component()
                    && p.component < progression.componentEnd()) {
                chosen.add(p);
            }
        }
        chosen.sort(sorting(progression.order()));
        final int last = Math.min(layers, progression.layerEnd());
        int from = 0;
        while (from < chosen.size()) {
            final int to = groupEnd(progression.order(), chosen, from);
            readLayers(chosen.subList(from, to), last);
            from = to;
        }
    }

    private static Comparator<Precinct> sorting(final Progression.Order order) {
        return switch (order) {
            case LRCP, RLCP -> BY_RESOLUTION.thenComparing(BY_COMPONENT).thenComparing(BY_INDEX);
            case RPCL -> BY_RESOLUTION
                    .thenComparing(BY_PLACE)
                    .thenComparing(BY_COMPONENT)
                    .thenComparing(BY_INDEX);
            case PCRL -> BY_PLACE.thenComparing(BY_COMPONENT)
                    .thenComparing(BY_RESOLUTION)
                    .thenComparing(BY_INDEX);
            case CPRL -> BY_COMPONENT
                    .thenComparing(BY_PLACE)
                    .thenComparing(BY_RESOLUTION)
                    .thenComparing(BY_INDEX);
        };
    }

    /** End of the group of precincts within which layers are the outermost loop. */
    private static int groupEnd(final Progression.Order order, final List<Precinct> chosen, final int from) {
        if (order == Progression.Order.LRCP) {
            return chosen.size();
        }
        int to = from + 1;
        while (order == Progression.Order.RLCP
                && to < chosen.size()
                && chosen.get(to).resolution == chosen.get(from).resolution) {
            to++;
        }
        return to;
    }

    private void readLayers(final List<Precinct> group, final int last) throws IOException {
        int layer = Integer.MAX_VALUE;
        for (final Precinct precinct : group) {
            layer = Math.min(layer, precinct.nextLayer);
        }
        for (; layer < last; layer++) {
            for (final Precinct precinct : group) {
                if (precinct.nextLayer == layer) {
                    reader.read(precinct, layer);
                    precinct.nextLayer++;
                    packets++;
                }
            }
        }
    }
}
