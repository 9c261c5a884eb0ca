/**
 * Tiles and batches of them: the only place where pixels become numbers for a network. A batch is a function of seed
 * and step.
 */
package org.selfdiff.data;
