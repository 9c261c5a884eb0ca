package org.selfdiff.headless.runner.execute;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Raised once, seen by every node. */
public final class CancelFlag {
    private final CountDownLatch raised = new CountDownLatch(1);

    /** Asks everything to stop. */
    public void raise() {
        raised.countDown();
    }

    public boolean isRaised() {
        return raised.getCount() == 0;
    }

    /** Waits until the flag is raised or the time is over; says which. */
    public boolean await(final long milliseconds) throws InterruptedException {
        return raised.await(milliseconds, TimeUnit.MILLISECONDS);
    }
}
