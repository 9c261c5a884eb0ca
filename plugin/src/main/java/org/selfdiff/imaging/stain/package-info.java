/**
 * The colours of stained tissue: optical density, stains as directions in it (Macenko, Vahadane, the fixed HED matrix),
 * Reinhard's statistics, and normalisation of one slide to the look of another.
 */
package org.selfdiff.imaging.stain;
