package org.selfdiff.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkersTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void resultsComeInOrderAndFewWait(final int threads) throws Exception {
        final List<Integer> taken = new ArrayList<>();
        final AtomicInteger begun = new AtomicInteger();
        final AtomicInteger ahead = new AtomicInteger();
        try (Workers workers = new Workers(threads)) {
            workers.inOrder(
                    200,
                    (i, control) -> {
                        begun.incrementAndGet();
                        Thread.yield();
                        return i * i;
                    },
                    (i, square) -> {
                        ahead.accumulateAndGet(begun.get() - i, Math::max);
                        assertEquals(i * i, square);
                        taken.add(i);
                    },
                    RunControl.silent());
        }
        assertEquals(200, taken.size());
        assertEquals(199, taken.get(199));
        assertTrue(ahead.get() <= 2 * threads, ahead + " tasks ahead");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aTaskMayHandOutParts(final int threads) throws Exception {
        try (Workers workers = new Workers(threads)) {
            workers.inOrder(
                    10,
                    (i, control) -> workers.parts(50, (j, c) -> i * j, control).stream()
                            .mapToInt(Integer::intValue)
                            .sum(),
                    (i, sum) -> assertEquals(i * 49 * 25, sum),
                    RunControl.silent());
            assertEquals(List.of(0, 1, 2), workers.parts(3, (j, c) -> j, RunControl.silent()));
        }
    }

    @Test
    void theFirstFailureInOrderIsReported() {
        try (Workers workers = new Workers(4)) {
            final RunFailed failure = assertThrows(
                    RunFailed.class,
                    () -> workers.inOrder(
                            20,
                            (i, control) -> {
                                if (i >= 3) {
                                    throw new RunFailed("failed", "item " + i, "Mend it.");
                                }
                                Thread.onSpinWait();
                                return i;
                            },
                            (i, r) -> assertTrue(i < 3),
                            RunControl.silent()));
            assertEquals("item 3", failure.where());
            final RunFailed part = assertThrows(
                    RunFailed.class,
                    () -> workers.inOrder(
                            1,
                            (i, control) -> workers.parts(
                                    4,
                                    (j, c) -> {
                                        throw new RunFailed("failed", "part " + j, "Mend it.");
                                    },
                                    control),
                            (i, r) -> {},
                            RunControl.silent()));
            assertEquals("part 0", part.where());
        }
    }

    @Test
    void closingWaitsForTasksAndCancelsThem() throws Exception {
        final AtomicBoolean ended = new AtomicBoolean();
        final AtomicBoolean cancel = new AtomicBoolean();
        final RunControl control = new RunControl() {
            @Override
            public boolean isCancelled() {
                return cancel.get();
            }

            @Override
            public void progress(final double fraction, final String message) {
                cancel.set(true);
            }

            @Override
            public void warn(final String message) {
                // nobody is listening
            }
        };
        try (Workers workers = new Workers(2)) {
            assertThrows(
                    RunCancelled.class,
                    () -> workers.inOrder(
                            1,
                            (i, c) -> {
                                c.progress(0, "begun");
                                try {
                                    while (true) {
                                        c.checkCancelled();
                                        Thread.sleep(1);
                                    }
                                } catch (final InterruptedException e) {
                                    throw new RunCancelled();
                                } finally {
                                    ended.set(true);
                                }
                            },
                            (i, r) -> {},
                            control));
        }
        assertTrue(ended.get(), "no task is left when the workers are closed");
    }

    @Test
    void whatStillWaitsWhenTheRunEndsIsNotBegun() throws Exception {
        final AtomicInteger begun = new AtomicInteger();
        try (Workers workers = new Workers(1)) {
            assertThrows(
                    RunFailed.class,
                    () -> workers.parts(
                            9,
                            (i, control) -> {
                                begun.incrementAndGet();
                                if (i == 0) {
                                    throw new RunFailed("failed", "item 0", "Mend it.");
                                }
                                while (!control.isCancelled()) {
                                    Thread.onSpinWait(); // holds the only thread until the workers are closed
                                }
                                return i;
                            },
                            RunControl.silent()));
        }
        assertTrue(begun.get() <= 2, begun + " items begun");
    }
}
