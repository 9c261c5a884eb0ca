package org.selfdiff.bench.slides.readers;

/** Reads rectangles of a slide's finest level, one thread at a time. */
public interface RegionReader {

    /**
     * Reads a rectangle that lies inside of the level and leaves the pixels where the library hands them to its users:
     * a native buffer or a Java array. This is what is timed.
     */
    void read(long x, long y, int width, int height) throws Exception;

    /** The rectangle read last as red, green, blue, interleaved. */
    byte[] rgb() throws Exception;
}
