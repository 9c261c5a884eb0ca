/**
 * Agreement of segmentations, from counts of pixels.
 */
package org.selfdiff.metrics;
