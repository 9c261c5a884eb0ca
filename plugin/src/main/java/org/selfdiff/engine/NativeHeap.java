package org.selfdiff.engine;

import com.sun.jna.NativeLibrary;

/**
 * The C library's heap, from which LibTorch takes the memory of its tensors. By default glibc returns large blocks to the
 * system as soon as they are freed, and every step of a network pays for them again with thousands of page faults: 4 % of
 * a training step, 15 % of a sampling step. So freed memory is kept while something computes, and given back afterwards.
 * Other C libraries are left as they are.
 */
final class NativeHeap {
    private static final int TRIM_THRESHOLD = -1;

    private static final int MMAP_THRESHOLD = -3;

    /** The largest that glibc takes. */
    private static final int LARGEST_MMAP_THRESHOLD = 32 << 20;

    private static volatile boolean keeping;

    private NativeHeap() {}

    /** Keeps freed memory from now on. */
    static void keepFreedMemory() {
        try {
            final var mallopt = NativeLibrary.getProcess().getFunction("mallopt");
            mallopt.invokeInt(new Object[] {MMAP_THRESHOLD, LARGEST_MMAP_THRESHOLD});
            mallopt.invokeInt(new Object[] {TRIM_THRESHOLD, Integer.MAX_VALUE});
            keeping = true;
        } catch (LinkageError e) {
            keeping = false; // not glibc; only speed is lost
        }
    }

    /** Gives freed memory back to the system, once: what is freed later is kept again. */
    static void giveBack() {
        if (keeping) {
            NativeLibrary.getProcess().getFunction("malloc_trim").invokeInt(new Object[] {0L});
        }
    }
}
