package org.selfdiff.bench;

/** One side of the comparison, ready to make steps. */
public interface Contender extends AutoCloseable {

    /**
     * Makes a step and waits for its result.
     *
     * @param index number of the step, from 0, which names its batch
     * @return training: the loss; sampling: the mean square of the picture after the step
     */
    double step(int index) throws Exception;

    /** Name and version of what computes. */
    String version();

    @Override
    void close();
}
