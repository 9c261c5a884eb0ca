/**
 * Where a slide shows tissue: found on its overview, with pen marks, edges and specks told apart, or taken from a given
 * mask; how sharp a tile is; and the overview picture that shows all this.
 */
package org.selfdiff.imaging.tissue;
