/**
 * Overlays, comparisons, montages and charts, drawn without a display and without fonts.
 */
package org.selfdiff.imaging.draw;
