package org.selfdiff.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;

/**
 * The right to compute on a device: exclusive on a GPU, whose memory two nodes cannot share without one of them
 * failing; shared on the CPU, where the holders' steps take turns. Waiting is fair (first come, first served), shown as
 * progress and cancellable.
 *
 * <p>Turns on the CPU: a step keeps every core busy, and its threads wait for each other hundreds of times. Two steps at
 * once on the same cores make each other wait for whole time slices: both then take five times as long, not twice.
 *
 * <p>A GPU is handed on when its lease is closed and the steps run through {@link #call} have ended, those that a
 * cancel has abandoned included.
 */
public final class ComputeLease implements AutoCloseable {
    private static final long POLL_MILLIS = 100;

    private static final Semaphore CPU_TURN = new Semaphore(1, true);

    private static final Map<Device, Deque<ComputeLease>> QUEUES = new ConcurrentHashMap<>();

    private final Device device;

    private final String holder;

    /** First is the one who holds the device; its monitor guards the queue and the fields below. */
    private final Deque<ComputeLease> queue;

    private boolean closed;

    private int running;

    private ComputeLease(final Device device, final String holder) {
        this.device = device;
        this.holder = holder;
        this.queue = QUEUES.computeIfAbsent(device, d -> new ArrayDeque<>());
    }

    /**
     * Waits for the device.
     *
     * @param holder who computes, shown to those who wait, for instance the node's name
     * @throws RunCancelled when the run was cancelled or the thread interrupted while waiting
     */
    public static ComputeLease acquire(final Device device, final String holder, final RunControl control)
            throws RunCancelled {
        control.checkCancelled();
        final ComputeLease lease = new ComputeLease(device, holder);
        if (!device.isCpu()) {
            lease.waitForTurn(control);
        }
        return lease;
    }

    private void waitForTurn(final RunControl control) throws RunCancelled {
        synchronized (queue) {
            queue.addLast(this);
        }
        try {
            String shown = null;
            while (true) {
                final String used;
                synchronized (queue) {
                    if (queue.peekFirst() != this) {
                        queue.wait(POLL_MILLIS);
                    }
                    if (queue.peekFirst() == this) {
                        return;
                    }
                    used = "waiting for " + device + ", used by " + queue.peekFirst().holder;
                }
                // outside the monitor: whoever shows progress may be slow
                control.checkCancelled();
                if (!used.equals(shown)) {
                    control.progress(0, used);
                    shown = used;
                }
            }
        } catch (InterruptedException e) {
            leave();
            Thread.currentThread().interrupt();
            throw new RunCancelled();
        } catch (RunCancelled | RuntimeException e) {
            leave();
            throw e;
        }
    }

    /** The device held. */
    public Device device() {
        return device;
    }

    /**
     * {@link Interruptible#call} that keeps the device until the step has ended, even when it was abandoned.
     *
     * @throws RunCancelled when the run was cancelled while the step ran
     * @throws Exception what the step threw
     * @throws IllegalStateException when the lease is closed
     */
    public <T> T call(final RunControl control, final Callable<T> step, final Runnable cleanupIfAbandoned)
            throws RunCancelled, Exception {
        control.checkCancelled();
        synchronized (queue) {
            if (closed) {
                throw new IllegalStateException("the lease of " + device + " is closed");
            }
            running++;
        }
        takeTurn(control);
        return Interruptible.run(control, step, cleanupIfAbandoned, this::stepEnded);
    }

    private void takeTurn(final RunControl control) throws RunCancelled {
        if (!device.isCpu()) {
            return;
        }
        try {
            while (!CPU_TURN.tryAcquire(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                control.checkCancelled();
            }
        } catch (RunCancelled e) {
            noLongerRunning();
            throw e;
        } catch (InterruptedException e) {
            noLongerRunning();
            Thread.currentThread().interrupt();
            throw new RunCancelled();
        }
    }

    /** Gives the device back; more than once does no harm. */
    @Override
    public void close() {
        synchronized (queue) {
            closed = true;
            if (running == 0) {
                leave();
            }
        }
    }

    private void stepEnded() {
        if (device.isCpu()) {
            CPU_TURN.release();
        }
        noLongerRunning();
    }

    private void noLongerRunning() {
        synchronized (queue) {
            running--;
            if (closed && running == 0) {
                leave();
            }
        }
    }

    private void leave() {
        synchronized (queue) {
            queue.remove(this);
            queue.notifyAll();
        }
        NativeHeap.giveBack();
    }
}
