package org.selfdiff.stages.bags;

import java.util.List;
import org.selfdiff.run.RunFailed;

/** The embeddings of a bag's tiles: in memory, or in files from which a step reads what it needs. Safe on any thread. */
public interface BagFeatures {
    /** Numbers of an embedding. */
    int width();

    /**
     * Copies embeddings.
     *
     * @param tiles numbers of tiles of the bag, each once; -1 for a place that is left as it is
     * @param into embedding after embedding, in the order of {@code tiles}
     * @throws RunFailed when a file cannot be read, naming file and row
     */
    void copy(int[] tiles, float[] into) throws RunFailed;

    /** Text that differs where the embeddings differ, as far as can be told without reading files through. */
    String fingerprint() throws RunFailed;

    /**
     * Embeddings in memory.
     *
     * @param rows as many numbers for each tile; not copied
     */
    static BagFeatures of(final List<float[]> rows) {
        return new HeldFeatures(rows);
    }
}
