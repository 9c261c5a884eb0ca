package org.selfdiff.headless.runner.execute;

/** Told what happens in a run; called from the threads that run the nodes. */
public interface RunObserver {
    void started(NodeRun node);

    void progressed(NodeRun node);

    void finished(NodeRun node);
}
