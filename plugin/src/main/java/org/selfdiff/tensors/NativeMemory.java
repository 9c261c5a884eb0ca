package org.selfdiff.tensors;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.selfdiff.engine.Device;
import org.selfdiff.engine.Engine;

/**
 * What guards native memory. DJL's arrays hold raw addresses: an array that is closed on one thread while another is
 * about to use it is a crash. Addresses are therefore read under the shared lock and freed under the exclusive one.
 * Both are held for microseconds: LibTorch counts references, so whoever has taken its own may compute or copy without
 * a lock.
 *
 * <p>All arrays are registered with one DJL manager a device, which is never closed; scopes are ours (see
 * {@link TensorScope}).
 */
final class NativeMemory {
    /** Shared: take a reference. Exclusive: free. */
    static final ReadWriteLock LOCK = new ReentrantReadWriteLock();

    private static final Map<Device, PtNDManager> MANAGERS = new ConcurrentHashMap<>();

    private NativeMemory() {}

    static PtNDManager manager(final Device device) {
        final PtNDManager manager = MANAGERS.get(device);
        if (manager != null) {
            return manager;
        }
        if (!Engine.isStarted()) {
            throw new IllegalStateException("call Engine.start() before the first tensor");
        }
        return MANAGERS.computeIfAbsent(device, d -> (PtNDManager) NDManager.newBaseManager(djl(d), "PyTorch"));
    }

    static ai.djl.Device djl(final Device device) {
        return device.isCpu() ? ai.djl.Device.cpu() : ai.djl.Device.gpu(device.gpu());
    }

    /** Number of native tensors held by Java, of all scopes and in transit. */
    static int live() {
        return MANAGERS.values().stream()
                .mapToInt(m -> m.getManagedArrays().size())
                .sum();
    }

    /** Frees an array. */
    static void free(final NDArray array) {
        LOCK.writeLock().lock();
        try {
            array.close();
        } finally {
            LOCK.writeLock().unlock();
        }
    }

    /** Runs something that reads addresses. */
    static <T> T reading(final java.util.function.Supplier<T> work) {
        LOCK.readLock().lock();
        try {
            return work.get();
        } finally {
            LOCK.readLock().unlock();
        }
    }
}
