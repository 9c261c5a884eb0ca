package org.selfdiff.imaging.jpeg2000;

import java.util.Arrays;

/**
 * A code-block: its place in its band and what the packets brought for it. Its bytes stay where they are in the tile's
 * data, as runs; each codeword segment is so many coding passes and bytes.
 */
final class CodeBlock {
    private static final int[] NONE = {};

    /** Where it lies, counted from the first column and row of its band. */
    final Area place;

    /** Most significant bit-planes that are empty. */
    final int emptyPlanes;

    /** Lblock of T.800 B.10.7.1. */
    int lengthBits = 3;

    private int passes;

    private int segments;

    private int[] segmentPasses = NONE;

    private int[] segmentBytes = NONE;

    private int runs;

    /** Start and length of each run. */
    private int[] run = NONE;

    CodeBlock(final Area place, final int emptyPlanes) {
        this.place = place;
        this.emptyPlanes = emptyPlanes;
    }

    int passes() {
        return passes;
    }

    int segments() {
        return segments;
    }

    int passesOf(final int segment) {
        return segmentPasses[segment];
    }

    int bytesOf(final int segment) {
        return segmentBytes[segment];
    }

    /** Passes that the last segment still takes in a block of this style (T.800 D.4.2, D.6). */
    int room(final CodingStyle style) {
        if (segments == 0) {
            return 0;
        }
        return mostPasses(style, segments - 1) - segmentPasses[segments - 1];
    }

    private static int mostPasses(final CodingStyle style, final int segment) {
        if (style.has(CodingStyle.TERMINATE)) {
            return 1;
        } else if (!style.has(CodingStyle.BYPASS)) {
            return Integer.MAX_VALUE;
        }
        return segment == 0 ? 10 : 2 - (segment + 1) % 2;
    }

    void addSegment() {
        if (segments == segmentPasses.length) {
            segmentPasses = Arrays.copyOf(segmentPasses, 2 * segments + 1);
            segmentBytes = Arrays.copyOf(segmentBytes, 2 * segments + 1);
        }
        segments++;
    }

    /** Adds passes to the last segment. */
    void addPasses(final int count) {
        segmentPasses[segments - 1] += count;
        passes += count;
    }

    /** Adds bytes to a segment. */
    void addRun(final int segment, final int start, final int length) {
        if (length == 0) {
            return;
        }
        if (2 * runs == run.length) {
            run = Arrays.copyOf(run, 4 * runs + 2);
        }
        run[2 * runs] = start;
        run[2 * runs + 1] = length;
        runs++;
        segmentBytes[segment] += length;
    }

    /** Copies all bytes, segment after segment. */
    void copy(final byte[] data, final byte[] to) {
        int n = 0;
        for (int i = 0; i < runs; i++) {
            System.arraycopy(data, run[2 * i], to, n, run[2 * i + 1]);
            n += run[2 * i + 1];
        }
    }

    /** Bytes of all segments. */
    int bytes() {
        int n = 0;
        for (int i = 0; i < runs; i++) {
            n += run[2 * i + 1];
        }
        return n;
    }
}
