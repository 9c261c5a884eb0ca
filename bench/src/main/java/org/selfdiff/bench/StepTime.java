package org.selfdiff.bench;

/**
 * One step.
 *
 * @param wall time in ms
 * @param cpu time that all threads of the process computed, in ms
 * @param value what the step returned
 */
public record StepTime(double wall, double cpu, double value) {}
