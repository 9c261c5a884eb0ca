package org.selfdiff.metrics.statistics;

/**
 * What a test found.
 *
 * @param statistic its test statistic
 * @param p probability of something at least as extreme without a difference, 0 to 1; {@code NaN} where undefined
 */
public record TestResult(double statistic, double p) {}
