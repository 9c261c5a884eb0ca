package org.selfdiff.bench.slides.readers;

import com.sun.jna.Library;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.LongByReference;

/** The functions of libvips' C interface that are needed here. Lists of options end with the null that JNA appends. */
interface Vips extends Library {

    int vips_init(String program);

    String vips_version_string();

    String vips_error_buffer();

    void vips_concurrency_set(int threads);

    Pointer vips_image_new_from_file(String file, Object... options);

    int vips_image_get_bands(Pointer image);

    Pointer vips_region_new(Pointer image);

    Pointer vips_region_fetch(Pointer region, int left, int top, int width, int height, LongByReference bytes);

    void g_free(Pointer memory);

    void g_object_unref(Pointer object);
}
