package org.selfdiff.bench.slides.readers;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.LongByReference;
import java.io.IOException;
import java.nio.file.Path;

/**
 * libvips with random access, one region per thread into native memory. Cropping and writing to memory, the other way, takes
 * a third more CPU time, and the same with libvips' own threads.
 */
final class VipsReader implements SlideReader {
    private final Vips vips;

    private final Pointer image;

    VipsReader(final Path file, final int threads) throws NotInstalled, IOException {
        try {
            this.vips = Native.load("vips", Vips.class);
        } catch (LinkageError e) {
            throw new NotInstalled("libvips42", e);
        }
        vips.vips_init("bench");
        vips.vips_concurrency_set(threads);
        this.image = vips.vips_image_new_from_file(file.toString());
        if (image == null) {
            throw new IOException("libvips: " + vips.vips_error_buffer());
        }
    }

    @Override
    public String version() {
        return "libvips " + vips.vips_version_string();
    }

    @Override
    public RegionReader forThread() {
        final Pointer region = vips.vips_region_new(image);
        final int bands = vips.vips_image_get_bands(image);
        return new RegionReader() {
            private final LongByReference bytes = new LongByReference();

            private Pointer last;

            @Override
            public void read(final long x, final long y, final int width, final int height) throws IOException {
                if (last != null) {
                    vips.g_free(last);
                }
                last = vips.vips_region_fetch(region, (int) x, (int) y, width, height, bytes);
                if (last == null) {
                    throw new IOException("libvips: " + vips.vips_error_buffer());
                }
            }

            @Override
            public byte[] rgb() {
                final byte[] samples = last.getByteArray(0, Math.toIntExact(bytes.getValue()));
                final byte[] rgb = new byte[samples.length / bands * 3];
                for (int i = 0; i < rgb.length; i++) {
                    rgb[i] = samples[i / 3 * bands + i % 3];
                }
                return rgb;
            }
        };
    }

    @Override
    public void close() {
        vips.g_object_unref(image);
    }
}
