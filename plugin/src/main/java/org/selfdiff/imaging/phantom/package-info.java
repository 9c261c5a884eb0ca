/**
 * Synthetic pictures in the manner of hematoxylin and eosin whose truth is known exactly.
 */
package org.selfdiff.imaging.phantom;
