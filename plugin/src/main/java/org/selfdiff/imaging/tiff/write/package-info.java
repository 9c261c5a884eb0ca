/**
 * Writes TIFF and BigTIFF as a stream of blocks: every variant that slides come in, and slides of any size in bounded
 * memory.
 */
package org.selfdiff.imaging.tiff.write;
