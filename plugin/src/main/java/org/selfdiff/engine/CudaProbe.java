package org.selfdiff.engine;

import com.sun.jna.NativeLibrary;
import com.sun.jna.ptr.IntByReference;
import java.util.ArrayList;
import java.util.List;

/**
 * The CUDA devices that NVIDIA's driver reports. The driver is asked directly: it is where a driver is installed, and
 * it honours {@code CUDA_VISIBLE_DEVICES}.
 *
 * @param names names of the devices by number
 * @param reason why there is none; empty where there are some
 */
record CudaProbe(List<String> names, String reason) {
    private static final int NAME_LENGTH = 256;

    CudaProbe {
        names = List.copyOf(names);
    }

    /** Asks the driver. */
    static CudaProbe ask(final Platform platform) {
        final String driver = platform == Platform.WINDOWS_X86_64 ? "nvcuda" : "libcuda.so.1";
        if (platform == Platform.MACOS_AARCH64) {
            return new CudaProbe(List.of(), "no CUDA on macOS");
        }
        try {
            return ask(NativeLibrary.getInstance(driver));
        } catch (LinkageError e) {
            return new CudaProbe(List.of(), "no NVIDIA driver on this machine (" + driver + " not found)");
        }
    }

    private static CudaProbe ask(final NativeLibrary cuda) {
        final int init = cuda.getFunction("cuInit").invokeInt(new Object[] {0});
        final IntByReference count = new IntByReference();
        final int counted =
                init != 0 ? init : cuda.getFunction("cuDeviceGetCount").invokeInt(new Object[] {count});
        if (counted != 0) {
            return new CudaProbe(List.of(), "the NVIDIA driver reports error " + counted);
        }
        final List<String> names = new ArrayList<>();
        for (int i = 0; i < count.getValue(); i++) {
            final byte[] name = new byte[NAME_LENGTH];
            final int named = cuda.getFunction("cuDeviceGetName").invokeInt(new Object[] {name, NAME_LENGTH, i});
            names.add(named == 0 ? com.sun.jna.Native.toString(name) : "unnamed");
        }
        return new CudaProbe(names, names.isEmpty() ? "the NVIDIA driver reports no device" : "");
    }
}
