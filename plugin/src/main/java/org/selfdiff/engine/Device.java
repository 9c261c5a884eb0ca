package org.selfdiff.engine;

/**
 * Where tensors live and scripts run.
 *
 * @param gpu number of the CUDA device, from 0; -1 is the CPU
 */
public record Device(int gpu) {
    /** The CPU. */
    public static final Device CPU = new Device(-1);

    /** Refuses a negative CUDA number. */
    public Device {
        if (gpu < -1) {
            throw new IllegalArgumentException("no such device: " + gpu);
        }
    }

    /** The CUDA device of that number, from 0. */
    public static Device cuda(final int number) {
        if (number < 0) {
            throw new IllegalArgumentException("no such device: " + number);
        }
        return new Device(number);
    }

    /** Whether this is the CPU. */
    public boolean isCpu() {
        return gpu < 0;
    }

    /** {@code cpu} or {@code cuda:0}. */
    @Override
    public String toString() {
        return isCpu() ? "cpu" : "cuda:" + gpu;
    }
}
