/**
 * Regions that people or programs drew over a slide, in pixels of its level 0: readers of the formats they come in,
 * exact rasterising, shares of a rectangle, outlines of label maps.
 */
package org.selfdiff.imaging.annotation;
