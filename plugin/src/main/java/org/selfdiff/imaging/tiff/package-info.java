/**
 * TIFF and BigTIFF read in rectangles: directories and their tags, where the blocks (tiles or strips) of a level lie, and
 * codecs that turn a block into pixels. A file is a read-only channel with positional reads; nothing is mapped or locked.
 * What a vendor means by a directory is not known here.
 */
package org.selfdiff.imaging.tiff;
