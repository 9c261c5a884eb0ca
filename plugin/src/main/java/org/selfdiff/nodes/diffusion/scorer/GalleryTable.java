package org.selfdiff.nodes.diffusion.scorer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;
import org.selfdiff.data.Tile;
import org.selfdiff.imaging.PngEncoder;
import org.selfdiff.nodes.common.PictureTable;
import org.selfdiff.nodes.common.TileTable;
import org.selfdiff.nodes.common.TrainingOutput;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.diffusion.DrawGallery;
import org.selfdiff.stages.diffusion.ScoreDistribution;

/**
 * Pictures of the nearest pairs, and of sources with what was made from them, where the tables are tables of tiles.
 *
 * @param real table of real pictures
 * @param synthetic table of synthetic pictures
 * @param heldOut table of held-out pictures
 */
record GalleryTable(BufferedDataTable real, BufferedDataTable synthetic, Optional<BufferedDataTable> heldOut) {
    private static final int ROWS = 8;

    private static final int VARIANTS = 3;

    private static final String NEAREST = "nearest real";

    /** Draws them; without any row where the tables hold no tiles. A picture that cannot be read is a warning. */
    BufferedDataTable write(
            final ExecutionContext exec, final ScoreDistribution.Result result, final RunControl control)
            throws RunCancelled {
        final Map<String, byte[]> pictures = new LinkedHashMap<>();
        if (tiles(real) && tiles(synthetic) && heldOut.map(GalleryTable::tiles).orElse(true)) {
            try {
                final List<ScoreDistribution.Variants> sources = shown(result.variants());
                if (!sources.isEmpty()) {
                    pictures.put("Sources and variants", png(variants(sources), control));
                }
                if (!result.pairs().isEmpty()) {
                    pictures.put("Nearest pairs", png(pairs(result.pairs()), control));
                }
            } catch (RunFailed e) {
                control.warn("Pictures are not shown side by side. " + e.getMessage());
            }
        }
        return TrainingOutput.pictures(exec, pictures);
    }

    private static boolean tiles(final BufferedDataTable table) {
        final DataTableSpec spec = table.getDataTableSpec();
        return spec.containsName(TileTable.IMAGE) && PictureTable.hasTiles(spec);
    }

    private static byte[] png(final List<DrawGallery.Column> columns, final RunControl control)
            throws RunFailed, RunCancelled {
        return PngEncoder.picture(DrawGallery.of(columns, control));
    }

    /** The first sources that have as many variants as the first one. */
    private static List<ScoreDistribution.Variants> shown(final List<ScoreDistribution.Variants> all) {
        return all.stream()
                .filter(v -> v.variants().size() >= each(all))
                .limit(ROWS)
                .toList();
    }

    private static int each(final List<ScoreDistribution.Variants> all) {
        return Math.min(VARIANTS, all.get(0).variants().size());
    }

    private List<DrawGallery.Column> variants(final List<ScoreDistribution.Variants> sources) throws RunFailed {
        final List<DrawGallery.Column> columns = new ArrayList<>();
        final Map<Integer, Tile> seen = tiles(real, sources, s -> s.heldOut() ? List.of() : List.of(s.source()));
        final Map<Integer, Tile> unseen = heldOut.isPresent()
                ? tiles(heldOut.get(), sources, s -> s.heldOut() ? List.of(s.source()) : List.of())
                : Map.of();
        columns.add(new DrawGallery.Column(
                "source",
                sources.stream()
                        .map(s -> (s.heldOut() ? unseen : seen).get(s.source()))
                        .toList()));
        final Map<Integer, Tile> drawn = tiles(synthetic, sources, ScoreDistribution.Variants::variants);
        final Map<Integer, Tile> nearest = tiles(real, sources, ScoreDistribution.Variants::nearest);
        for (int i = 0; i < each(sources); i++) {
            final int k = i;
            columns.add(new DrawGallery.Column(
                    "variant",
                    sources.stream().map(s -> drawn.get(s.variants().get(k))).toList()));
            columns.add(new DrawGallery.Column(
                    NEAREST,
                    sources.stream().map(s -> nearest.get(s.nearest().get(k))).toList()));
        }
        return columns;
    }

    private List<DrawGallery.Column> pairs(final List<ScoreDistribution.NearestPair> all) throws RunFailed {
        final List<ScoreDistribution.NearestPair> pairs = all.subList(0, Math.min(ROWS, all.size()));
        final Map<Integer, Tile> first =
                tiles(synthetic, pairs, p -> List.of(p.pair().synthetic()));
        final Map<Integer, Tile> second =
                tiles(real, pairs, p -> List.of(p.pair().training()));
        return List.of(
                new DrawGallery.Column(
                        "synthetic",
                        pairs.stream().map(p -> first.get(p.pair().synthetic())).toList()),
                new DrawGallery.Column(
                        NEAREST,
                        pairs.stream().map(p -> second.get(p.pair().training())).toList()));
    }

    private static <S> Map<Integer, Tile> tiles(
            final BufferedDataTable table, final List<S> rows, final Function<S, List<Integer>> wanted)
            throws RunFailed {
        return TileTable.read(
                table, rows.stream().flatMap(s -> wanted.apply(s).stream()).collect(Collectors.toSet()));
    }
}
