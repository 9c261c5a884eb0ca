/**
 * How good predicted classes, probabilities and risks are: areas under curves with DeLong's variance, calibration,
 * scores of a confusion matrix, agreement, concordance of survival times.
 */
package org.selfdiff.metrics.classification;
