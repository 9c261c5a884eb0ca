/**
 * Statistical tests, intervals and resampling that comparisons of methods need. Independent of what is compared.
 */
package org.selfdiff.metrics.statistics;
