/**
 * Where tiles lie and at which resolution: the grid, the level that a resolution is read from, and the averaging that
 * takes a finer level to it.
 */
package org.selfdiff.imaging.grid;
