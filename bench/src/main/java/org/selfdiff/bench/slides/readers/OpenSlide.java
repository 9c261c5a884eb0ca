package org.selfdiff.bench.slides.readers;

import com.sun.jna.Native;
import com.sun.jna.Pointer;

/** The functions of OpenSlide's C interface that are needed here. */
final class OpenSlide {
    static {
        Native.register("openslide");
    }

    private OpenSlide() {}

    static native Pointer openslide_open(String file);

    static native String openslide_get_error(Pointer slide);

    static native String openslide_get_version();

    static native void openslide_read_region(
            Pointer slide, Pointer destination, long x, long y, int level, long width, long height);

    static native void openslide_close(Pointer slide);
}
