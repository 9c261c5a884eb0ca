/** Weights that others made: which network they are of, by names and shapes, and how they become a model of ours. */
package org.selfdiff.model.foreign;
