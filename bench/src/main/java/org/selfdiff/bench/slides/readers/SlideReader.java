package org.selfdiff.bench.slides.readers;

/** A slide that a library has opened. May be used by several threads at once. */
public interface SlideReader extends AutoCloseable {

    /** Name and version of the library, and what decodes. */
    String version();

    /** What one thread reads with. Called by that thread. */
    RegionReader forThread() throws Exception;

    @Override
    void close();
}
