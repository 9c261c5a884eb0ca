package org.selfdiff.stages.slides;

import org.selfdiff.data.Tile;

/** The table that lies beside the exported tiles of a slide, for other programs: comma-separated, UTF-8, one tile a line. */
final class TileCsv {
    private TileCsv() {}

    /** The whole file: a header, and a line for every tile. */
    static String of(final SlideExport slide) {
        final StringBuilder csv = new StringBuilder(
                "file,label_file,slide,level,mpp,downsample,x,y,width,height,tissue,sharpness,label,group\n");
        for (final Tile tile : slide.tiles()) {
            final ExportTiles.TileFiles files = slide.files(tile);
            csv.append(String.join(
                            ",",
                            files.picture().getFileName().toString(),
                            files.labels().map(f -> f.getFileName().toString()).orElse(""),
                            quoted(slide.name(tile.image())),
                            Integer.toString(tile.findings().level()),
                            number(tile.area().mpp()),
                            number(tile.area().downsample()),
                            Integer.toString(tile.x()),
                            Integer.toString(tile.y()),
                            Integer.toString(tile.width()),
                            Integer.toString(tile.height()),
                            number(tile.findings().tissue()),
                            number(tile.findings().sharpness()),
                            quoted(tile.findings().label().orElse("")),
                            quoted(tile.group())))
                    .append('\n');
        }
        return csv.toString();
    }

    private static String number(final double value) {
        return Double.isNaN(value) ? "" : Double.toString(value);
    }

    private static String quoted(final String text) {
        return text.matches("[^\",\r\n]*") ? text : "\"" + text.replace("\"", "\"\"") + "\"";
    }
}
