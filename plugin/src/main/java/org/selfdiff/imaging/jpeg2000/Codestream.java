package org.selfdiff.imaging.jpeg2000;

import java.io.IOException;
import java.util.List;

/**
 * A codestream whose headers are read.
 *
 * @param size picture, tiles and components
 * @param tiles all of them, in the order of their numbers
 */
record Codestream(ImageSize size, List<TileStream> tiles) {

    /**
     * One tile.
     *
     * @param index its number, row by row
     * @param coding how it is coded
     * @param data holds the packets
     * @param from where the packets begin
     * @param to where they end
     */
    record TileStream(int index, CodingScope coding, byte[] data, int from, int to) {}

    /** Whether the tiles went through a colour transform. */
    boolean isTransformed() throws IOException {
        for (final TileStream tile : tiles) {
            if (tile.coding.transformed()) {
                return true;
            }
        }
        return false;
    }
}
