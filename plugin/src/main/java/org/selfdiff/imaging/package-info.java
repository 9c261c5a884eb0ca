/**
 * Pixels in and out: readers of pictures and masks with limits on what a file may cost, tissue, tile grid, PNG, atomic
 * files. Knows neither tables nor tensors.
 */
package org.selfdiff.imaging;
