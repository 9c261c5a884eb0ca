package org.selfdiff.bench.slides;

/**
 * What one reader did in one round.
 *
 * @param rectangles how many it read
 * @param seconds how long that took
 * @param cpuSeconds how long all threads of its process computed meanwhile
 */
record Round(long rectangles, double seconds, double cpuSeconds) {

    /** Rectangles a second. */
    double rate() {
        return rectangles / seconds;
    }

    /** Rectangles a second of CPU time. */
    double cpuRate() {
        return rectangles / cpuSeconds;
    }
}
