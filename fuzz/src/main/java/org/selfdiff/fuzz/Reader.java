package org.selfdiff.fuzz;

import java.io.IOException;
import java.nio.file.Path;
import org.selfdiff.run.RunFailed;

/** Gives bytes of unknown origin to the product. */
@FunctionalInterface
public interface Reader {
    /**
     * Reads; whatever comes of it is dropped.
     *
     * @param input any bytes
     * @throws RunFailed when they are refused
     * @throws IOException when they are refused by a decoder inside a package
     */
    void read(byte[] input) throws RunFailed, IOException;

    /** Gives a file to the product. */
    @FunctionalInterface
    interface OfFile {
        /**
         * Reads a file; whatever comes of it is dropped.
         *
         * @throws RunFailed when it is refused
         * @throws IOException when it is refused by a decoder inside a package
         */
        void read(Path file) throws RunFailed, IOException;
    }
}
