/**
 * Slides and large pictures as sources of rectangles: which directories of a TIFF are the levels of a slide and how large
 * a pixel is, for each vendor in a file of its own; pictures that are too large for the memory.
 */
package org.selfdiff.imaging.slide;
