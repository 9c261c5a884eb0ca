package org.selfdiff.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.selfdiff.engine.InterruptibleTest.Switch;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;

@Timeout(60)
class ComputeLeaseTest {
    /** A lease is about names only, so the GPU need not exist; each test has one of its own. */
    private static int next = 100;

    private final Device gpu = Device.cuda(next++);

    @Test
    void theCpuIsShared() throws RunCancelled {
        try (ComputeLease a = ComputeLease.acquire(Device.CPU, "a", RunControl.silent());
                ComputeLease b = ComputeLease.acquire(Device.CPU, "b", RunControl.silent())) {
            assertEquals(a.device(), b.device());
        }
    }

    @Test
    void stepsOnTheCpuTakeTurnsAndWhoWaitsForHisTurnCanBeCancelled() throws Exception {
        final CountDownLatch begun = new CountDownLatch(1);
        final CountDownLatch finish = new CountDownLatch(1);
        final List<String> order = Collections.synchronizedList(new ArrayList<>());
        try (ComputeLease a = ComputeLease.acquire(Device.CPU, "a", RunControl.silent());
                ComputeLease b = ComputeLease.acquire(Device.CPU, "b", RunControl.silent())) {
            final CompletableFuture<Object> first = CompletableFuture.supplyAsync(() -> step(a, () -> {
                begun.countDown();
                finish.await();
                return order.add("first");
            }));
            begun.await();
            final Switch impatient = new Switch();
            impatient.cancelled = true;
            assertThrows(RunCancelled.class, () -> b.call(impatient, () -> order.add("never"), () -> {}));
            final CompletableFuture<Object> second =
                    CompletableFuture.supplyAsync(() -> step(b, () -> order.add("second")));
            assertThrows(TimeoutException.class, () -> second.get(300, TimeUnit.MILLISECONDS));
            finish.countDown();
            first.get(30, TimeUnit.SECONDS);
            second.get(30, TimeUnit.SECONDS);
        }
        assertEquals(List.of("first", "second"), order);
    }

    private static Object step(final ComputeLease lease, final Callable<Object> work) {
        try {
            return lease.call(RunControl.silent(), work, () -> {});
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theGpuIsExclusiveAndWaitingIsShown() throws Exception {
        final ComputeLease first = ComputeLease.acquire(gpu, "Pretrainer", RunControl.silent());
        final Switch control = new Switch();
        final CompletableFuture<ComputeLease> second = waiting("Learner", control);
        awaitShown(control);
        assertEquals("waiting for " + gpu + ", used by Pretrainer", control.shown);
        assertFalse(second.isDone());
        first.close();
        first.close();
        second.get(30, TimeUnit.SECONDS).close();
        ComputeLease.acquire(gpu, "third", RunControl.silent()).close();
    }

    @Test
    void firstComeFirstServed() throws Exception {
        final List<String> order = Collections.synchronizedList(new ArrayList<>());
        final ComputeLease holder = ComputeLease.acquire(gpu, "holder", RunControl.silent());
        final List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            final String name = "node" + i;
            final Switch control = new Switch();
            all.add(waiting(name, control).thenAccept(lease -> {
                order.add(name);
                lease.close();
            }));
            awaitShown(control); // it is in the queue now
        }
        holder.close();
        for (final CompletableFuture<Void> one : all) {
            one.get(30, TimeUnit.SECONDS);
        }
        assertEquals(List.of("node0", "node1", "node2", "node3", "node4"), order);
    }

    @Test
    void whoWaitsCanBeCancelledAndLeavesTheQueue() throws Exception {
        final ComputeLease holder = ComputeLease.acquire(gpu, "holder", RunControl.silent());
        final Switch control = new Switch();
        final CompletableFuture<ComputeLease> waiting = waiting("impatient", control);
        awaitShown(control);
        control.cancelled = true;
        final Exception e = assertThrows(Exception.class, () -> waiting.get(30, TimeUnit.SECONDS));
        assertTrue(e.getCause() instanceof RunCancelled, e.toString());
        holder.close();
        ComputeLease.acquire(gpu, "next", RunControl.silent()).close();
    }

    @Test
    void anAbandonedStepKeepsTheGpuUntilItEnds() throws Exception {
        final CountDownLatch finish = new CountDownLatch(1);
        final Switch control = new Switch();
        final ComputeLease lease = ComputeLease.acquire(gpu, "cancelled node", control);
        assertThrows(
                RunCancelled.class,
                () -> lease.call(
                        control,
                        () -> {
                            control.cancelled = true;
                            finish.await();
                            return 1;
                        },
                        () -> {}));
        lease.close();
        final Switch other = new Switch();
        final CompletableFuture<ComputeLease> next = waiting("next", other);
        awaitShown(other);
        assertEquals("waiting for " + gpu + ", used by cancelled node", other.shown);
        finish.countDown();
        next.get(30, TimeUnit.SECONDS).close();
    }

    @Test
    void stepsGiveTheirResultAndAClosedLeaseRunsNone() throws Exception {
        final ComputeLease lease = ComputeLease.acquire(gpu, "node", RunControl.silent());
        assertEquals(7, lease.call(RunControl.silent(), () -> 7, () -> {}));
        assertThrows(
                IllegalArgumentException.class,
                () -> lease.call(
                        RunControl.silent(),
                        () -> {
                            throw new IllegalArgumentException();
                        },
                        () -> {}));
        lease.close();
        assertThrows(IllegalStateException.class, () -> lease.call(RunControl.silent(), () -> 7, () -> {}));
        ComputeLease.acquire(gpu, "next", RunControl.silent()).close();
    }

    private CompletableFuture<ComputeLease> waiting(final String name, final RunControl control) {
        final CompletableFuture<ComputeLease> future = new CompletableFuture<>();
        new Thread(() -> {
                    try {
                        future.complete(ComputeLease.acquire(gpu, name, control));
                    } catch (RunCancelled e) {
                        future.completeExceptionally(e);
                    }
                })
                .start();
        return future;
    }

    private static void awaitShown(final Switch control) throws InterruptedException {
        while (control.shown.isEmpty()) {
            Thread.sleep(2);
        }
    }
}
