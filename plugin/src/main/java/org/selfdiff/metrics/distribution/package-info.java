/**
 * How far two sets of pictures are apart, from their feature vectors: Frechet distance, kernel distance, precision,
 * recall, density, coverage, diversity, and whether synthetic pictures are copies of training ones. All in 64 bits; the
 * number of threads and the size of batches change nothing.
 */
package org.selfdiff.metrics.distribution;
