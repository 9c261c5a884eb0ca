package org.selfdiff.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;

@Timeout(60)
class InterruptibleTest {
    private final Switch control = new Switch();

    private final AtomicBoolean cleaned = new AtomicBoolean();

    @Test
    void givesTheResultWithoutCleaningUp() throws Exception {
        final String name =
                Interruptible.call(control, () -> Thread.currentThread().getName(), () -> cleaned.set(true));
        assertTrue(name.startsWith("selfdiff-native-"), name);
        assertFalse(cleaned.get());
    }

    @Test
    void givesTheStepsOwnException() {
        final IOException thrown = new IOException("x");
        final IOException e = assertThrows(
                IOException.class,
                () -> Interruptible.call(
                        control,
                        () -> {
                            throw thrown;
                        },
                        () -> cleaned.set(true)));
        assertSame(thrown, e);
        assertThrows(
                StackOverflowError.class,
                () -> Interruptible.call(
                        control,
                        () -> {
                            throw new StackOverflowError();
                        },
                        () -> cleaned.set(true)));
        assertFalse(cleaned.get());
    }

    @Test
    void aCancelledRunDoesNotStart() {
        control.cancelled = true;
        final AtomicBoolean ran = new AtomicBoolean();
        assertThrows(RunCancelled.class, () -> Interruptible.call(control, () -> ran.getAndSet(true), () -> {}));
        assertFalse(ran.get());
    }

    @Test
    void cancelLeavesTheStepBehindWhichThenCleansUp() throws Exception {
        final CountDownLatch started = new CountDownLatch(1);
        final CountDownLatch finish = new CountDownLatch(1);
        final CountDownLatch clean = new CountDownLatch(1);
        final Thread canceller = new Thread(() -> {
            await(started);
            control.cancelled = true;
        });
        canceller.start();
        assertThrows(
                RunCancelled.class,
                () -> Interruptible.call(
                        control,
                        () -> {
                            started.countDown();
                            await(finish); // a native call does not hear interrupts
                            return 1;
                        },
                        clean::countDown));
        assertEquals(1, clean.getCount(), "cleaned up before the step ended");
        finish.countDown();
        assertTrue(clean.await(30, TimeUnit.SECONDS));
    }

    @Test
    void anAbandonedStepThatFailsCleansUpToo() throws Exception {
        final CountDownLatch finish = new CountDownLatch(1);
        final CountDownLatch clean = new CountDownLatch(1);
        assertThrows(
                RunCancelled.class,
                () -> Interruptible.call(
                        control,
                        () -> {
                            control.cancelled = true;
                            await(finish);
                            throw new IOException("late");
                        },
                        clean::countDown));
        finish.countDown();
        assertTrue(clean.await(30, TimeUnit.SECONDS));
    }

    @Test
    void anInterruptIsACancelAndIsKept() throws Exception {
        final CountDownLatch finish = new CountDownLatch(1);
        final CountDownLatch clean = new CountDownLatch(1);
        final AtomicReference<Object> seen = new AtomicReference<>();
        final CountDownLatch started = new CountDownLatch(1);
        final Thread caller = new Thread(() -> {
            try {
                seen.set(Interruptible.call(
                        control,
                        () -> {
                            started.countDown();
                            await(finish);
                            return 1;
                        },
                        clean::countDown));
            } catch (Exception e) {
                seen.set(e.getClass().getSimpleName() + Thread.currentThread().isInterrupted());
            }
        });
        caller.start();
        await(started);
        caller.interrupt();
        caller.join();
        assertEquals("RunCancelledtrue", seen.get());
        finish.countDown();
        assertTrue(clean.await(30, TimeUnit.SECONDS));
    }

    @Test
    void threadsAreUsedAgain() throws Exception {
        final Thread first = Interruptible.call(control, Thread::currentThread, () -> {});
        boolean same = false;
        for (int i = 0; i < 100 && !same; i++) {
            Thread.sleep(5); // the thread needs a moment to become free
            same = Interruptible.call(control, Thread::currentThread, () -> {}) == first;
        }
        assertTrue(same);
        assertTrue(first.isDaemon());
    }

    private static void await(final CountDownLatch latch) {
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                // deaf, like native code
            }
        }
    }

    /** A control that can be cancelled and remembers what was shown. */
    static final class Switch implements RunControl {
        volatile boolean cancelled;

        volatile String shown = "";

        @Override
        public boolean isCancelled() {
            return cancelled;
        }

        @Override
        public void progress(final double fraction, final String message) {
            shown = message;
        }

        @Override
        public void warn(final String message) {
            shown = message;
        }
    }
}
