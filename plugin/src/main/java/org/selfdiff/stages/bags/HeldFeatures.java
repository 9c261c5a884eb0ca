package org.selfdiff.stages.bags;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Embeddings in memory.
 *
 * @param rows as many numbers for each tile, at least one tile
 */
record HeldFeatures(List<float[]> rows) implements BagFeatures {

    @Override
    public int width() {
        return rows.get(0).length;
    }

    @Override
    public void copy(final int[] tiles, final float[] into) {
        final int width = width();
        for (int i = 0; i < tiles.length; i++) {
            if (tiles[i] >= 0) {
                System.arraycopy(rows.get(tiles[i]), 0, into, i * width, width);
            }
        }
    }

    @Override
    public String fingerprint() {
        final CRC32C sum = new CRC32C();
        final ByteBuffer bytes = ByteBuffer.allocate(width() * Float.BYTES);
        for (final float[] row : rows) {
            bytes.clear().asFloatBuffer().put(row);
            sum.update(bytes);
        }
        return Long.toHexString(sum.getValue());
    }
}
