package org.selfdiff.imaging.slide;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import java.io.EOFException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.selfdiff.imaging.tiff.BlockRoom;
import org.selfdiff.imaging.tiff.JdkJpeg;
import org.selfdiff.imaging.tiff.JpegDecoder;
import org.selfdiff.imaging.tiff.JpegFrame;

/**
 * JPEG by libturbojpeg where the system has it, two to three times as fast as the JDK's decoder. It is told to use the
 * accurate inverse transform and the smooth upsampling, so that its pixels are those of the JDK; streams whose colour
 * is halved in height alone go to the JDK, because the two libraries interpolate those differently.
 */
final class TurboJpeg implements JpegDecoder {
    private static final String VARIABLE = "SELFDIFF_TURBOJPEG";

    private static final String OFF = "off";

    private static final int RGB = 0;

    private static final int GREY = 6;

    private static final int HALVED_IN_HEIGHT = 4;

    private static final int ACCURATE_DCT = 4096;

    private static final int LIMITED_SCANS = 32768;

    private static final int WARNING = 0;

    private static final int STEP = 32;

    private static final long KEPT_BYTES = 1 << 22;

    /** Memory that is idle; each piece serves one thread at a time. */
    private final ConcurrentLinkedQueue<Buffers> idle = new ConcurrentLinkedQueue<>();

    private final JdkJpeg other = new JdkJpeg();

    private volatile boolean closed;

    private TurboJpeg() {}

    /** Native memory for one decoding: an array as argument would be copied there and back each time. */
    private static final class Buffers {
        private Memory stream = new Memory(1);

        private Memory pixels = new Memory(1);

        /** Memory of at least some size; what is too small, or much too large to be kept, is given back. */
        private static Memory room(final Memory kept, final long size) {
            if (kept.size() >= size && kept.size() <= Math.max(KEPT_BYTES, size)) {
                return kept;
            }
            final Memory other = new Memory(Math.max(1, size));
            kept.close();
            return other;
        }

        /**
         * Room for so many bytes of pixels, at 16 bytes past a multiple of 32: rows that begin at a multiple are
         * written around the processor's caches (libjpeg-turbo, simd/x86_64/jdcolext-avx2.asm), and as they are copied
         * at once, the whole decoding takes a fifth longer.
         */
        Pointer pixels(final int size) {
            pixels = room(pixels, size + 2L * STEP);
            return pixels.share((STEP + STEP / 2 - Pointer.nativeValue(pixels) % STEP) % STEP, size);
        }

        void close() {
            stream.close();
            pixels.close();
        }
    }

    /** The functions of the library (TurboJPEG API 2.0). */
    private static final class Library {
        /** Whether the library is there with all functions; found out once. */
        static final boolean PRESENT = bind(System.getenv(VARIABLE));

        private Library() {}

        private static boolean bind(final String setting) {
            if (OFF.equalsIgnoreCase(setting)) {
                return false;
            }
            try {
                final String name = setting == null || setting.isBlank() ? "turbojpeg" : setting.strip();
                Native.register(Library.class, NativeLibrary.getInstance(name, Map.of()));
                return true;
            } catch (final LinkageError | RuntimeException e) {
                return false; // the JDK's decoder always works
            }
        }

        static native Pointer tjInitDecompress();

        static native int tjDecompressHeader3(
                Pointer handle,
                Pointer jpeg,
                NativeLong size,
                int[] width,
                int[] height,
                int[] subsampling,
                int[] space);

        static native int tjDecompress2(
                Pointer handle,
                Pointer jpeg,
                NativeLong size,
                Pointer pixels,
                int width,
                int pitch,
                int height,
                int format,
                int flags);

        static native int tjGetErrorCode(Pointer handle);

        static native String tjGetErrorStr2(Pointer handle);

        static native int tjDestroy(Pointer handle);
    }

    /**
     * The decoder, if the library is on the system or under the path in the environment variable
     * {@code SELFDIFF_TURBOJPEG}; its value {@code off} turns it off.
     */
    static Optional<JpegDecoder> find() {
        return Library.PRESENT ? Optional.of(new TurboJpeg()) : Optional.empty();
    }

    @Override
    public String name() {
        return "JPEG by libturbojpeg";
    }

    @Override
    public byte[] decode(final byte[] stream, final JpegFrame frame, final BlockRoom room) throws IOException {
        final Buffers kept = idle.poll();
        final Buffers buffers = kept == null ? new Buffers() : kept;
        // a new one for each stream takes 2 microseconds; one that is used again keeps the tables of the stream before
        final Pointer handle = handle();
        final byte[] pixels;
        try {
            pixels = decode(handle, buffers, stream, frame, room);
        } finally {
            Library.tjDestroy(handle);
            idle.add(buffers);
            if (closed) {
                close();
            }
        }
        return pixels == null ? other.decode(stream, frame, room) : pixels;
    }

    private static Pointer handle() throws IOException {
        final Pointer handle = Library.tjInitDecompress();
        if (handle == null) {
            throw new IOException("libturbojpeg has no memory for another decoder");
        }
        return handle;
    }

    /** The samples, or {@code null} where the JDK has to do it. */
    private static byte[] decode(
            final Pointer handle,
            final Buffers buffers,
            final byte[] stream,
            final JpegFrame frame,
            final BlockRoom room)
            throws IOException {
        buffers.stream = Buffers.room(buffers.stream, stream.length);
        buffers.stream.write(0, stream, 0, stream.length);
        final NativeLong size = new NativeLong(stream.length);
        final int[] width = new int[1];
        final int[] height = new int[1];
        final int[] subsampling = new int[1];
        check(
                handle,
                Library.tjDecompressHeader3(handle, buffers.stream, size, width, height, subsampling, new int[1]));
        if (width[0] != frame.width() || height[0] != frame.height()) {
            throw new IOException("its JPEG stream declares two sizes");
        }
        if (subsampling[0] == HALVED_IN_HEIGHT || subsampling[0] < 0) {
            return null;
        }
        final int components = frame.components();
        final int bytes = Math.toIntExact((long) components * frame.width() * frame.height());
        final Pointer target = buffers.pixels(bytes);
        check(
                handle,
                Library.tjDecompress2(
                        handle,
                        buffers.stream,
                        size,
                        target,
                        frame.width(),
                        components * frame.width(),
                        frame.height(),
                        components == 1 ? GREY : RGB,
                        ACCURATE_DCT | LIMITED_SCANS));
        final byte[] pixels = room.of(bytes);
        target.read(0, pixels, 0, bytes);
        return pixels;
    }

    /** Refuses streams that end early or cannot be decoded; other warnings leave whole pixels, as with the JDK. */
    private static void check(final Pointer handle, final int result) throws IOException {
        if (result == 0) {
            return;
        }
        final String message = String.valueOf(Library.tjGetErrorStr2(handle));
        if (message.contains("remature")) {
            throw new EOFException("its JPEG stream ends early");
        }
        if (Library.tjGetErrorCode(handle) != WARNING) {
            throw new IOException("its JPEG stream is damaged (" + message + ")");
        }
    }

    @Override
    public void close() {
        closed = true;
        for (Buffers buffers = idle.poll(); buffers != null; buffers = idle.poll()) {
            buffers.close();
        }
        other.close();
    }
}
