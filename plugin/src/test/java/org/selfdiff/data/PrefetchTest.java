package org.selfdiff.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;

@Timeout(30)
class PrefetchTest {

    @Test
    void thingsComeInOrder() throws Exception {
        try (Prefetch<Long> prefetch = new Prefetch<>((step, c) -> step * step, 5, 9, 2, 3)) {
            for (long step = 5; step < 9; step++) {
                assertEquals(step * step, prefetch.next(RunControl.silent()));
            }
            assertThrows(IllegalStateException.class, () -> prefetch.next(RunControl.silent()));
        }
    }

    @Test
    void noMoreAreLoadedThanMayWait() throws Exception {
        final AtomicInteger taken = new AtomicInteger();
        final AtomicInteger most = new AtomicInteger();
        try (Prefetch<Long> prefetch = new Prefetch<>(
                (step, c) -> {
                    most.accumulateAndGet((int) step - taken.get(), Math::max);
                    return step;
                },
                0,
                200,
                3,
                2)) {
            for (int i = 0; i < 200; i++) {
                assertEquals(i, prefetch.next(RunControl.silent()));
                taken.incrementAndGet();
            }
        }
        assertTrue(most.get() <= 4, "3 are loaded or wait, 1 is taken and not yet counted: " + most);
    }

    @Test
    void whatGoesWrongComesOutAtItsStep() throws Exception {
        final RunFailed wrong = new RunFailed("The file is gone", "a.png", "Bring it back.");
        try (Prefetch<Long> prefetch = new Prefetch<>(
                (step, c) -> {
                    if (step == 1) {
                        throw wrong;
                    }
                    return step;
                },
                0,
                9,
                4,
                2)) {
            assertEquals(0, prefetch.next(RunControl.silent()));
            assertSame(wrong, assertThrows(RunFailed.class, () -> prefetch.next(RunControl.silent())));
        }
        try (Prefetch<Long> prefetch = new Prefetch<>(
                (step, c) -> {
                    throw new IllegalStateException("bug");
                },
                0,
                9,
                4,
                2)) {
            assertEquals(
                    "bug",
                    assertThrows(IllegalStateException.class, () -> prefetch.next(RunControl.silent()))
                            .getMessage());
        }
    }

    @Test
    void cancellingEndsTheWaitAndClosingEndsTheThread() throws Exception {
        final CountDownLatch begun = new CountDownLatch(1);
        final AtomicBoolean cancelled = new AtomicBoolean();
        final AtomicReference<Thread> loading = new AtomicReference<>();
        final Prefetch<Long> prefetch = new Prefetch<>(
                (step, c) -> {
                    loading.set(Thread.currentThread());
                    begun.countDown();
                    while (true) {
                        c.checkCancelled();
                        Thread.onSpinWait();
                    }
                },
                0,
                9,
                1,
                2);
        begun.await();
        final RunControl control = new RunControl() {
            @Override
            public boolean isCancelled() {
                return cancelled.getAndSet(true); // the second look finds it cancelled
            }

            @Override
            public void progress(final double fraction, final String message) {
                throw new AssertionError();
            }

            @Override
            public void warn(final String message) {
                throw new AssertionError();
            }
        };
        assertThrows(RunCancelled.class, () -> prefetch.next(control));
        prefetch.close();
        loading.get().join(10_000);
        assertFalse(loading.get().isAlive());
    }

    @Test
    void whatTakesLongIsShownWhereItIsWaitedForAndIsStoppedByClosing() throws Exception {
        final CountDownLatch stopped = new CountDownLatch(1);
        final AtomicReference<String> seen = new AtomicReference<>("");
        final AtomicReference<String> warned = new AtomicReference<>("");
        final RunControl control = new RunControl() {
            @Override
            public boolean isCancelled() {
                return !warned.get().isEmpty() && !seen.get().isEmpty();
            }

            @Override
            public void progress(final double fraction, final String message) {
                seen.set(message + " " + fraction);
            }

            @Override
            public void warn(final String message) {
                warned.set(message);
            }
        };
        final Prefetch<Long> prefetch = new Prefetch<>(
                (step, c) -> {
                    c.warn("slow");
                    try {
                        while (true) {
                            c.progress(0.5, "unpacking");
                            c.checkCancelled();
                            Thread.onSpinWait();
                        }
                    } finally {
                        stopped.countDown();
                    }
                },
                0,
                9,
                1,
                2);
        assertThrows(RunCancelled.class, () -> prefetch.next(control));
        assertEquals("unpacking 0.5", seen.get());
        assertEquals("slow", warned.get());
        prefetch.close();
        stopped.await();
    }
}
